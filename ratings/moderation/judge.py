"""Judging a submission: a fold over a list of checks that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratings.models.comment import State
from ratings.moderation.checks.akismet import akismet_objects
from ratings.moderation.checks.domains import links_to_doubtful_domains
from ratings.moderation.checks.dwell import sent_too_fast
from ratings.moderation.checks.honeypot import trap_was_filled
from ratings.moderation.checks.ladder import step_on_the_ladder
from ratings.moderation.checks.links import many_links
from ratings.moderation.checks.model import looks_like_spam
from ratings.moderation.checks.neighbors import has_banned_neighbors
from ratings.moderation.checks.notice import calls_for_a_notice
from ratings.moderation.checks.proof import came_without_proof
from ratings.moderation.checks.refusals import was_refused_lately
from ratings.moderation.checks.repeats import says_the_same_again
from ratings.moderation.checks.words import holds_banned_words, holds_suspect_words
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

    @property
    def reasons_for_author(self) -> list[str]:
        """In words for its author, why the checks do not publish the comment; none if a moderator is to look."""
        return reasons_for_author(self.trace(), self.state)

    def trace(self) -> list[dict[str, Any]]:
        """Return the findings as they are stored with the comment."""
        return [finding.as_stored() for finding in self.findings]


Check = Callable[[Submission], Finding | None]

CHECKS: tuple[Check, ...] = (
    # The way it was sent,
    trap_was_filled,
    sent_too_fast,
    came_without_proof,
    # who sent it,
    has_banned_neighbors,
    was_refused_lately,
    # what it says,
    holds_banned_words,
    holds_suspect_words,
    many_links,
    links_to_doubtful_domains,
    says_the_same_again,
    calls_for_a_notice,
    # and what others think of that.
    looks_like_spam,
    akismet_objects,
)
"""Each looks at one thing. The ladder stands apart: it speaks of the writer and the policy, in every trace."""

OF_SENDING = frozenset({"honeypot", "dwell", "proof", "reports"})
"""Rules that no other words answer: the way in which a comment was first sent, and that readers reported it away."""

TOLD = {
    "banned_words": _("It holds a word that is not published on this site."),
    "model": _("A program that has learned from our moderators took it for spam."),
}
"""What authors are told of the rules that take a comment out by themselves."""


def judge(submission: Submission) -> Verdict:
    """Return the verdict on `submission`.

    The severest state that a check asks for holds, whoever wrote it. Else the comment waits if its points reach what
    the policy holds from, or if its writer has not come up the ladder so far that it is published at once. Points are
    guesses: they hold trusted readers too, but not who works for this site or on this article.
    """
    found = (check(submission) for check in CHECKS)
    step = step_on_the_ladder(submission)
    findings = (*submission.found_before, *(finding for finding in found if finding is not None), step)
    asked = {finding.to for finding in findings}
    state = next((state for state in SEVEREST_FIRST if state in asked), State.PUBLISHED)
    points = sum(finding.points for finding in findings)
    if state == State.PUBLISHED and points >= submission.policy.hold_from and not submission.writer.is_staff:
        state = State.PENDING
    opinion = submission.spam
    return Verdict(
        state=state,
        findings=findings,
        spam_score=opinion.score if opinion else None,
        is_called_spam=opinion.calls_it_spam if opinion else False,
    )


def found_in_sending(trace: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return what the stored `trace` of a comment says that no edit undoes: how it was first sent, and reports."""
    return tuple(Finding.from_stored(entry) for entry in trace if entry["rule"] in OF_SENDING)


def reasons_for_author(trace: Iterable[Mapping[str, Any]], state: State) -> list[str]:
    """Return in words for its author why the checks took a comment out into `state`: none if they did not."""
    if state == State.PENDING:
        return []
    return [str(TOLD[entry["rule"]]) for entry in trace if entry.get("to") == state and entry["rule"] in TOLD]
