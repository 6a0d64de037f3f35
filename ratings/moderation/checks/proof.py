"""Whether a proof of work came with it, where one was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def came_without_proof(submission: Submission) -> Finding | None:
    """Find a missing proof. A browser without scripts cannot give one, so it only means: look at it."""
    if not submission.lacks_proof:
        return None
    return Finding(
        rule="proof",
        points=20,
        reason="It came in a rush of comments, from an unknown reader, without a proof of work.",
    )
