"""Words that its own reader was shown a notice about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding
from ratings.notices import notices_on

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

REASONS = {
    "red_flag": "It names signs that may need help soon",
    "personal_data": "It may hold personal data",
    "shouting": "It is written in capitals",
}


def calls_for_a_notice(submission: Submission) -> Finding | None:
    """Find what a moderator should look at with care. It says nothing against who wrote it."""
    notices = notices_on(submission.text)
    if not notices:
        return None
    # Not the words themselves: what is found is kept, also when the comment is erased.
    reason = " ".join(f"{REASONS[notice.kind]} ({len(notice.words)})." for notice in notices)
    return Finding(rule="notice", points=10, reason=reason)
