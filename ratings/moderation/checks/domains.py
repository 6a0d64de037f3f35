"""What became of the comments that linked to the same domains before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding
from ratings.moderation.linking import links_in

if TYPE_CHECKING:
    from ratings.moderation.submission import DomainRecord, Submission

SETTLED = timedelta(days=1)
"""So long a domain has to be linked to from here before what was published with it speaks for it."""

SPREADING = 50
UNKNOWN = 15


def links_to_doubtful_domains(submission: Submission) -> Finding | None:
    """Find links to domains that spam has linked to, or that nobody knows here yet. The worst one counts."""
    doubts = [(_points(submission.domains.get(link.domain)), link.span) for link in links_in(submission.text)]
    worst = max((points for points, _ in doubts), default=0)
    if not worst:
        return None
    spam = "It links to a domain from comments that were mostly spam."
    unknown = "It links to a domain that is new here, or that no published comment vouches for."
    return Finding(
        rule="domains",
        points=worst,
        reason=spam if worst == SPREADING else unknown,
        spans=tuple(span for points, span in doubts if points == worst),
    )


def _points(record: DomainRecord | None) -> int:
    if record is None or record.known_for is None:
        return UNKNOWN
    if record.spam:
        return SPREADING if record.spam >= record.published else UNKNOWN
    return UNKNOWN if record.known_for < SETTLED or not record.published else 0
