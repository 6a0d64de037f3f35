"""The comments of a page as HTML: some sixty of them, each made from a mold."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.models import ArticlePage
from ratings.molds import IDENTIFIER, NUMBER, OTHER, mark, mold
from ratings.thread import ShownComment


def threads_html(threads: list[ShownComment], article: ArticlePage, *, closed: bool, preview: bool) -> SafeString:
    """Return `threads` as items of a list; `closed` and `preview` take actions away from their comments."""
    page = _Page(article, closed=closed, preview=preview)
    return mark_safe("".join(map(page.thread, threads)))


class _Page:
    def __init__(self, article: ArticlePage, *, closed: bool, preview: bool) -> None:
        self.article = str(article.pk)
        self.fixed = (("closed", closed), ("preview", preview))

    def thread(self, shown: ShownComment) -> str:
        replies = "".join(f"<li>{self.comment(reply)}</li>" for reply in shown.replies)
        under = f'<ol class="replies">{replies}</ol>' if replies else ""
        return f"<li>{self.comment(shown)}{under}{_more_replies(shown)}</li>"

    def comment(self, shown: ShownComment) -> str:
        comment = shown.comment
        if not comment.is_published:
            gone = mold("ratings/tombstone.html", (("state", comment.state),), (("public_id", IDENTIFIER),))
            return gone.filled({"public_id": str(comment.public_id)})
        written = _day(timezone.localtime(comment.created_at).date(), get_language())
        values = {
            "public_id": str(comment.public_id),
            "article": self.article,
            "name": escape(comment.name),
            "html": shown.html,
            "day": written[0],
            "date": written[1],
        }
        fixed: list[tuple[str, Any]] = [
            *self.fixed,
            ("kind", comment.kind),
            ("stars", comment.stars),
            ("is_pinned", comment.is_pinned),
            ("is_edited", comment.edited_at is not None),
            ("is_answered", shown.is_answered),
        ]
        if comment.helpful_count:
            values["helpful_count"] = str(comment.helpful_count)
        if comment.pick_reason:
            values["pick_reason"] = escape(comment.pick_reason)
        if comment.badge:
            fixed += ("badge", comment.badge), ("badge_label", str(comment.get_badge_display()))
            if comment.person and comment.person.live:
                values["person_address"] = escape(comment.person.url)
            if comment.badge == "reviewer" and shown.credentials:
                values["credentials"] = escape(", ".join(credential.degree for credential in shown.credentials))
        if shown.in_reply_to:
            fixed.append(("is_reply_to", "shown" if shown.in_reply_to.is_published else "gone"))
            if shown.in_reply_to.is_published:
                values["answered_id"] = str(shown.in_reply_to.public_id)
                values["answered_name"] = escape(shown.in_reply_to.name)
        return mold("ratings/comment.html", tuple(fixed), _marks(tuple(values))).filled(values)


MARKS: dict[str, Any] = {"public_id": IDENTIFIER, "answered_id": OTHER, "article": NUMBER}


@lru_cache(maxsize=100)
def _marks(names: tuple[str, ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, MARKS.get(name) or mark_safe(mark(name))) for name in names)


def _more_replies(shown: ShownComment) -> str:
    if shown.more_replies <= 0:
        return ""
    values = {"public_id": str(shown.comment.public_id)}
    if shown.comment.is_published:
        values["name"] = escape(shown.comment.name)
    found = mold("ratings/more_replies.html", (("count", shown.more_replies),), _marks(tuple(values)))
    return found.filled(values)


@lru_cache(maxsize=1_000)
def _day(day: date, _language: str | None) -> tuple[str, str]:
    """Return `day` for machines, and as readers see it."""
    return day.isoformat(), escape(date_format(day, "DATE_FORMAT"))
