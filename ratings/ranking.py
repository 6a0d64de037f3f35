"""Which articles are rated best.

The Bayesian mean: every article starts with `WEIGHT` ratings at the mean of the site, so that few votes say little and
many say much. All sums are whole hundredths of a star and each quotient is rounded once, so that PostgreSQL, SQLite and
Python agree to the last bit, and what is equal is a tie.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, FloatField, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Round
from wagtail.models import Page

from articles.models import ArticlePage
from articles.models.article_queries import ArticleQuerySet
from findable.visibility import hidden_from_somebody
from ratings.models import RatingSummary
from ratings.models.summary import COLUMNS, MEAN_SHOWN_FROM

WEIGHT = 10
"""How many ratings at the site's mean every article starts with."""


def bayesian_mean(*, total: Decimal | float, count: int, prior_mean: Decimal | float, weight: int = WEIGHT) -> float:
    """Return (weight · prior_mean + total) / (weight + count): the mean, in stars, that an article is ranked by.

    `total` is the sum of the stars of its `count` ratings. Raises ZeroDivisionError if both weight and count are 0.
    """
    return float((weight * Fraction(prior_mean) + Fraction(total)) / (weight + count))


CANDIDATES = 50
"""So many are looked at more closely, to tell which of several equal ones is the newest."""


def site_mean() -> Decimal | None:
    """Return the mean of all ratings of the listed articles, to two decimals, or None if there are none."""
    sums = _summaries().aggregate(hundredths=Sum(_hundredths()), count=Sum(_count()))
    return round(Decimal(sums["hundredths"]) / sums["count"] / 100, 2) if sums["count"] else None


def top_rated(articles: ArticleQuerySet | None = None, *, limit: int) -> ArticleQuerySet:
    """Return the `limit` best rated of `articles`, or of all: of those that any reader may see and whose mean is shown.

    Each has its `rating_count` and its `bayesian_mean`, with the site's mean as the prior. A tie goes to more ratings,
    then to the newer article. Queries: the site's mean, the candidates, and the list when it is read.
    """
    prior_mean = site_mean()
    if prior_mean is None:
        return ArticlePage.objects.none()
    ranked: QuerySet[Any] = _summaries().annotate(**_ranks(prior_mean))
    shown = ranked.filter(rating_count__gte=MEAN_SHOWN_FROM)
    if articles is not None:
        shown = shown.filter(article__in=articles.order_by().values("pk"))
    best = shown.order_by("-bayesian_mean", "-rating_count", "-article")
    candidates = list(best.values_list("article", flat=True)[: max(limit, CANDIDATES)])
    found = ArticlePage.objects.filter(pk__in=candidates).annotate(**_ranks(prior_mean, "rating_summary__"))
    newest_first = F("first_published_at").desc(nulls_last=True)
    return found.order_by("-bayesian_mean", "-rating_count", newest_first, "-pk")[:limit]


def _summaries() -> QuerySet[RatingSummary]:
    """Return the summaries of the articles that any reader may see.

    All but those of the few that are hidden: each of many need not be looked up, and they carry little through a sort.
    """
    pages = Page.objects.filter(content_type=ContentType.objects.get_for_model(ArticlePage)).order_by()
    summaries = RatingSummary.objects.all()
    for hidden in hidden_from_somebody(pages):
        summaries = summaries.exclude(article__in=hidden.values("pk"))
    return summaries


def _ranks(prior_mean: Decimal, summary: str = "") -> dict[str, Combinable]:
    """Return what ranks a row; `summary` leads from it to its summary, as a lookup."""
    total = _hundredths(summary) + WEIGHT * int(100 * prior_mean)
    return {
        "rating_count": _count(summary),
        "bayesian_mean": Cast(total, FloatField()) / (Cast(_count(summary) + WEIGHT, FloatField()) * 100),
    }


def _count(summary: str = "") -> Combinable:
    """Return the number of an article's ratings, the earlier ones included, as an expression."""
    own = [F(f"{summary}{column}") for column in COLUMNS.values()]
    return sum(own, start=F(f"{summary}legacy_count"))


def _hundredths(summary: str = "") -> Combinable:
    """Return the sum of an article's stars in hundredths, the earlier ones included, as an expression."""
    own = [F(f"{summary}{column}") * (100 * stars) for stars, column in COLUMNS.items()]
    # SQLite keeps decimals as binary fractions: only rounded is 100 · 4.1 a whole number there.
    legacy_mean = Cast(Round(F(f"{summary}legacy_mean") * 100), BigIntegerField())
    return sum(own, start=F(f"{summary}legacy_count") * legacy_mean)
