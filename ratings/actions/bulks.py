"""One decision on many comments: begun with a preview, made in chunks that can be resumed, undone in chunks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ratings.actions.decisions import decide, hold_all, undo
from ratings.actions.refusals import Conflict, NotUndoable
from ratings.models import Bulk, Comment, Ground, State
from ratings.models.comment import CommentQuerySet
from ratings.moderation.transitions import SOURCES

CHUNK = 100
"""So many comments are decided in one transaction: a cut-off loses no more, and nobody waits long for a lock."""


@transaction.atomic
def begin_bulk(
    *,
    matching: CommentQuerySet,
    selection: dict[str, Any],
    to: State,
    seen_at: datetime,
    until: int,
    now: datetime,
    moderator: User,
    ground: Ground | None = None,
    reason: str = "",
    note: str = "",
) -> Bulk:
    """Store that all comments in `matching`, which `selection` describes, are to be decided, and return the bulk.

    Only comments up to the key `until` are meant, and those that nobody has moved or edited since `seen_at`, when the
    moderator saw how many they are. Nothing is decided yet: `continue_bulk` does it.
    """
    return Bulk.objects.create(
        moderator=moderator,
        to_state=to,
        ground=ground or "",
        reason=reason,
        note=note,
        selection=selection,
        until=until,
        seen_at=seen_at,
        total=matching.filter(pk__lte=until).count(),
        started_at=now,
    )


@transaction.atomic
def continue_bulk(*, bulk: Bulk, matching: CommentQuerySet, now: datetime) -> Bulk:
    """Decide, or undo, the next chunk of `bulk` and return it as it is then; nothing is left once it is not running.

    `matching` is what its selection finds now. Killed at any point, it goes on where the last whole chunk ended.
    """
    bulk = Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)
    if bulk.is_running:
        if bulk.undo_started_at is None:
            _decide_chunk(bulk, matching, now)
        else:
            _undo_chunk(bulk, now)
        bulk.save()
    return bulk


@transaction.atomic
def begin_undoing_bulk(*, bulk: Bulk, now: datetime, moderator: User) -> Bulk:
    """Store that `bulk` is to be undone, as far as it has come, and return it; `continue_bulk` does it.

    Doing it twice changes nothing. Comments that were moved or edited since are left alone, and counted.
    """
    bulk = Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)
    if bulk.undo_started_at is None:
        bulk.undo_started_at = now
        bulk.undone_by = moderator
        bulk.finished_at = bulk.finished_at or now
        bulk.save()
    return bulk


def _decide_chunk(bulk: Bulk, matching: CommentQuerySet, now: datetime) -> None:
    to = State(bulk.to_state)
    chunk = list(matching.filter(pk__gt=bulk.cursor, pk__lte=bulk.until).order_by("pk")[:CHUNK])
    hold_all(chunk)
    # What was moved or edited after the preview is another comment than the one that was seen.
    moved = Comment.objects.filter(pk__in=[comment.pk for comment in chunk], decisions__decided_at__gt=bulk.seen_at)
    untouched = matching.filter(pk__in=[comment.pk for comment in chunk]).exclude(edited_at__gt=bulk.seen_at)
    for comment in untouched.filter(state__in=SOURCES[to]).exclude(pk__in=moved.values("pk")).order_by("pk"):
        decide(
            comment=comment,
            version=comment.version,
            to=to,
            now=now,
            moderator=bulk.moderator,
            ground=Ground(bulk.ground) if bulk.ground else None,
            reason=bulk.reason,
            note=bulk.note,
            bulk=bulk,
        )
        bulk.done += 1
    if chunk:
        bulk.cursor = chunk[-1].pk
    if len(chunk) < CHUNK:
        bulk.finished_at = now
        bulk.skipped = max(bulk.total - bulk.done, 0)


def _undo_chunk(bulk: Bulk, now: datetime) -> None:
    decisions = bulk.decisions.select_related("comment").order_by("-pk")
    if bulk.undo_cursor is not None:
        decisions = decisions.filter(pk__lt=bulk.undo_cursor)
    chunk = list(decisions[:CHUNK])
    hold_all(decision.comment for decision in chunk)
    for decision in chunk:
        try:
            with transaction.atomic():
                undo(decision=decision, now=now, moderator=bulk.undone_by)
            bulk.undone += 1
        except (Conflict, NotUndoable):
            bulk.not_undone += 1
    if chunk:
        bulk.undo_cursor = chunk[-1].pk
    if len(chunk) < CHUNK:
        bulk.undo_finished_at = now
