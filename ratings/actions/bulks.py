"""One decision on many comments: begun with a preview, made in chunks that can be resumed, undone in chunks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ratings.actions.decisions import GONE, undo_held
from ratings.actions.moves import Why, hold, move
from ratings.actions.refusals import Conflict, NotUndoable
from ratings.models import Bulk, Comment, Decision, Ground, Report, State
from ratings.models.comment import CommentQuerySet
from ratings.moderation.transitions import SOURCES

CHUNK = 100
"""So many comments are decided in one transaction: a cut-off loses no more, and nobody waits long for a lock."""

MARGIN = timedelta(minutes=1)
"""Longer than an edit or a report is on its way: an answer of Akismet, and the locks that it waits for."""


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
    public_id: UUID | None = None,
) -> Bulk:
    """Store that all comments in `matching`, which `selection` describes, are to be decided, and return the bulk.

    Only comments up to the key `until` are meant, and those that nobody has moved, edited or reported since `seen_at`,
    when the moderator saw how many they are; of a selection by keys those in their versions. What was edited or
    reported up to `MARGIN` before it is left alone in a list as well: it may not have been stored yet when the
    moderator looked. Nothing is decided yet:
    `continue_bulk` does it. Beginning the same `public_id` again changes nothing. Raises ValueError for a state that
    cannot be undone.
    """
    if to in GONE:
        raise ValueError(f"No bulk decides {to}: it could not be undone.")
    begun, _is_new = Bulk.objects.get_or_create(
        public_id=public_id or uuid4(),
        defaults={
            "moderator": moderator,
            "to_state": to,
            "ground": ground or "",
            "reason": reason,
            "note": note,
            "selection": selection,
            "until": until,
            "seen_at": seen_at,
            "total": matching.filter(pk__lte=until).count(),
            "started_at": now,
        },
    )
    return begun


@transaction.atomic
def continue_bulk(*, bulk: Bulk, matching: CommentQuerySet, now: datetime) -> Bulk:
    """Decide, or undo, the next chunk of `bulk` and return it as it is then; nothing is left once it is not running.

    `matching` is what its selection finds now, or, if it is being undone, all that whoever undoes it may touch. Killed
    at any point, it goes on where the last whole chunk ended.
    """
    bulk = _held(bulk)
    if bulk.is_running:
        if bulk.undo_started_at is None:
            _decide_chunk(bulk, matching, now)
        else:
            _undo_chunk(bulk, matching, now)
        bulk.save()
    return bulk


@transaction.atomic
def stop_bulk(*, bulk: Bulk, now: datetime) -> Bulk:
    """Let `bulk`, or its undoing, end where it is, and return it; what is left is left alone. Twice changes nothing."""
    bulk = _held(bulk)
    if bulk.is_running:
        if bulk.undo_started_at is None:
            _finish(bulk, now)
        else:
            bulk.undo_finished_at = now
        bulk.save()
    return bulk


@transaction.atomic
def begin_undoing_bulk(*, bulk: Bulk, now: datetime, moderator: User) -> Bulk:
    """Store that `bulk` is to be undone, as far as it has come, and return it; `continue_bulk` does it.

    An undoing that was stopped goes on. Comments that were moved or edited since are left alone, and counted.
    """
    bulk = _held(bulk)
    if not bulk.is_running or bulk.undo_started_at is None:
        _finish(bulk, now)
        bulk.undo_started_at = bulk.undo_started_at or now
        bulk.undone_by = moderator
        bulk.undo_finished_at = None if bulk.undone + bulk.not_undone < bulk.done else bulk.undo_finished_at or now
        bulk.save()
    return bulk


def untouched(comments: QuerySet[Comment], since: datetime, margin: timedelta = timedelta()) -> QuerySet[Comment]:
    """Return those of `comments` that nobody has moved after `since`, nor edited or reported after `margin` before it.

    What was is another comment than the one that was seen then. An edit or a report bears the moment at which it was
    sent, and is stored later. A decision has no margin: it changes no words, and who has just decided goes on with it.
    """
    decided = Decision.objects.filter(comment=OuterRef("pk"), decided_at__gt=since)
    reported = Report.objects.filter(comment=OuterRef("pk"), created_at__gt=since - margin)
    return comments.filter(~Exists(decided), ~Exists(reported)).exclude(edited_at__gt=since - margin)


def _held(bulk: Bulk) -> Bulk:
    return Bulk.objects.select_for_update(no_key=True).get(pk=bulk.pk)


def _finish(bulk: Bulk, now: datetime) -> None:
    if bulk.finished_at is None:
        bulk.finished_at = now
        bulk.skipped = max(bulk.total - bulk.done, 0)


def _decide_chunk(bulk: Bulk, matching: CommentQuerySet, now: datetime) -> None:
    left = matching.filter(pk__gt=bulk.cursor, pk__lte=bulk.until).order_by("pk")
    keys = list(left.values_list("pk", flat=True)[:CHUNK])
    held = hold(keys)
    to = State(bulk.to_state)
    why = Why(
        moderator=bulk.moderator,
        ground=Ground(bulk.ground) if bulk.ground else None,
        reason=bulk.reason,
        note=bulk.note,
        bulk=bulk,
    )
    for comment in _still_meant(bulk, matching, held.values()):
        move(comment, to, now=now, why=why)
        bulk.done += 1
    if keys:
        bulk.cursor = keys[-1]
    if len(keys) < CHUNK:
        _finish(bulk, now)


def _still_meant(bulk: Bulk, matching: CommentQuerySet, held: Iterable[Comment]) -> list[Comment]:
    """Return those of the `held` comments that are as they were in the preview, and can be decided so."""
    # The versions of keys tell of every edit, and who sanctions a reader holds off what that reader is editing.
    is_list = "keys" not in bulk.selection and bulk.selection.keys() != {"reader"}
    found = untouched(matching, bulk.seen_at, MARGIN if is_list else timedelta())
    found = found.filter(pk__in=[comment.pk for comment in held])
    meant = set(found.values_list("pk", flat=True))
    if "keys" in bulk.selection:
        seen = {(key, version) for key, version in bulk.selection["keys"]}
        meant = {comment.pk for comment in held if (comment.pk, comment.version) in seen} & meant
    return [comment for comment in held if comment.pk in meant and comment.state in SOURCES[State(bulk.to_state)]]


def _undo_chunk(bulk: Bulk, allowed: CommentQuerySet, now: datetime) -> None:
    decisions = bulk.decisions.prefetch_related("entailed").order_by("-pk")
    if bulk.undo_cursor is not None:
        decisions = decisions.filter(pk__lt=bulk.undo_cursor)
    chunk = list(decisions[:CHUNK])
    held = hold(decision.comment_id for decision in chunk)
    permitted = set(allowed.filter(pk__in=held).values_list("pk", flat=True))
    why = Why(moderator=bulk.undone_by)
    for decision in chunk:
        try:
            if decision.comment_id not in permitted:
                raise NotUndoable
            undo_held(decision, held, now=now, why=why)
            bulk.undone += 1
        except (Conflict, NotUndoable):
            bulk.not_undone += 1
    if chunk:
        bulk.undo_cursor = chunk[-1].pk
    if len(chunk) < CHUNK:
        bulk.undo_finished_at = now
