"""The one place in which a comment changes by decision: state, version, counts, decision and history together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from wagtail.log_actions import log

from ratings.actions.refusals import Conflict
from ratings.models import Act, Bulk, Comment, Decision, Ground, Kind, Lease, State
from ratings.moderation.transitions import SOURCES

RESTORED = ("kind", "stars", "is_pinned", "pick_reason", "is_checked", "published_at")
"""Columns that a decision may change beside the state; what they were before is kept with it."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """Who decides, and on what grounds."""

    moderator: User | None = None
    ground: Ground | None = None
    reason: str = ""
    """In words that the author reads."""
    note: str = ""
    """In words for moderators."""
    bulk: Bulk | None = None
    because_of: Decision | None = None
    """The decision that set this one off."""


def move(
    before: Comment, to: State, *, now: datetime, why: Why, undoes: Decision | None = None, **content: Any
) -> Decision:
    """Move a comment whose thread is held into the state `to`, with other columns in `content`; raises Conflict.

    What is published loses no words: a review whose writer has published another one meanwhile stays as a comment.
    """
    if before.state not in SOURCES[to]:
        raise Conflict(before)
    if to == State.PUBLISHED and before.published_at is None:
        content["published_at"] = now
    if to == State.PUBLISHED and content.get("kind", before.kind) == Kind.REVIEW and _has_another_review(before):
        content |= {"kind": Kind.COMMENT, "stars": None}
    if to != State.PUBLISHED:
        content["is_pinned"] = False
    act = Act.MOVE if undoes is None else Act.UNDO
    decision = record(before, act, to=to, now=now, why=why, undoes=undoes, content=content)
    count_replies(before, int(to == State.PUBLISHED) - int(before.is_published))
    return decision


def record(
    before: Comment,
    act: Act,
    *,
    now: datetime,
    why: Why,
    to: State | None = None,
    undoes: Decision | None = None,
    content: Mapping[str, Any],
) -> Decision:
    """Store an act on a comment as the caller knows it, and return the decision.

    Raises Conflict if the comment is not in that version any more. Entails an entry in the article's history in the
    admin, and ends whatever lease there is on the comment.
    """
    to = to or State(before.state)
    changed = Comment.objects.filter(pk=before.pk, version=before.version, state=before.state)
    if not changed.update(state=to, version=F("version") + 1, **content):
        raise Conflict(before)
    Lease.objects.filter(comment=before).delete()
    decision = Decision.objects.create(
        comment=before,
        moderator=why.moderator,
        act=act,
        from_state=before.state,
        to_state=to,
        version=before.version,
        ground=why.ground or "",
        reason=why.reason,
        note=why.note,
        trace=before.trace,
        before={column: _as_stored(getattr(before, column)) for column in RESTORED if column in content},
        bulk=why.bulk,
        undoes=undoes,
        because_of=why.because_of,
        decided_at=now,
    )
    log(
        instance=before.article,
        action="ratings.decide" if act in (Act.MOVE, Act.UNDO) else f"ratings.{act}",
        user=why.moderator,
        data={
            "comment": before.pk,
            "from": before.state,
            "to": str(to),
            "reason": why.reason,
            "ground": str(why.ground or ""),
            "undoes": undoes.pk if undoes else None,
        },
    )
    return decision


def count_replies(reply: Comment, difference: int) -> None:
    """Count `reply` in, or out again, where it hangs: at the first comment of its thread, and at the one it answers."""
    if difference and reply.parent_id is not None:
        above: Iterable[Any] = {reply.thread_id, reply.parent_id}
        Comment.objects.filter(pk__in=above).update(reply_count=F("reply_count") + difference)


def _as_stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _has_another_review(review: Comment) -> bool:
    reviews = Comment.objects.published().filter(kind=Kind.REVIEW, article=review.article_id, reader=review.reader_id)
    return reviews.exclude(pk=review.pk).exists()
