"""The comments of an article as a reader sees them: threads of two visual levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from articles.models import ArticlePage
from ratings.markup import comment_html
from ratings.models import Comment, RatingSummary

PER_PAGE = 50
KEY = re.compile(r"(?P<thread>[0-9]{1,18})-(?P<last>[0-9]{1,18})")
"""Where a page of comments begins: behind the comment `last` of `thread`. The digits fit every database's integers."""


@dataclass(kw_only=True)
class ShownComment:
    """One comment as it is shown, with the replies under it."""

    comment: Comment
    in_reply_to: str = ""
    """The name of whom it answers, where that is not the comment it stands under."""
    replies: list[ShownComment] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        """The text, formatted."""
        return comment_html(self.comment.text)


@dataclass(frozen=True, kw_only=True)
class Responses:
    """All that a page shows of its readers' responses. Three queries, however many comments there are."""

    summary: RatingSummary
    count: int
    threads: list[ShownComment]
    more_after: str
    """The key of the last comment shown, if there are more; "" otherwise."""


def responses_to(article: ArticlePage, after: str = "") -> Responses:
    """Return rating and comments of `article`: the first `PER_PAGE` comments, or those after the key `after`.

    A key that is none (somebody typed it) starts from the beginning.
    """
    summary = RatingSummary.objects.filter(article=article).first() or RatingSummary(article=article)
    shown = Comment.objects.published().under(article)
    page = shown.threaded()
    if key := KEY.fullmatch(after):
        page = page.after(int(key["thread"]), int(key["last"]))
    comments = list(page.select_related("parent")[: PER_PAGE + 1])
    has_more = len(comments) > PER_PAGE
    comments = comments[:PER_PAGE]
    return Responses(
        summary=summary,
        count=shown.count(),
        threads=threads(comments),
        more_after=f"{comments[-1].thread_id}-{comments[-1].pk}" if has_more else "",
    )


def threads(comments: Iterable[Comment]) -> list[ShownComment]:
    """Return `comments` (in thread order) as threads: replies stand under the first comment of their thread.

    A reply to a reply names whom it answers. A reply whose thread's first comment is not among `comments` (it is no
    longer shown, or stands on an earlier page) opens a thread of its own.
    """
    found: list[ShownComment] = []
    by_thread: dict[int | None, ShownComment] = {}
    for comment in comments:
        shown = ShownComment(comment=comment)
        first = by_thread.get(comment.thread_id)
        if first is None:
            by_thread[comment.thread_id] = shown
            found.append(shown)
        else:
            first.replies.append(shown)
        if comment.parent is not None and (first is None or comment.parent_id != first.comment.pk):
            shown.in_reply_to = comment.parent.name if comment.parent.state == "published" else ""
    return found
