"""Words that the site's moderators have listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.models.comment import State
from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.finding import Span
    from ratings.moderation.submission import Submission


def holds_banned_words(submission: Submission) -> Finding | None:
    """Find banned words in the text or the name. They reject the comment, whoever wrote it; its author is told."""
    count, spans = _listed(submission, "banned")
    if not count:
        return None
    return Finding(
        rule="banned_words",
        points=100,
        reason=f"Banned words stand in it or in the name ({count}).",
        to=State.REJECTED,
        spans=spans,
    )


def holds_suspect_words(submission: Submission) -> Finding | None:
    """Find words in the text or the name that a moderator wants to have seen."""
    count, spans = _listed(submission, "suspect")
    if not count:
        return None
    return Finding(
        rule="suspect_words",
        points=30,
        reason=f"Suspect words stand in it or in the name ({count}).",
        to=State.PENDING,
        spans=spans,
    )


def _listed(submission: Submission, kind: str) -> tuple[int, tuple[Span, ...]]:
    """Return how many words of one kind were found, and where those stand that are in the text."""
    if submission.words is None:
        return 0, ()
    in_text = [hit.span for hit in submission.words.find(submission.text) if hit.kind == kind]
    in_name = [hit for hit in submission.words.find(submission.name) if hit.kind == kind]
    return len(in_text) + len(in_name), tuple(in_text)
