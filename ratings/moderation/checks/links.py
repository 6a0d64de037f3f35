"""How many links a comment carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding
from ratings.moderation.linking import links_in

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def many_links(submission: Submission) -> Finding | None:
    """Find more links than the policy gives its writer: one is a source, many are an advertisement. Staff are free."""
    if submission.writer.is_staff:
        return None
    links = links_in(submission.text)
    policy = submission.policy
    excess = len(links) - (policy.links_trusted if submission.is_trusted else policy.links_new)
    if excess <= 0:
        return None
    return Finding(
        rule="links",
        points=min(20 * excess, 100),
        reason=f"The comment carries {len(links)} links.",
        spans=tuple(link.span for link in links),
    )
