"""Whether comments are taken under an article just now."""

from __future__ import annotations

from datetime import datetime

from articles.models import ArticlePage
from ratings.actions.refusals import Closed
from ratings.models.policy import closing_time, policy_for, reopening_time


def closed(article: ArticlePage, now: datetime) -> Closed | None:
    """Return why no comments are taken under `article` at `now`, or None if they are. At most two queries.

    Reports, ratings and helpful votes know no hours.
    """
    policy = policy_for(article)
    closes_at = closing_time(article, policy)
    if closes_at is not None and closes_at <= now:
        return Closed(closes_at)
    opens_at = reopening_time(policy, now)
    return Closed(now, until=opens_at) if opens_at is not None else None
