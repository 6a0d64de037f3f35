"""What the learned model thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.models.comment import State
from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

POINTS = 50
"""More than the policy holds from, as it is shipped: its word alone makes a comment wait."""


def looks_like_spam(submission: Submission) -> Finding | None:
    """Find what the learned model calls spam, with the places that weighed most.

    It is taken out by that only if the model may act. Never so what staff write: it has shown its precision on comments
    that moderators decided on, and theirs are not among them.
    """
    opinion = submission.spam
    if opinion is None or not opinion.calls_it_spam:
        return None
    return Finding(
        rule="model",
        points=POINTS,
        reason=f"The learned model gives it {opinion.score:.2f}; from {opinion.threshold:.2f} on it calls that spam.",
        to=State.SPAM if opinion.may_act and not submission.writer.is_staff else None,
        spans=opinion.spans,
    )
