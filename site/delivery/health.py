"""Whether the site is healthy: what `manage.py doctor` asks, and answers in plain sentences."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.files import locks
from django.db import Error, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.scheduling import LATE, all_due, failures
from delivery.kept.keeping import index
from delivery.kept.maker import maker
from delivery.kept.refresher import alone
from delivery.purging import LATE as LATE_PURGE
from delivery.tasks import BACKEND, LEASE
from freshness.models import Change

FAILURES = 3
"""So often may it fail to make a page before somebody should look."""
LATE_CHANGE = timedelta(seconds=10)
LATE_TASK = timedelta(minutes=5)
RECENT = timedelta(days=1)
"""Tasks that failed earlier are not told of any more."""
LEAST_FREE = 1024**3
"""Bytes that should be free on each disk."""


@dataclass(frozen=True)
class Check:
    """Something to look at. `problems` yields a sentence for each thing that is wrong, and what to do about it."""

    name: str
    problems: Callable[[], Iterator[str]]


def database() -> Iterator[str]:
    """Look whether the database answers, is opened safely (`config.database`), and has all its tables."""
    try:
        connection.ensure_connection()
        waiting = [migration for migration, _backwards in _plan()]
    except (Error, ImproperlyConfigured) as error:
        yield f"The database cannot be used: {error}"
        return
    if waiting:
        yield f"{len(waiting)} migrations are not applied, the first is {waiting[0]}: run `manage.py migrate`."


def _plan() -> list[tuple[Migration, bool]]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def folders() -> Iterator[str]:
    """Look whether what is kept can be written, and whether there is room for more."""
    for folder in sorted({Path(settings.DATA), Path(settings.MEDIA_ROOT)}):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield f"Nothing can be written into {folder}: {error}"
            continue
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield f"Only {free // 1024**2} MB are free where {folder} lies."


def static_files() -> Iterator[str]:
    """Look whether the static files were collected, if they are to be."""
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not staticfiles_storage.hashed_files:
        yield "The static files are not collected: run `manage.py collectstatic --noinput`."


def worker() -> Iterator[str]:
    """Look whether the worker runs."""
    file = Path(settings.DATA) / "worker.lock"
    if file.exists() and os.access(file, os.W_OK):
        with file.open("a") as lock:
            if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
                return
    yield "The worker does not run: start `manage.py worker`."


def tasks() -> Iterator[str]:
    """Look for tasks that failed, wait too long, or were left behind."""
    now = timezone.now()
    all_tasks = DBTaskResult.objects.filter(backend_name=BACKEND)
    failed = all_tasks.filter(status=TaskResultStatus.FAILED, finished_at__gte=now - RECENT).count()
    if failed:
        yield f"{failed} tasks failed within a day; the log says why."
    late = all_tasks.filter(status=TaskResultStatus.READY, enqueued_at__lt=now - LATE_TASK, run_after__lt=now).count()
    if late:
        yield f"{late} tasks wait for more than {_minutes(LATE_TASK)}."
    left = all_tasks.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LEASE).count()
    if left:
        yield f"{left} tasks were begun more than {_minutes(LEASE)} ago and have not ended."


def schedules() -> Iterator[str]:
    """Look for pages that should have been published or taken off by now, and for what stood in their way."""
    failing = list(failures())
    if failing:
        yield (
            f"{len(failing)} pages could not be published or taken off at their time, such as {failing[0]} "
            f"See {settings.WAGTAILADMIN_BASE_URL}{reverse('failed_schedules')}"
        )
    known = {(failure.page_id, failure.doing) for failure in failing}
    late = sum((due.page_id, due.doing) not in known for due in all_due(timezone.now() - LATE))
    if late:
        yield f"{late} pages should have been published or taken off more than {_minutes(LATE)} ago."


def refresher() -> Iterator[str]:
    """Look whether kept pages follow what changes: somebody reads the changes, and all of them."""
    with alone() as is_alone:
        if is_alone:
            yield "Nobody makes changed pages again: start `manage.py worker`."
    cursor = index().cursor()
    if cursor is None:
        yield "No page was ever kept here; `manage.py keep_pages` makes them all."
        return
    if index().maker() != maker():
        yield "The kept pages were made by other code than is installed: restart the worker and the application."
    failing = index().failing(times=FAILURES)
    if failing:
        yield f"{len(failing)} pages cannot be made, such as {failing[0]}; the log says why."
    unread = Change.objects.filter(pk__gt=cursor.newest).order_by("made_at").first()
    if unread is not None and timezone.now() - unread.made_at > LATE_CHANGE:
        yield f"Changes wait to be read since {_ago(unread.made_at)}."


def purges() -> Iterator[str]:
    """Look for addresses that the caches in front have not purged in time."""
    now = timezone.now()
    number, since = index().late_purges(before=now.timestamp() - LATE_PURGE)
    if number and settings.WAGTAILFRONTENDCACHE:
        at = datetime.fromtimestamp(since, tz=now.tzinfo)
        yield f"{number} addresses are not purged in the caches in front, one since {_ago(at)}; the log says why."


def _minutes(time: timedelta) -> str:
    return f"{time // timedelta(minutes=1)} minutes"


def _ago(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} ({(timezone.now() - moment) // timedelta(seconds=1)} seconds ago)"


CHECKS = (
    Check("database", database),
    Check("folders and disk", folders),
    Check("static files", static_files),
    Check("worker", worker),
    Check("tasks", tasks),
    Check("schedules", schedules),
)
CHECKS_OF_KEPT_PAGES = (
    Check("changes", refresher),
    Check("purges", purges),
)
