"""Comments that were written elsewhere: taken over as they stood there, many at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from articles.models import ArticlePage
from authors.models import AuthorPage
from freshness.changes import changed
from freshness.tags import comments as comments_of
from freshness.tags import responses
from ratings.actions.locks import lock_summary, lock_threads
from ratings.actions.votes import count
from ratings.actions.written import columns_of
from ratings.models import (
    Badge,
    Comment,
    HelpfulVote,
    ImportedComment,
    Kind,
    LinkedDomain,
    Rating,
    RatingChange,
    Reader,
    State,
)
from ratings.moderation.linking import domains_in

OWN = "almanac"
"""The source of comments that come from an export of a site like this one."""

ELSEWHERE = "Found helpful elsewhere."
"""The reason of the standing of votes that came with an imported comment: nobody knows whose they are."""


Key = tuple[str, str]
"""A source and the id of a comment there; of our own the public id."""


@dataclass(frozen=True, kw_only=True)
class ForeignComment:
    """A comment as it stood elsewhere. Its words are checked already.

    It is known by its `source` and `foreign_id` there; one of our own exports by its `public_id` as well. `parent` is
    the `key` of what it answers. `writer` is a digest of who wrote it, "" if nobody knows. `person` is the slug of the
    author page that the badge belongs to.
    """

    article: int
    source: str
    foreign_id: str
    public_id: UUID | None = None
    parent: Key | None = None
    writer: str = ""
    name: str
    email: str = ""
    text: str
    written_at: datetime
    edited_at: datetime | None = None
    published_at: datetime | None = None
    state: State = State.PUBLISHED
    kind: Kind = Kind.COMMENT
    badge: Badge = Badge.NONE
    person: str = ""
    stars: int | None = None
    helpful: int = 0
    is_pinned: bool = False
    pick_reason: str = ""
    is_checked: bool = False
    digest: str = ""

    @property
    def key(self) -> Key:
        """What others call it when they answer it."""
        return (OWN, str(self.public_id)) if self.public_id else (self.source, self.foreign_id)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of a foreign comment: created, unchanged, differs (it is left as it is here) or refused, and why."""

    status: str
    reason: str = ""


CREATED, UNCHANGED = Taken(status="created"), Taken(status="unchanged")
DIFFERS = Taken(status="differs", reason="Its record has changed since it was imported; what stands here was left.")
NO_PARENT = Taken(status="refused", reason="What it answers is missing, or was refused itself.")
OTHER_ARTICLE = Taken(status="refused", reason="What it answers stands under another article.")


@transaction.atomic
def take_over(*, comments: Sequence[ForeignComment], now: datetime) -> list[Taken]:
    """Store those of `comments` that are not here yet, in this order, and return what became of each.

    What is here already stays as it is, whoever has moderated it since. An answer comes after what it answers. All of
    one writer are one reader's, who has no token. Entails, in the one transaction: replies, stars and helpful votes
    counted, the domains that they link to, an entry in each article's history, and that what readers see has changed.
    It entails no decision (nobody decided here, so the spam model learns nothing from it), no limit and no mail.
    """
    known = _known(comments)
    new = [each for each in comments if each.key not in known]
    taken = {each.key: _compared(each, known[each.key]) for each in comments if each.key in known}
    if new:
        taken |= _store(new, known, now=now)
    return [taken[each.key] for each in comments]


def already_here(comments: Sequence[ForeignComment]) -> list[Taken]:
    """Return what would become of `comments`, were they taken over; whether their parents are here is not asked."""
    known = _known(comments)
    return [_compared(each, known[each.key]) if each.key in known else CREATED for each in comments]


def _compared(comment: ForeignComment, imported: _Known) -> Taken:
    is_own = comment.public_id is not None
    return UNCHANGED if is_own or imported.digest in ("", comment.digest) else DIFFERS


@dataclass(frozen=True)
class _Known:
    """A comment that is here: its key and what is needed to answer it."""

    pk: int
    thread: int
    article: int
    digest: str = ""

    @classmethod
    def of(cls, comment: Comment, digest: str = "") -> _Known:
        """Return what is needed of `comment`."""
        return cls(comment.pk, comment.thread_id or comment.pk, comment.article_id, digest)


def _known(comments: Iterable[ForeignComment]) -> dict[Key, _Known]:
    """Return those of `comments`, and of those that they answer, which are here, by what their source calls them."""
    keys = {key for each in comments for key in (each.key, (each.source, each.foreign_id), each.parent) if key}
    found: dict[Key, _Known] = {}
    imported = ImportedComment.objects.filter(
        source__in={source for source, _id in keys}, foreign_id__in={foreign_id for _source, foreign_id in keys}
    ).select_related("comment")
    for row in imported.only("source", "foreign_id", "digest", "comment__thread", "comment__article"):
        found[row.source, row.foreign_id] = _Known.of(row.comment, row.digest)
    public = {foreign_id for source, foreign_id in keys if source == OWN}
    if public:
        for comment in Comment.objects.filter(public_id__in=public).only("public_id", "thread", "article"):
            found[OWN, str(comment.public_id)] = _Known.of(comment)
    for each in comments:
        # One that was exported from here and one that was imported there from the same place are the same comment.
        if (each.source, each.foreign_id) in found:
            found.setdefault(each.key, found[each.source, each.foreign_id])
    return found


def _store(new: Sequence[ForeignComment], known: dict[Key, _Known], *, now: datetime) -> dict[Key, Taken]:
    """Store `new` comments and return what became of each, by what its source calls it."""
    readers = _readers_of(new)
    articles = sorted({each.article for each in new})
    for article in articles:
        lock_summary(article)
    lock_threads({known[each.parent].thread for each in new if each.parent in known})
    taken: dict[Key, Taken] = {}
    wanted: list[ForeignComment] = []
    here = {key: each.article for key, each in known.items()}
    for each in new:
        if each.parent and here.get(each.parent) != each.article:
            taken[each.key] = OTHER_ARTICLE if each.parent in here else NO_PARENT
        else:
            taken[each.key] = CREATED
            here[each.key] = each.article
            wanted.append(each)
    stored = _insert(wanted, readers, known)
    _keep_sources(wanted, stored)
    _give_stars(wanted, stored)
    _find_helpful(wanted, stored)
    _tell(stored)
    return taken


def _readers_of(new: Sequence[ForeignComment]) -> dict[Key, Reader]:
    """Return who wrote each comment: its source's reader by the same digest, or somebody new; held, by their keys."""
    writers = {each.writer for each in new} - {""}
    imported = ImportedComment.objects.filter(writer__in=writers, source__in={each.source for each in new})
    ids = dict(imported.values_list("writer", "comment__reader"))
    held = Reader.objects.select_for_update(no_key=True).filter(pk__in=ids.values()).order_by("pk")
    found = {reader.pk: reader for reader in held}
    by_writer = {writer: found[key] for writer, key in ids.items() if key in found}
    unknown = dict.fromkeys(each.writer or each.key for each in new if each.writer not in by_writer)
    made = dict(zip(unknown, Reader.objects.bulk_create([Reader() for _writer in unknown]), strict=True))
    return {each.key: by_writer.get(each.writer) or made[each.writer or each.key] for each in new}


def _insert(wanted: Sequence[ForeignComment], readers: dict[Key, Reader], known: dict[Key, _Known]) -> list[Comment]:
    people = _people({each.person for each in wanted} - {""})
    pinned = set(
        Comment.objects.filter(article__in={each.article for each in wanted}, is_pinned=True).values_list(
            "article", flat=True
        )
    )
    stored: list[Comment] = []
    for each in wanted:
        is_pinned = each.is_pinned and each.state == State.PUBLISHED and each.article not in pinned
        if is_pinned:
            pinned.add(each.article)
        stored.append(
            Comment(
                article_id=each.article,
                reader=readers[each.key],
                # A review is one once its stars are given.
                kind=Kind.COMMENT if each.kind == Kind.REVIEW or each.parent else each.kind,
                name=each.name,
                email=each.email,
                text=each.text,
                badge=each.badge,
                person=people.get(each.person),
                state=each.state,
                is_pinned=is_pinned,
                pick_reason=each.pick_reason,
                is_checked=each.is_checked,
                created_at=each.written_at,
                edited_at=each.edited_at,
                published_at=each.published_at,
                **({"public_id": each.public_id} if each.public_id else {}),
                **(columns_of(each.name, each.text) if each.state != State.ERASED else {}),
            )
        )
    # In one go, so that the order of their keys, in which replies are shown, is that of writing.
    Comment.objects.bulk_create(stored)
    here = {key: (each.pk, each.thread) for key, each in known.items()}
    for each, comment in zip(wanted, stored, strict=True):
        comment.parent_id, thread = here[each.parent] if each.parent else (None, comment.pk)
        comment.thread_id = thread
        here[each.key] = comment.pk, thread
    Comment.objects.bulk_update(stored, ["parent", "thread"])
    _count_replies(stored)
    return stored


def _people(slugs: set[str]) -> dict[str, AuthorPage]:
    return {person.slug: person for person in AuthorPage.objects.filter(slug__in=slugs)} if slugs else {}


def _count_replies(stored: Sequence[Comment]) -> None:
    published = [reply for reply in stored if reply.is_published and reply.parent_id is not None]
    replies = Counter(above for reply in published for above in {reply.thread_id, reply.parent_id})
    for number in set(replies.values()):
        above = [key for key, replied in replies.items() if key and replied == number]
        Comment.objects.filter(pk__in=above).update(reply_count=F("reply_count") + number)


def _keep_sources(wanted: Sequence[ForeignComment], stored: Sequence[Comment]) -> None:
    ImportedComment.objects.bulk_create(
        ImportedComment(
            comment=comment, source=each.source, foreign_id=each.foreign_id, writer=each.writer, digest=each.digest
        )
        for each, comment in zip(wanted, stored, strict=True)
    )
    LinkedDomain.objects.bulk_create(
        LinkedDomain(comment=comment, domain=domain)
        for comment in stored
        if comment.state != State.ERASED
        for domain in domains_in(comment.text)
    )


def _give_stars(wanted: Sequence[ForeignComment], stored: Sequence[Comment]) -> None:
    """Make reviews of those that are: with the stars of their reader, who gives them now unless there are some.

    A reader has one review that can be seen under an article; another one stays as a comment.
    """
    for each, comment in zip(wanted, stored, strict=True):
        if each.kind != Kind.REVIEW or each.parent:
            continue
        reviews = Comment.objects.filter(article=comment.article_id, reader=comment.reader_id, kind=Kind.REVIEW)
        if reviews.filter(state__in=[State.PENDING, State.PUBLISHED]).exists() and each.state in (
            State.PENDING,
            State.PUBLISHED,
        ):
            continue
        rating = Rating.objects.filter(article=comment.article_id, reader=comment.reader_id).first()
        if rating is None and each.stars is not None:
            given_at = each.written_at
            rating = Rating.objects.create(
                article_id=comment.article_id,
                reader_id=comment.reader_id,
                stars=each.stars,
                created_at=given_at,
                changed_at=given_at,
            )
            RatingChange.objects.create(rating=rating, stars=each.stars, standing=rating.standing, changed_at=given_at)
            count(comment.article_id, gone=[], come=[rating.counted_in])
        stars = rating.counted_stars if rating else None
        Comment.objects.filter(pk=comment.pk).update(kind=Kind.REVIEW, stars=stars)


def _find_helpful(wanted: Sequence[ForeignComment], stored: Sequence[Comment]) -> None:
    """Store so many votes as each was found helpful by. Whose they are is not told: the same few readers stand in."""
    most = max((each.helpful for each in wanted), default=0)
    if not most:
        return
    earlier = HelpfulVote.objects.filter(reason=ELSEWHERE).values("reader")
    crowd = list(Reader.objects.filter(pk__in=earlier).order_by("pk")[:most])
    crowd += Reader.objects.bulk_create([Reader() for _number in range(most - len(crowd))])
    for each, comment in zip(wanted, stored, strict=True):
        HelpfulVote.objects.bulk_create(
            HelpfulVote(comment=comment, reader=reader, reason=ELSEWHERE, created_at=each.written_at)
            for reader in crowd[: each.helpful]
        )
    for number in {each.helpful for each in wanted} - {0}:
        found = [comment.pk for each, comment in zip(wanted, stored, strict=True) if each.helpful == number]
        Comment.objects.filter(pk__in=found).update(helpful_count=number)


def _tell(stored: Sequence[Comment]) -> None:
    """Write into the history of each article how many came, and say that what readers see there has changed."""
    numbers = Counter(comment.article_id for comment in stored)
    for article in ArticlePage.objects.filter(pk__in=numbers).defer("body").order_by("pk"):
        log(instance=article, action="ratings.import", data={"comments": numbers[article.pk]})
    shown = sorted({comment.article_id for comment in stored if comment.is_published})
    changed(*(tag(article) for article in shown for tag in (responses, comments_of)))
