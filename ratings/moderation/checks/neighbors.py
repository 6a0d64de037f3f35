"""Who else writes from the same network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def has_banned_neighbors(submission: Submission) -> Finding | None:
    """Find banned readers in the same network. One may be a colleague; with more of them a moderator should look."""
    count = submission.writer.banned_neighbors
    if not count:
        return None
    return Finding(
        rule="neighbors",
        points=min(20 * count, 60),
        reason=f"It comes from a network from which readers wrote who may not write now ({count}).",
    )
