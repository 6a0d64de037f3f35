"""The one place in which a comment changes by decision: state, version, counts, decision and history together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from wagtail.log_actions import log

from freshness.changes import changed
from freshness.tags import comments, responses
from ratings.actions.locks import lock_summary, lock_threads
from ratings.actions.refusals import Conflict
from ratings.models import Act, Bulk, Comment, Decision, Ground, Kind, Lease, State
from ratings.moderation.transitions import SOURCES

RESTORED = frozenset({"kind", "stars", "is_pinned", "pick_reason", "is_checked", "published_at"})
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


def hold(keys: Iterable[int]) -> dict[int, Comment]:
    """Return the comments with these keys as they are now, by their keys, held with all that moving them writes in.

    The summaries of their articles are part of it: a reader has one published review, and an article one pin. Raises
    Comment.DoesNotExist if one of them is gone.
    """
    keys = set(keys)
    comments = Comment.objects.filter(pk__in=keys)
    # Where a comment hangs never changes, so that it can be asked before anything is held.
    places = set(comments.order_by().values_list("article_id", "thread_id"))
    for article_id in sorted({article_id for article_id, _thread in places}):
        lock_summary(article_id)
    lock_threads({thread for _article, thread in places})
    held = comments.select_for_update(no_key=True, of=("self",)).select_related("article").defer("article__body")
    found = {comment.pk: comment for comment in held.order_by("pk")}
    if found.keys() != keys:
        raise Comment.DoesNotExist
    return found


def move(
    before: Comment, to: State, *, now: datetime, why: Why, undoes: Decision | None = None, **content: Any
) -> Decision:
    """Move a comment whose thread is held into the state `to`, with other columns in `content`; raises Conflict.

    The way back need not be in the transition table. What is published loses no words: a review whose writer has
    published another one meanwhile stays as a comment.
    """
    if undoes is None and before.state not in SOURCES[to]:
        raise Conflict(before)
    if to == State.PUBLISHED and before.published_at is None:
        content.setdefault("published_at", now)
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
    # Of what is erased for good nothing is kept.
    restorable = frozenset() if to == State.ERASED else RESTORED & content.keys()
    changed = Comment.objects.filter(pk=before.pk, version=before.version, state=before.state)
    if not changed.update(state=to, version=F("version") + 1, **content):
        raise Conflict(before)
    Lease.objects.filter(comment=before).delete()
    _tell_of(before, to, content)
    decision = Decision.objects.create(
        comment=before,
        moderator=why.moderator,
        is_by_moderator=why.moderator is not None,
        act=act,
        from_state=before.state,
        to_state=to,
        version=before.version,
        ground=why.ground or "",
        reason=why.reason,
        note=why.note,
        trace=before.trace if to != State.ERASED else [],
        before={column: _as_stored(getattr(before, column)) for column in restorable},
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


def _tell_of(before: Comment, to: State, content: Mapping[str, Any]) -> None:
    """Say that what readers see has changed; what they are to see no longer is gone at once."""
    if before.is_published or before.listed or to == State.PUBLISHED:
        is_gone = to != State.PUBLISHED or "text" in content
        counted = [comments(before.article_id)] if before.is_published != (to == State.PUBLISHED) else []
        shown = [responses(before.article_id)]
        changed(*counted, *([] if is_gone else shown), withdrawn=shown if is_gone else [])


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
