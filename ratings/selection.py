"""Which comments of an article a reader asks for: their order, their stars, their thread, their page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratings.models import Comment
from ratings.models.comment import CommentQuerySet

KEY = re.compile(r"(?:(?P<value>[0-9]{1,9})-)?(?P<last>[0-9]{1,18})")
"""Where a page begins: behind the comment `last`, which had `value` in what it is sorted by."""


class NoSuchPage(ValueError):
    """The address asks for comments in a way that there is not."""


class Order(models.TextChoices):
    """How the threads of an article are sorted."""

    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    HELPFUL = "helpful", _("Most helpful")
    REPLIES = "replies", _("Most replies")
    STARS = "stars", _("Reviews by stars")

    @property
    def column(self) -> str:
        """The column that is sorted by, the largest first; "" for the order of writing."""
        return {"helpful": "helpful_count", "replies": "reply_count", "stars": "stars"}.get(self.value, "")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which comments of an article are asked for. The address of the page says it, and nothing else does."""

    order: Order = Order.NEWEST
    stars: int | None = None
    after: str = ""
    thread: UUID | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Selection:
        """Return what the parameters `sort`, `stars`, `after` and `thread` ask for; raises NoSuchPage."""
        order, stars, after, thread = (query.get(name, "") for name in ("sort", "stars", "after", "thread"))
        if (order or "newest") not in Order.values or stars not in ("", "1", "2", "3", "4", "5"):
            raise NoSuchPage
        if after and not KEY.fullmatch(after):
            raise NoSuchPage
        try:
            return cls(
                order=Order(order or "newest"),
                stars=int(stars) if stars else None,
                after=after,
                thread=UUID(thread) if thread else None,
            )
        except ValueError:
            raise NoSuchPage from None

    def query(self) -> str:
        """Return the parameters that ask for this, with the question mark; "" for what a page shows anyway."""
        values = {
            "thread": self.thread or "",
            "sort": self.order.value if self.order != Order.NEWEST else "",
            "stars": self.stars or "",
            "after": self.after,
        }
        given = urlencode({name: value for name, value in values.items() if value})
        return f"?{given}" if given else ""

    @property
    def is_default(self) -> bool:
        """Whether this is what a page shows that is asked for nothing."""
        return self == Selection()

    @property
    def lifts_pinned(self) -> bool:
        """Whether the pinned comment stands on top of the first page, and not in its order."""
        return not (self.stars or self.order == Order.STARS)

    def of(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return the first comments among `comments` that are asked for, sorted, from where the page begins."""
        if self.stars:
            comments = comments.published().filter(stars=self.stars)
        column = self.order.column
        if self.order == Order.STARS:
            comments = comments.published().filter(stars__isnull=False)
        key = KEY.fullmatch(self.after)
        last = int(key["last"]) if key else None
        if last is not None and column:
            value = int(key["value"] or 0) if key else 0
            # The first condition says nothing new; it lets the database begin where the page does.
            comments = comments.filter(**{f"{column}__lte": value}).filter(
                Q(**{f"{column}__lt": value}) | Q(pk__lt=last)
            )
        elif last is not None:
            comments = comments.filter(pk__gt=last) if self.order == Order.OLDEST else comments.filter(pk__lt=last)
        if self.order == Order.OLDEST:
            return comments.order_by("pk")
        return comments.order_by(f"-{column}", "-pk") if column else comments.order_by("-pk")

    def in_order(self, comments: Iterable[Comment]) -> list[Comment]:
        """Return `comments` as `of` sorts them."""
        if self.order == Order.OLDEST:
            return sorted(comments, key=lambda comment: comment.pk)
        column = self.order.column or "pk"
        return sorted(comments, key=lambda comment: (getattr(comment, column), comment.pk), reverse=True)

    def next_after(self, last: Comment) -> Selection:
        """Return the selection of the page that follows one that ends with `last`."""
        column = self.order.column
        return replace(self, after=f"{getattr(last, column)}-{last.pk}" if column else str(last.pk))
