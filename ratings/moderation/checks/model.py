"""What the learned model thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.models.comment import State
from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

POINTS = 50
"""What its word weighs beside what else was found; for itself it asks that the comment waits, or goes."""


def looks_like_spam(submission: Submission) -> Finding | None:
    """Find what the learned model calls spam, with the places that weighed most.

    It is taken out by that only if the model may act; else a moderator sees it, whatever the policy holds from. Neither
    happens to what staff write: the model has shown its precision on comments that moderators decided on, and theirs
    are not among them.
    """
    opinion = submission.spam
    if opinion is None or not opinion.calls_it_spam:
        return None
    to = State.SPAM if opinion.may_act else State.PENDING
    return Finding(
        rule="model",
        points=POINTS,
        reason=f"The learned model gives it {opinion.score:.2f}; from {opinion.threshold:.2f} on it calls that spam.",
        to=None if submission.writer.is_staff else to,
        spans=opinion.spans,
    )
