"""Imports that were begun in the admin, carried on behind the request by the worker."""

from __future__ import annotations

from django_tasks import task

from articles.desk.importing.making import make_on
from articles.desk.importing.reading import read_on
from articles.models import ImportRun

MOST_READ, MOST_MADE = 20_000, 200
SECONDS = 60
"""After so many entries, or so long, the worker does what else waits before it goes on."""


def go_on(run: ImportRun, *, most_read: int = MOST_READ, most_made: int = MOST_MADE, seconds: float) -> ImportRun:
    """Read on in what was uploaded, or make drafts of it, whichever the import is at, and return it as it is then."""
    if run.state == ImportRun.State.READING:
        return read_on(run, most=most_read, seconds=seconds)
    if run.state == ImportRun.State.APPLYING:
        return make_on(run, most=most_made, seconds=seconds)
    return run


@task(backend="durable")
def go_on_with_import(run_id: int) -> None:
    """Go on with an import, and then again until it waits for somebody. Twice at once does nothing twice."""
    run = ImportRun.objects.select_related("started_by").filter(pk=run_id).first()
    if run is None:  # its file was refused, so nothing is kept of it
        return
    at = run.read, run.state, run.items.filter(state="waiting").count()
    run = go_on(run, seconds=SECONDS)
    is_further = at != (run.read, run.state, run.items.filter(state="waiting").count())
    if is_further and run.state in (ImportRun.State.READING, ImportRun.State.APPLYING):
        go_on_with_import.enqueue(run_id)
