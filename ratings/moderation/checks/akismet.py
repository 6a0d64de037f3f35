"""What the service Akismet thinks, where it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.models.comment import State
from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def akismet_objects(submission: Submission) -> Finding | None:
    """Find what Akismet calls spam, and what it could not be asked about. Both wait; it decides nothing by itself."""
    opinion = submission.akismet
    if opinion is None or opinion.is_spam is False:
        return None
    if opinion.is_spam is None:
        return Finding(rule="akismet", points=0, reason="Akismet did not answer in time.", to=State.PENDING)
    return Finding(rule="akismet", points=40, reason="Akismet calls it spam.", to=State.PENDING)
