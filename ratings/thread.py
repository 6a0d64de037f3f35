"""The comments of an article as a reader sees them: threads of two visual levels, page by page, in five orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from authors.models import Credential
from findable.prepared import Prepared
from freshness import tags
from freshness.collecting import depends_on
from ratings.markup import comment_html
from ratings.models import Badge, Comment, Rating, RatingSummary, State
from ratings.models.comment import CommentQuerySet
from ratings.models.policy import closing_time, policy_for
from ratings.selection import NoSuchPage, Selection

THREADS_PER_PAGE = 20
REPLIES_AT_ONCE = 2
"""So many replies stand under a first comment; the rest is one link away, so that no thread can fill the page."""
REPLIES_PER_PAGE = 50
ROOM = 100_000
"""So many bytes of HTML may the comments of a page take, whatever readers wrote: a page ends before the one too many.

Two of the largest texts have room in it, so that a page always holds its first thread, and that of a thread a reply.
"""
MARKUP = 1_200
"""About so many bytes stand around the words of a comment: its labels, date and buttons."""
NAMES = 5
"""So often does a page say the name of who wrote a comment."""


@dataclass(kw_only=True)
class ShownComment:
    """One comment as it is shown, with the replies under it."""

    comment: Comment
    in_reply_to: Comment | None = None
    """What it answers, where that is not the comment it stands under."""
    replies: list[ShownComment] = field(default_factory=list)
    more_replies: int = 0
    """How many replies there are that stand on a page of their own."""
    is_answered: bool = False
    """A question that the author or a reviewer has answered."""
    credentials: list[Credential] = field(default_factory=list)

    @cached_property
    def html(self) -> SafeString:
        """The text, formatted."""
        return comment_html(self.comment.text)

    @cached_property
    def weight(self) -> int:
        """About how many bytes of HTML it takes without its replies, rather more than fewer."""
        answered = self.in_reply_to.name if self.in_reply_to else ""
        words = escape(self.comment.name * NAMES + answered) + self.html if self.comment.is_published else ""
        return MARKUP + len(words.encode())


@dataclass(frozen=True, kw_only=True)
class Responses:
    """All that a page shows of its readers' responses: the same number of queries for any number of comments."""

    summary: RatingSummary
    selection: Selection = field(default_factory=Selection)
    count: int = 0
    reviews: int = 0
    """How many ratings came with words."""
    earlier_ratings: int = 0
    """How many ratings were given before the article was last revised."""
    latest: datetime | None = None
    """When the latest comment was published."""
    closes_at: datetime | None = None
    closed_from: time | None = None
    closed_until: time | None = None
    """Each day no comments are taken from the one to the other. Pages are kept, and so say the rule alone."""
    threads: list[ShownComment] = field(default_factory=list)
    next_page: Selection | None = None


def responses_to(article: ArticlePage, selection: Selection) -> Responses:
    """Return the rating of `article` and the page of its comments that `selection` asks for.

    Raises NoSuchPage for a thread that is not there.
    """
    numbers, topic_paths = _numbers(article)
    policy = policy_for(article, topic_paths)
    closes_at = closing_time(article, policy)
    depends_on(tags.rating(article.pk), tags.responses(article.pk))
    if closes_at and closes_at > timezone.now():
        depends_on(tags.until(closes_at))
    threads, next_page = _one_thread(article, selection) if selection.thread else _page(article, selection)
    return Responses(
        summary=_summary(article),
        selection=selection,
        **asdict(numbers),
        closes_at=closes_at,
        closed_from=policy.closed_from,
        closed_until=policy.closed_until,
        threads=threads,
        next_page=next_page,
    )


def place_of(comment: Comment) -> Selection:
    """Return the page on which the reply or first comment `comment` stands, at the same cost for any thread.

    It is the page of its thread: that has the comment in every order, and whatever is folded elsewhere.
    """
    thread = comment.thread or comment
    selection = Selection(thread=thread.public_id)
    if comment.parent_id is None:
        return selection
    (_, *replies), _next_page = _thread_page(thread, selection)
    stands_there = any(reply.comment == comment for reply in replies)
    return selection if stands_there else replace(selection, after=str(comment.pk - 1))


def _summary(article: ArticlePage) -> RatingSummary:
    """Return how `article` is rated, without a query if that was fetched together with it."""
    if ArticlePage.rating_summary.is_cached(article):
        return getattr(article, "rating_summary", None) or RatingSummary(article=article)
    return RatingSummary.objects.filter(article=article).first() or RatingSummary(article=article)


@dataclass(frozen=True)
class _Numbers:
    """What `Responses` says of all comments and ratings."""

    count: int = 0
    reviews: int = 0
    latest: datetime | None = None
    earlier_ratings: int = 0


def _numbers(article: ArticlePage) -> tuple[_Numbers, list[str] | None]:
    """Return the numbers of `article`, and the paths of its topics in the tree; None if these were not asked for."""
    found = _count(article=article.pk, since=article.revision_begins_at) if article.live else []
    if not found:
        return _Numbers(), None
    return _Numbers(*found[0][:-1]), [path for *_numbers, path in found if path]


def _numbers_of(article: int, since: datetime) -> QuerySet[Any]:
    """Return a row of numbers, once for each topic of the article, whose path follows them.

    Each number is counted in an index of its own, which is faster than all of them in one, and only once.
    """
    comments = Comment.objects.in_state(State.PUBLISHED).filter(article=article)
    reviews = comments.filter(stars__gt=0, listed=True, parent__isnull=True)
    latest = comments.filter(published_at__isnull=False).order_by("-published_at").values("published_at")[:1]
    earlier = Rating.objects.counted().filter(article=article, changed_at__lt=since)
    return ArticlePage.objects.filter(pk=article).values_list(
        _number(comments), _number(reviews), Subquery(latest), _number(earlier), "topics__path"
    )


def _number(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(number=Func(template="COUNT(*)", output_field=models.IntegerField())))


_count = Prepared(_numbers_of)


def _page(article: ArticlePage, selection: Selection) -> tuple[list[ShownComment], Selection | None]:
    if not article.live:
        return [], None
    asked = _first_page(article=article.pk) if selection.is_default else _threads(article.pk, selection)
    found = selection.in_order(asked)
    pinned = [first for first in found if first.is_pinned] if selection.lifts_pinned else []
    found = [first for first in found if first not in pinned]
    threads = _fitting(map(_shown, [*pinned, *found[:THREADS_PER_PAGE]]), at_least=len(pinned) + 1)
    # A page has room for its threads first, and for the replies to them in what is left.
    left = ROOM - sum(thread.weight for thread in threads)
    _put_under(threads, _fitting(map(_shown, _first_replies([thread.comment for thread in threads])), room=left))
    end = len(threads) - len(pinned)
    return threads, selection.next_after(found[end - 1]) if len(found) > end else None


def _one_thread(article: ArticlePage, selection: Selection) -> tuple[list[ShownComment], Selection | None]:
    found = _first_ones(article.pk).filter(public_id=str(selection.thread)) if article.live else Comment.objects.none()
    first = _with_replies(found).first()
    if first is None:
        raise NoSuchPage
    (thread, *replies), next_page = _thread_page(first, selection)
    _put_under([thread], replies)
    thread.more_replies = 0
    return [thread], next_page


def _thread_page(first: Comment, selection: Selection) -> tuple[list[ShownComment], Selection | None]:
    """Return `first` and those replies to it that stand on a page of its thread, and the page after that."""
    replies = _with_what_is_shown(Comment.objects.listed().replies_in(first.pk))
    if selection.after:
        replies = replies.filter(pk__gt=int(selection.after.rpartition("-")[2]))
    found = list(replies[: REPLIES_PER_PAGE + 1])
    page = _fitting(map(_shown, [first, *found[:REPLIES_PER_PAGE]]), at_least=2)
    is_last = len(page) > len(found)
    return page, None if is_last else replace(selection, after=str(page[-1].comment.pk))


def _fitting(comments: Iterable[ShownComment], *, room: int = ROOM, at_least: int = 0) -> list[ShownComment]:
    """Return the first `comments` that fit into `room` bytes of HTML, but so many `at_least` that paging advances."""
    fitting: list[ShownComment] = []
    for shown in comments:
        room -= shown.weight
        if room < 0 and len(fitting) >= at_least:
            break
        fitting.append(shown)
    return fitting


def _first_ones(article: int) -> CommentQuerySet:
    """Return the first comments of an article that is live."""
    return Comment.objects.filter(article=article, listed=True).first_ones()


def _threads(article: int, selection: Selection) -> CommentQuerySet:
    """Return the first comments of the page that `selection` asks for and of the next thread, and the pinned one."""
    first_ones = _first_ones(article)
    others = first_ones.filter(is_pinned=False) if selection.lifts_pinned else first_ones
    wanted = Q(pk__in=selection.of(others).values("pk")[: THREADS_PER_PAGE + 1])
    if selection.lifts_pinned and not selection.after:
        wanted |= Q(pk__in=first_ones.filter(is_pinned=True).values("pk"))
    return _with_replies(Comment.objects.filter(wanted))


_first_page = Prepared(lambda article: _threads(article, Selection()))


def _with_replies(first_ones: CommentQuerySet) -> CommentQuerySet:
    """Add the keys of the replies that stand under each, and whether who knows has answered."""
    replies = Comment.objects.filter(listed=True, thread=OuterRef("pk"), parent__isnull=False).order_by("pk")
    keys = {f"reply_{place}": Subquery(replies.values("pk")[place : place + 1]) for place in range(REPLIES_AT_ONCE)}
    return _with_what_is_shown(first_ones).annotate(
        **keys, is_answered=Exists(replies.filter(state=State.PUBLISHED, badge__in=[Badge.AUTHOR, Badge.REVIEWER]))
    )


def _with_what_is_shown(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.select_related("person", "parent").only(*SHOWN)


SHOWN = (
    *("public_id", "article", "thread", "kind", "name", "text", "badge", "stars", "state", "is_pinned", "pick_reason"),
    *("helpful_count", "reply_count", "created_at", "edited_at"),
    *("parent__public_id", "parent__name", "parent__state", "parent__thread"),
    *("person__live", "person__title", "person__url_path"),
)
"""The columns of a comment that a page or the API shows."""


def _first_replies(first_ones: Iterable[Comment]) -> list[Comment]:
    """Return the first few replies of each thread, thread by thread, in one query that reads no others."""
    keys = [
        key
        for first in first_ones
        for place in range(REPLIES_AT_ONCE)
        if (key := getattr(first, f"reply_{place}", None)) is not None
    ]
    replies = {reply.pk: reply for reply in _replies(keys=keys)} if keys else {}
    return [replies[key] for key in keys if key in replies]


_replies = Prepared(lambda keys: _with_what_is_shown(Comment.objects.filter(pk__in=keys)))


def _shown(comment: Comment) -> ShownComment:
    return ShownComment(
        comment=comment,
        in_reply_to=comment.parent if comment.parent_id != comment.thread_id else None,
        is_answered=getattr(comment, "is_answered", False),
    )


def _put_under(threads: Iterable[ShownComment], replies: Iterable[ShownComment]) -> None:
    """Put `replies` under their `threads`, whomever these answer, and add the credentials of who has a badge."""
    by_key = {thread.comment.pk: thread for thread in threads}
    for thread in by_key.values():
        thread.more_replies = thread.comment.reply_count
    for reply in replies:
        thread = by_key[reply.comment.thread_id or 0]
        thread.replies.append(reply)
        thread.more_replies -= reply.comment.is_published
    _add_credentials([part for thread in by_key.values() for part in (thread, *thread.replies)])


def _add_credentials(shown: Iterable[ShownComment]) -> None:
    depends_on(*{tags.page(part.comment.person_id) for part in shown if part.comment.person_id})
    # Of a person whose page was withdrawn, no more is said than the badge.
    people = {part.comment.person_id for part in shown if part.comment.person and part.comment.person.live}
    found: dict[int, list[Credential]] = {}
    for credential in _credentials(authors=people) if people else ():
        found.setdefault(credential.author_id, []).append(credential)
    for part in shown:
        part.credentials = found.get(part.comment.person_id or 0, [])


def _credentials_of(authors: list[int]) -> QuerySet[Credential]:
    # Nothing of one whose page, or a page above it, is not for everybody: Wagtail's paths begin with those above.
    restricted = PageViewRestriction.objects.annotate(
        start=Substr(OuterRef("author__path"), 1, Length("page__path"))
    ).filter(page__path=F("start"))
    return Credential.objects.filter(~Exists(restricted), author__in=authors).order_by("sort_order")


_credentials = Prepared(_credentials_of)
