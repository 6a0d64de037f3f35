"""How far the writer has come: staff, trusted, known, new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.models.comment import State
from ratings.moderation.finding import Finding
from ratings.moderation.policy import Mode

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def step_on_the_ladder(submission: Submission) -> Finding:
    """Return where the policy sends a comment of this writer, and which step of the ladder says so."""
    writer, policy = submission.writer, submission.policy
    if writer.is_premoderated:
        return _waits("A sanction asks that a moderator sees each comment of this reader first.")
    if writer.is_staff:
        return _passes("Its writer works for this site or on this article.")
    if submission.is_trusted:
        return _passes(f"Its writer is trusted: moderators approved {writer.approved} of their comments.")
    if policy.mode == Mode.BEFORE:
        return _waits("Every comment waits for a moderator here.")
    if policy.holds_first and not writer.published:
        return _waits("No comment of this reader has been published before.")
    return _passes("Comments are published at once here.")


def _waits(reason: str) -> Finding:
    return Finding(rule="ladder", points=0, reason=reason, to=State.PENDING)


def _passes(reason: str) -> Finding:
    return Finding(rule="ladder", points=0, reason=reason)
