"""Bulk decisions, chunk by chunk: in a request, or behind it by the worker."""

from __future__ import annotations

from time import monotonic

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks import task

from ratings import actions
from ratings.badges import MODERATE
from ratings.desk.sections import within
from ratings.desk.selecting import selected_by
from ratings.models import Bulk, Comment

CHUNKS_AT_ONCE = 2
SECONDS_AT_ONCE = 2
"""So much a moderator waits for; the worker does the rest."""

CHUNKS_A_TASK = 50
"""After so many the worker does what else waits, before it goes on."""


def actor_of(bulk: Bulk) -> User | None:
    """Return with whose rights the next chunk of `bulk` is made, or None if they have none (any more)."""
    actor: User | None = bulk.moderator if bulk.undo_started_at is None else bulk.undone_by
    return actor if actor is not None and actor.has_perm(MODERATE) else None


def next_chunk(bulk: Bulk) -> Bulk:
    """Make the next chunk of `bulk`, and return it as it is then.

    Permission and sections of its moderator are asked anew; raises PermissionDenied for one who is none any more.
    """
    bulk = Bulk.objects.select_related("moderator", "undone_by").get(pk=bulk.pk)
    actor = actor_of(bulk)
    if actor is None:
        raise PermissionDenied
    if bulk.undo_started_at is None:
        matching = selected_by(bulk.selection, actor, bulk.seen_at)
    else:
        matching = within(Comment.objects.all(), actor)
    return actions.continue_bulk(bulk=bulk, matching=matching, now=timezone.now())


def first_chunks(bulk: Bulk) -> Bulk:
    """Make as many chunks of `bulk` as somebody waits for, and return it as it is then; raises PermissionDenied."""
    until = monotonic() + SECONDS_AT_ONCE
    for _chunk in range(CHUNKS_AT_ONCE):
        if not bulk.is_running or monotonic() > until:
            break
        bulk = next_chunk(bulk)
    return bulk


@task(backend="durable")
def finish_bulk(bulk_id: int) -> None:
    """Make the chunks that are left of a bulk. If its moderator is none any more it stands still; its page says so."""
    bulk = Bulk.objects.get(pk=bulk_id)
    try:
        for _chunk in range(CHUNKS_A_TASK):
            if not bulk.is_running:
                return
            bulk = next_chunk(bulk)
    except PermissionDenied:
        return
    finish_bulk.enqueue(bulk_id)
