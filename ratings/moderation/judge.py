"""Judging a submission: a fold over a list of checks that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ratings.models.comment import State
from ratings.moderation.checks.dwell import sent_too_fast
from ratings.moderation.checks.honeypot import trap_was_filled
from ratings.moderation.checks.ladder import step_on_the_ladder
from ratings.moderation.checks.links import many_links
from ratings.moderation.checks.notice import calls_for_a_notice
from ratings.moderation.checks.proof import came_without_proof
from ratings.moderation.finding import Finding
from ratings.moderation.submission import Submission

SEVEREST_FIRST = (State.SPAM, State.REJECTED, State.PENDING)
"""Where rules may send a comment by themselves. Nothing but the ladder publishes one."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Where a comment goes first, and why."""

    state: State
    findings: tuple[Finding, ...] = ()
    spam_score: float | None = None
    """What the learned model gave it, 0 to 1."""
    is_called_spam: bool = False
    """The learned model's own verdict, whether or not it was followed."""

    @property
    def points(self) -> int:
        """The sum of all points: the higher, the more a moderator should look twice."""
        return sum(finding.points for finding in self.findings)

    def trace(self) -> list[dict[str, Any]]:
        """Return the findings as they are stored with the comment."""
        return [finding.as_stored() for finding in self.findings]


CHECKS: tuple[Callable[[Submission], Finding | None], ...] = (
    trap_was_filled,
    sent_too_fast,
    came_without_proof,
    many_links,
    calls_for_a_notice,
)
"""Each looks at one thing. The ladder stands apart: it speaks of the writer and the policy, in every trace."""


def judge(submission: Submission) -> Verdict:
    """Return the verdict on `submission`.

    The severest state that a check asks for holds. Else the comment waits if its points reach what the policy holds
    from, or if its writer has not come up the ladder so far that it is published at once.
    """
    found = (check(submission) for check in CHECKS)
    step = step_on_the_ladder(submission)
    findings = (*submission.found_before, *(finding for finding in found if finding is not None), step)
    asked = {finding.to for finding in findings}
    state = next((state for state in SEVEREST_FIRST if state in asked), State.PUBLISHED)
    if state == State.PUBLISHED and sum(finding.points for finding in findings) >= submission.policy.hold_from:
        state = State.PENDING
    opinion = submission.spam
    return Verdict(
        state=state,
        findings=findings,
        spam_score=opinion.score if opinion else None,
        is_called_spam=opinion.calls_it_spam if opinion else False,
    )
