"""How long the form was open before it was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

SHORTEST = timedelta(seconds=3)
"""Nobody reads a form and writes a comment faster; who pastes a prepared text is only held."""


def sent_too_fast(submission: Submission) -> Finding | None:
    """Find a form that was sent sooner than a person can."""
    if submission.dwell is None or submission.dwell >= SHORTEST:
        return None
    seconds = submission.dwell.total_seconds()
    return Finding(rule="dwell", points=30, reason=f"The form was sent {seconds:.1f} seconds after it was opened.")
