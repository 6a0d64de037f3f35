"""Judging a submission: a fold over a list of checks that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ratings.models.comment import State
from ratings.moderation.checks.dwell import sent_too_fast
from ratings.moderation.checks.honeypot import trap_was_filled
from ratings.moderation.checks.links import many_links
from ratings.moderation.checks.notice import calls_for_a_notice
from ratings.moderation.checks.proof import came_without_proof
from ratings.moderation.finding import Finding


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What the checks know of a comment. Time and reader come in; no check reads a clock or a database."""

    text: str
    name: str
    trap: str = ""
    """What was typed into the field that only machines see."""
    dwell: timedelta | None = None
    """How long the form was open, or None if nobody knows."""
    lacks_proof: bool = False
    """A proof of work was asked of its sender, and none came that was good."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Where a comment goes first, and why."""

    state: State
    findings: tuple[Finding, ...] = ()

    @property
    def points(self) -> int:
        """The sum of all points: the higher, the more a moderator should look twice."""
        return sum(finding.points for finding in self.findings)

    def trace(self) -> list[dict[str, str | int]]:
        """Return the findings as they are stored with the comment."""
        return [{"rule": finding.rule, "points": finding.points, "reason": finding.reason} for finding in self.findings]


CHECKS: tuple[Callable[[Submission], Finding | None], ...] = (
    trap_was_filled,
    sent_too_fast,
    came_without_proof,
    many_links,
    calls_for_a_notice,
)


def judge(submission: Submission) -> Verdict:
    """Return the verdict on `submission`. Every comment waits for a moderator, who sees what the checks found."""
    found = (check(submission) for check in CHECKS)
    return Verdict(state=State.PENDING, findings=tuple(finding for finding in found if finding is not None))
