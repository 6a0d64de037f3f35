"""Whether nearly the same was sent before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def says_the_same_again(submission: Submission) -> Finding | None:
    """Find a text that stands on this site already, all the more under several articles, or that was spam before."""
    alike = submission.alike
    if alike.spam:
        return Finding(
            rule="repeats",
            points=60,
            reason=f"It says nearly the same as earlier comments that are spam ({alike.spam}).",
        )
    if not alike.comments:
        return None
    articles = max(alike.articles, 1)
    return Finding(
        rule="repeats",
        points=min(20 * (alike.comments + articles - 1), 80),
        reason=(
            f"It says nearly the same as earlier comments ({alike.comments}, by other readers {alike.by_others});"
            f" articles under which it stands: {articles}."
        ),
    )
