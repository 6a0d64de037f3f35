"""What an import hands over to the readers' side."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Count, Sum

from articles.models import ArticlePage
from ratings.actions import set_legacy_total
from ratings.models import Comment, RatingSummary


@dataclass(frozen=True, kw_only=True)
class RatingTotal:
    """How an article is rated in all: `mean` from 1 to 5, cut to two decimals."""

    mean: Decimal
    count: int


def receive_rating(article: ArticlePage, total: Any) -> None:
    """Store the rating total of an imported article: a `mean` and a `count`, by attribute or by key."""
    mean, count = (total["mean"], total["count"]) if isinstance(total, dict) else (total.mean, total.count)
    set_legacy_total(article=article, mean=Decimal(mean), count=count)


def rating_total(article: ArticlePage) -> RatingTotal | None:
    """Return how `article` is rated in all, as `receive_rating` takes it back; None if nobody rated it.

    Without the stars of reviews: those come back with their reviews, and must not count twice.
    """
    summary = RatingSummary.objects.filter(article=article).first()
    if summary is None:
        return None
    reviews = Comment.objects.filter(article=article).reviews().aggregate(count=Count("pk"), stars=Sum("stars"))
    count = summary.count - reviews["count"]
    if count <= 0:
        return None
    mean = ((summary.tally.total - (reviews["stars"] or 0)) / count).quantize(Decimal("0.01"), ROUND_DOWN)
    return RatingTotal(mean=mean, count=count)
