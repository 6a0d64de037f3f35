"""Which articles are rated best.

The Bayesian mean: every article starts with `WEIGHT` ratings at the mean of the site, so that few votes say little and
many say much. All sums are whole hundredths of a star and each quotient is rounded once, so that PostgreSQL, SQLite and
Python agree to the last bit, and what is equal is a tie.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.db.models import BigIntegerField, F, FloatField, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Round

from articles.models import ArticlePage
from articles.models.article_queries import ArticleQuerySet
from ratings.models.summary import COLUMNS, MEAN_SHOWN_FROM

WEIGHT = 10
"""How many ratings at the site's mean every article starts with."""


def bayesian_mean(*, total: Decimal | float, count: int, prior_mean: Decimal | float, weight: int = WEIGHT) -> float:
    """Return (weight · prior_mean + total) / (weight + count): the mean, in stars, that an article is ranked by.

    `total` is the sum of the stars of its `count` ratings. Raises ZeroDivisionError if both weight and count are 0.
    """
    return float((weight * Fraction(prior_mean) + Fraction(total)) / (weight + count))


def site_mean(published: ArticleQuerySet) -> Decimal | None:
    """Return the mean of all ratings of the `published` articles, to two decimals, or None if there are none."""
    sums = published.aggregate(hundredths=Sum(_hundredths()), count=Sum(_count()))
    return round(Decimal(sums["hundredths"]) / sums["count"] / 100, 2) if sums["count"] else None


def top_rated(articles: ArticleQuerySet, *, limit: int) -> ArticleQuerySet:
    """Return the `limit` best rated of `articles`: of those that any reader may see and whose mean is shown.

    Each has its `rating_count` and its `bayesian_mean`, with the site's mean as the prior. A tie goes to more ratings,
    then to the newer article. Queries: Wagtail's for restricted pages, the site's mean, and the list when it is read.
    """
    published = ArticlePage.objects.published()
    prior_mean = site_mean(published)
    if prior_mean is None:
        return published.none()
    sum_with_prior = _hundredths() + WEIGHT * int(100 * prior_mean)
    count_with_prior = _count() + WEIGHT
    return (
        published.filter(pk__in=articles.order_by().values("pk"))
        .annotate(
            rating_count=_count(),
            bayesian_mean=Cast(sum_with_prior, FloatField()) / (Cast(count_with_prior, FloatField()) * 100),
        )
        .filter(rating_count__gte=MEAN_SHOWN_FROM)
        .order_by(
            F("bayesian_mean").desc(), F("rating_count").desc(), F("first_published_at").desc(nulls_last=True), "-pk"
        )[:limit]
    )


def _count() -> Combinable:
    """Return the number of an article's ratings, the earlier ones included, as an expression."""
    own = [F(f"rating_summary__{column}") for column in COLUMNS.values()]
    return sum(own, start=F("rating_summary__legacy_count"))


def _hundredths() -> Combinable:
    """Return the sum of an article's stars in hundredths, the earlier ones included, as an expression."""
    own = [F(f"rating_summary__{column}") * (100 * stars) for stars, column in COLUMNS.items()]
    # SQLite keeps decimals as binary fractions: only rounded is 100 · 4.1 a whole number there.
    legacy_mean = Cast(Round(F("rating_summary__legacy_mean") * 100), BigIntegerField())
    return sum(own, start=F("rating_summary__legacy_count") * legacy_mean)
