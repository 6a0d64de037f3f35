"""Which articles readers rate clearly lower than they used to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from django.db.models import Count, Q, QuerySet

from ratings.models import Rating, RatingSummary
from ratings.models.summary import COLUMNS

LATELY = timedelta(days=30)
FEWEST = 10
"""So many votes both sides of the comparison have at least; fewer are anecdotes."""

SMALLEST_FALL = 0.3
"""So many stars a mean has to fall: what is smaller may be certain and still not worth an editor's morning."""

SURE = 3.0
"""So many standard errors below: where nothing has changed, one comparison in seven hundred says that something has."""


@dataclass(frozen=True)
class Votes:
    """How many votes gave one, two, three, four and five stars."""

    histogram: tuple[int, int, int, int, int]

    @property
    def count(self) -> int:
        """How many votes there are."""
        return sum(self.histogram)

    @property
    def mean(self) -> float:
        """The mean of the stars; 0 without votes."""
        return sum(stars * votes for stars, votes in enumerate(self.histogram, start=1)) / self.count if self else 0.0

    @property
    def variance_of_mean(self) -> float:
        """The variance of the mean. A vote more is put in the middle, lest agreement be taken for certainty."""
        squares = sum(votes * (stars - self.mean) ** 2 for stars, votes in enumerate(self.histogram, start=1))
        return (squares + (3 - self.mean) ** 2) / self.count**2

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, kw_only=True)
class Fall:
    """How an article was rated before, and how it is rated lately."""

    article_id: int
    before: Votes
    lately: Votes

    @property
    def stars(self) -> float:
        """How many stars the mean fell."""
        return self.before.mean - self.lately.mean


def has_fallen(before: Votes, lately: Votes) -> bool:
    """Return whether `lately` is clearly below `before`, so that the luck of a few votes alerts nobody.

    Welch's comparison of two means, with a bound wide enough for a desk that makes it for hundreds of articles.
    """
    if before.count < FEWEST or lately.count < FEWEST:
        return False
    fall = before.mean - lately.mean
    return fall >= SMALLEST_FALL and fall > SURE * sqrt(before.variance_of_mean + lately.variance_of_mean)


def fallen(articles: QuerySet[Any], now: datetime) -> list[Fall]:
    """Return those of `articles` whose rating fell in the last days, the deepest fall first. Two queries.

    Only the votes of these days are read; all earlier ones are what remains of the kept histogram without them.
    """
    lately = _histograms_since(now - LATELY)
    summaries = RatingSummary.objects.filter(article__in=lately).filter(article__in=articles.values("pk"))
    found = []
    for row in summaries.values_list("article", *COLUMNS.values()):
        article, kept = row[0], row[1:]
        # A vote that came in between the two queries is in the second one only.
        before = Votes(_five(max(0, all_ - new) for all_, new in zip(kept, lately[article].histogram, strict=True)))
        if has_fallen(before, lately[article]):
            found.append(Fall(article_id=article, before=before, lately=lately[article]))
    return sorted(found, key=lambda fall: (-fall.stars, fall.article_id))


def _histograms_since(moment: datetime) -> dict[int, Votes]:
    columns = {column: Count("pk", filter=Q(stars=stars)) for stars, column in COLUMNS.items()}
    rows = Rating.objects.counted().filter(changed_at__gte=moment).order_by().values("article")
    enough = rows.annotate(number=Count("pk"), **columns).filter(number__gte=FEWEST)
    return {article: Votes(_five(votes)) for article, *votes in enough.values_list("article", *columns)}


def _five(numbers: Iterable[int]) -> tuple[int, int, int, int, int]:
    one, two, three, four, five = numbers
    return one, two, three, four, five
