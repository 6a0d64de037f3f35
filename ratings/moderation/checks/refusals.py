"""What moderators made of the writer's latest comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

SHARE = 0.25
"""Who is refused more rarely than this has slipped now and then."""


def was_refused_lately(submission: Submission) -> Finding | None:
    """Find a writer of whose comments in the last 30 days moderators refused many."""
    refused = submission.writer.refused_lately
    decided = refused + submission.writer.published_lately
    if not refused or refused < SHARE * decided:
        return None
    return Finding(
        rule="refusals",
        points=min(20 * refused, 60),
        reason=f"Of the last {decided} comments of its writer moderators refused {refused}.",
    )
