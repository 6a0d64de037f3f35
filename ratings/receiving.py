"""What an import hands over to the readers' side."""

from typing import Any

from articles.models import ArticlePage
from ratings.actions import set_legacy_total


def receive_rating(article: ArticlePage, total: Any) -> None:
    """Store the rating total of an imported article; `total` has a `mean` (Decimal) and a `count`."""
    set_legacy_total(article=article, mean=total.mean, count=total.count)
