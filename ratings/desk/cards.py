"""All that a moderator sees of one comment, put together for a whole page of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q
from django.utils.functional import Promise

from ratings.desk.forms import decisions_from
from ratings.desk.readers import History, histories
from ratings.models import Act, Comment, CommentRevision, Decision, Lease, Report, State
from ratings.models.comment import CommentQuerySet

AROUND = 60
"""So many characters stand before and after what a check struck at."""

PLACES = 5
"""So many places are shown of one finding, at most."""

BESIDE = 3
"""So many comments of the thread are shown before a comment, and after it."""


@dataclass(frozen=True)
class Place:
    """Words that a check struck at, and what stands around them."""

    before: str
    struck: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What one rule found in a comment."""

    rule: str
    points: int
    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A report that waits for an answer, and what became of its reporter's other ones."""

    report: Report
    history: History | None


@dataclass(frozen=True, kw_only=True)
class Card:
    """A comment with its context, what was found, reported and done, and what can be done now."""

    comment: Comment
    reasons: Sequence[Reason]
    reports: Sequence[Reported]
    history: History | None
    lease: Lease | None
    """Of somebody else, who is looking at it."""
    choices: Sequence[tuple[State, str | Promise]]
    undoable: Decision | None
    """The latest decision, if it can be undone."""

    @property
    def spam_percent(self) -> int | None:
        """How likely the learned model finds it to be spam."""
        score = self.comment.spam_score
        return None if score is None else round(100 * score)

    @property
    def is_redactable(self) -> bool:
        """Whether words can be taken out of it."""
        return self.comment.state not in (State.DELETED, State.ERASED)


def with_all_shown(found: CommentQuerySet) -> CommentQuerySet:
    """Return the comments with all that cards show of them, in three more queries."""
    decisions = Decision.objects.select_related("moderator", "undone_by__moderator").order_by("-version")
    return (
        found.select_related("article", "parent", "lease__moderator")
        .defer("article__body", "folded", "parent__folded", "parent__trace")
        .prefetch_related(
            Prefetch("decisions", decisions.defer("trace")),
            Prefetch("revisions", CommentRevision.objects.defer("trace").order_by("-version")),
            Prefetch("reports", Report.objects.open().order_by("reason", "pk"), to_attr="open_reports"),
        )
    )


def cards_of(comments: Sequence[Any], user: User, now: datetime) -> list[Card]:
    """Return the cards of comments `with_all_shown`, for `user`, in one query for everybody's histories."""
    readers = {comment.reader_id for comment in comments}
    reporters = {report.reader_id for comment in comments for report in comment.open_reports}
    known = histories(readers | reporters, now) if comments else {}
    return [_card(comment, user, now, known) for comment in comments]


def thread_around(comment: Comment) -> list[Comment]:
    """Return the first comment of the thread and the neighbors of `comment`, in the order of writing, in two queries.

    The comment itself is among them, so that one sees where it stands.
    """
    thread = Comment.objects.filter(thread=comment.thread_id).defer("folded", "trace")
    before = thread.filter(pk__lte=comment.pk).order_by("-pk")[: BESIDE + 1]
    after = thread.filter(Q(pk__gt=comment.pk) | Q(pk=comment.thread_id)).order_by("pk")[: BESIDE + 1]
    return sorted({*before, *after}, key=lambda each: each.pk)


def _card(comment: Any, user: User, now: datetime, known: dict[int, History]) -> Card:
    decisions = list(comment.decisions.all())
    lease = getattr(comment, "lease", None)
    is_held = lease is not None and lease.until > now and lease.moderator_id != user.pk
    return Card(
        comment=comment,
        reasons=[_reason(finding, comment, decisions) for finding in comment.trace],
        reports=[Reported(report=each, history=known.get(each.reader_id)) for each in comment.open_reports],
        history=known.get(comment.reader_id),
        lease=lease if is_held else None,
        choices=decisions_from(State(comment.state), reported=bool(comment.open_reports)),
        undoable=decisions[0] if decisions and is_undoable(decisions[0], comment) else None,
    )


def is_undoable(decision: Decision, comment: Comment) -> bool:
    """Return whether undoing `decision` on `comment` would work now: nothing has happened since."""
    return (
        decision.moderator_id is not None
        and State.ERASED not in (comment.state, decision.to_state)
        and comment.version == decision.version + 1
    )


def _reason(finding: dict[str, Any], comment: Comment, decisions: Sequence[Decision]) -> Reason:
    # What was found in other words is no longer where it was.
    is_redacted = any(decision.act == Act.REDACT for decision in decisions)
    spans = [] if is_redacted else finding.get("spans", [])
    return Reason(
        rule=finding["rule"],
        points=finding["points"],
        reason=finding["reason"],
        places=tuple(places_in(comment.text, spans)),
    )


def places_in(text: str, spans: Sequence[Sequence[int]]) -> Iterator[Place]:
    """Yield the places in `text` that `spans` (first character, and the one after the last) mark, as far as they go."""
    for first, end in spans[:PLACES]:
        start = max(first, 0)
        if not text[start:end]:
            continue
        left, right = max(start - AROUND, 0), end + AROUND
        yield Place(
            before=("…" if left else "") + text[left:start],
            struck=text[start:end],
            after=text[end:right] + ("…" if right < len(text) else ""),
        )
