"""How long a sign-off of an article holds, as its topics say."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from articles.models import ArticlePage, TopicPage

MONTHS = 12
"""Where no topic says anything: advice that nobody has looked at for longer should not call itself reviewed."""


def next_review(article: ArticlePage, today: date) -> date:
    """Return when what is signed on `today` has to be checked again: by the strictest of the topics."""
    return months_later(today, months_between_reviews(article.topics.all()))


def months_between_reviews(topics: Iterable[TopicPage]) -> int:
    """Return the fewest months that any of `topics` says; one that says nothing takes it from the topic above."""
    above = {topic.pk: _paths(topic.path) for topic in topics}
    rows = TopicPage.objects.filter(path__in={path for paths in above.values() for path in paths})
    said = dict(rows.exclude(review_months=None).values_list("path", "review_months"))
    found = [next((said[path] for path in paths if said.get(path)), MONTHS) for paths in above.values()]
    return min(found, default=MONTHS)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last one of a month that is too short."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _paths(path: str) -> list[str]:
    """Return the paths of a page and of all above it, the nearest first."""
    return [path[:end] for end in range(len(path), 0, -TopicPage.steplen)]
