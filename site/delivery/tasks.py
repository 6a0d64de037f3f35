"""Running the durable tasks, also those of a worker that was killed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

BACKEND = "durable"
LEASE = timedelta(minutes=15)
"""A task that runs longer was left behind by a worker of another machine. Tasks are written so that running twice is
harmless."""


def waiting_tasks(worker_id: str) -> Worker:
    """Return django-tasks' own worker, set to run every waiting task and then return from `run()`."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


@transaction.atomic
def take_back(*, now: datetime, of_workers: str = "") -> int:
    """Make tasks wait again that no living worker runs; return how many.

    These are tasks older than `LEASE`, and, when a worker starts, all those of earlier workers whose ids begin with
    `of_workers`: a machine runs one worker, so they are dead. (django-tasks-db leaves them "running" for ever.)
    """
    taken = 0
    for task in DBTaskResult.objects.running().filter(backend_name=BACKEND).select_for_update():
        mine = bool(of_workers) and bool(task.worker_ids) and task.worker_ids[-1].startswith(of_workers)
        expired = task.started_at is not None and now - task.started_at > LEASE
        if mine or expired:
            task.status = TaskResultStatus.READY
            task.save(update_fields=["status"])
            taken += 1
    return taken
