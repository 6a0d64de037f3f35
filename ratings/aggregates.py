"""Every number that is kept beside the rows that it counts, compared with a recount, and repaired.

Kept are the histogram of each article, and of each comment its replies, its helpful votes and, in a review, the stars
of its writer. All change in the transaction of what they count, so a comparison that finds anything has found a fault.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.models import ArticlePage
from freshness.changes import changed
from freshness.tags import RATINGS, rating, responses
from ratings.actions.locks import lock_summary, lock_threads
from ratings.models import Comment, HelpfulVote, Kind, Rating, RatingSummary, Standing, State
from ratings.models.summary import COLUMNS, RETIRED

CHUNK = 2_000
"""So many rows are compared by one statement; between two the comparison can be interrupted."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """A kept number that is not what a recount says."""

    what: str
    key: int
    kept: int | None
    recounted: int | None
    was_repaired: bool = False

    def __str__(self) -> str:
        repaired = ", repaired" if self.was_repaired else ""
        return f"{self.what} {self.key}: kept {self.kept}, recounted {self.recounted}{repaired}"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a comparison is: so many numbers compared, and the mismatches of the last chunk."""

    what: str
    compared: int
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A kind of kept numbers: the rows that hold them, the recount as an expression, and the lock to repair under."""

    what: str
    rows: Callable[[], QuerySet[Any]]
    columns: dict[str, Any]
    lock: Callable[[int], None]


def _number(counted: QuerySet[Any], by: str) -> Coalesce:
    numbers = counted.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


def _ratings_with(stars: int) -> Coalesce:
    return _number(Rating.objects.counted().filter(article=OuterRef("article"), stars=stars), "article")


def _retired_ratings() -> Coalesce:
    return _number(Rating.objects.retired().filter(article=OuterRef("article")), "article")


def _replies() -> Case:
    replies = Comment.objects.filter(state=State.PUBLISHED, parent__isnull=False)
    return Case(
        When(parent__isnull=True, then=_number(replies.filter(thread=OuterRef("pk")), "thread")),
        default=_number(replies.filter(parent=OuterRef("pk")), "parent"),
    )


def _stars_of_reviews() -> Case:
    own = Rating.objects.counted().filter(article=OuterRef("article"), reader=OuterRef("reader")).values("stars")
    return Case(When(kind=Kind.REVIEW, then=Subquery(own)), default=Value(None), output_field=IntegerField())


def _lock_thread_of(comment: int) -> None:
    lock_threads(Comment.objects.filter(pk=comment).values("thread"))


def _lock_summary(key: int) -> None:
    list(RatingSummary.objects.select_for_update(no_key=True).filter(pk=key))


KEPT: tuple[Kept, ...] = (
    Kept(
        what="votes of summary",
        rows=lambda: RatingSummary.objects.all(),
        columns={column: _ratings_with(stars) for stars, column in COLUMNS.items()} | {RETIRED: _retired_ratings()},
        lock=_lock_summary,
    ),
    Kept(
        what="replies of comment",
        rows=lambda: Comment.objects.all(),
        columns={"reply_count": _replies()},
        lock=_lock_thread_of,
    ),
    Kept(
        what="helpful votes of comment",
        rows=lambda: Comment.objects.all(),
        columns={
            "helpful_count": _number(
                HelpfulVote.objects.filter(comment=OuterRef("pk"), standing=Standing.COUNTED), "comment"
            )
        },
        lock=_lock_thread_of,
    ),
    Kept(
        what="stars of review",
        rows=lambda: Comment.objects.filter(Q(kind=Kind.REVIEW) | Q(stars__isnull=False)),
        columns={"stars": _stars_of_reviews()},
        lock=_lock_thread_of,
    ),
)


def verify(*, repair: bool = False, chunk: int = CHUNK) -> Iterator[Progress]:
    """Compare all kept numbers with a recount, and with `repair` correct them; yield after each chunk of rows.

    What looks wrong is looked at again under the lock of its action, so that a response that comes in meanwhile is no
    false alarm. Every mismatch is logged as an error.
    """
    _add_missing_summaries()
    for kept in KEPT:
        last: int | None = 0
        while last is not None:
            bound = kept.rows().filter(pk__gt=last).order_by("pk").values("pk")[:chunk]
            end = kept.rows().filter(pk__in=bound).aggregate(end=Max("pk"))["end"]
            if end is not None:
                yield _compare(kept, kept.rows().filter(pk__gt=last, pk__lte=end), repair=repair)
            last = end


@transaction.atomic
def _add_missing_summaries() -> None:
    """Give a row to each article that has votes and none: it shows zeros, which then are compared with the recount."""
    voted_on = Rating.objects.counted().filter(article=OuterRef("pk"))
    for article in ArticlePage.objects.filter(Exists(voted_on), rating_summary=None).values_list("pk", flat=True):
        lock_summary(article)


def _compare(kept: Kept, rows: QuerySet[Any], *, repair: bool) -> Progress:
    compared = 0
    mismatches: list[Mismatch] = []
    for key, wrong in _wrong(kept, rows):
        compared += len(kept.columns)
        if wrong:
            mismatches += _look_again(kept, key, repair=repair)
    for mismatch in mismatches:
        logger.error("A kept number was wrong: %s", mismatch)
    return Progress(what=kept.what, compared=compared, mismatches=tuple(mismatches))


def _wrong(kept: Kept, rows: QuerySet[Any]) -> Iterator[tuple[int, dict[str, tuple[int | None, int | None]]]]:
    """Yield of each row its key, and of the columns that are wrong what is kept and what was recounted."""
    recounts = {f"recounted_{column}": recount for column, recount in kept.columns.items()}
    for row in rows.annotate(**recounts).values("pk", *kept.columns, *recounts):
        pairs = {column: (row[column], row[f"recounted_{column}"]) for column in kept.columns}
        yield row["pk"], {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def _look_again(kept: Kept, key: int, *, repair: bool) -> list[Mismatch]:
    kept.lock(key)
    row = kept.rows().filter(pk=key)
    wrong = {column: pair for _key, pairs in _wrong(kept, row) for column, pair in pairs.items()}
    if repair and wrong:
        row.update(**{column: recounted for column, (_kept, recounted) in wrong.items()})
        article = row.values_list("article", flat=True).get()
        changed(rating(article), RATINGS, responses(article))
    return [
        Mismatch(what=f"{column}, {kept.what}", key=key, kept=held, recounted=recounted, was_repaired=repair)
        for column, (held, recounted) in wrong.items()
    ]
