"""Every write of an import that is begun in the admin: what was read, what editors decide, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from articles.models import ArticlePage, ImportItem, ImportRun
from articles.models.import_run import private_storage

REMEMBERED = 30
"""So many decisions about an item can be taken back."""
State = ImportRun.State


class DecidedMeanwhile(Exception):
    """Somebody else has decided about the item since this editor looked at it. `item` is as they left it."""

    def __init__(self, item: ImportItem) -> None:
        super().__init__(str(item))
        self.item = item


@transaction.atomic
def begin_import(*, name: str, file: File[Any], format_name: str, options: dict[str, Any], by: User) -> ImportRun:
    """Keep `file` in private storage, and return the import that is to read it."""
    run = ImportRun(name=name[:255], format=format_name, options=options, started_by=by)
    run.file.save("upload", file, save=False)
    run.save()
    return run


@transaction.atomic
def keep_read(
    *, run: ImportRun, items: Sequence[ImportItem], ignored: Sequence[dict[str, Any]], read: int, is_all: bool
) -> ImportRun:
    """Keep the next entries that were read, up to the one with the number `read`, and return the import as it is then.

    What somebody else has kept meanwhile is not kept again, and nothing is kept of an import that was stopped.
    """
    run = held(run)
    if run.state != State.READING or read < run.read:
        return run
    ImportItem.objects.bulk_create([item for item in items if item.number > run.read])
    counted = {each["what"]: each for each in run.ignored}
    for each in ignored:
        if each["number"] > run.read:
            kept = counted.setdefault(each["what"], {"what": each["what"], "place": each["place"], "count": 0})
            kept["count"] += each["count"]
    run.ignored = list(counted.values())
    run.read = read
    if is_all:
        run.state = State.WAITING
    run.save()
    return run


@transaction.atomic
def refuse_import(*, run: ImportRun, reason: str, now: datetime) -> ImportRun:
    """Keep why the file of `run` cannot be read. What was read of it before stays and can be reviewed."""
    run = held(run)
    if run.state != State.READING:
        return run
    run.reason = reason
    if run.items.exists():
        run.state = State.WAITING
    else:
        run.state, run.finished_at = State.REFUSED, now
    run.save()
    if run.state == State.REFUSED:
        forget_files(run)
    return run


@transaction.atomic
def move_import(*, run: ImportRun, to: str) -> ImportRun:
    """Let `run` make drafts of all ("make"), stop where it is ("stop") or go on ("go_on"), and return it.

    What is not possible (any more) changes nothing.
    """
    run = held(run)
    if to == "make" and run.state == State.WAITING:
        run.state = State.APPLYING
    elif to == "stop" and run.state in (State.READING, State.APPLYING):
        run.options["stopped"] = run.state
        run.state = State.STOPPED
    elif to == "go_on" and run.state == State.STOPPED:
        run.state = run.options.pop("stopped", State.APPLYING)
    run.save()
    return run


@transaction.atomic
def end_import_if_done(*, run: ImportRun, now: datetime) -> ImportRun:
    """Finish `run` once nothing of it waits any more: what was uploaded goes, and the report stays."""
    run = held(run)
    is_read = run.state in (State.WAITING, State.APPLYING)
    if is_read and not run.items.filter(state=ImportItem.State.WAITING).exists():
        run.state, run.finished_at = State.FINISHED, now
        run.save()
        forget_files(run)
    return run


@transaction.atomic
def give_up_imports(*, begun_before: datetime, now: datetime) -> int:
    """Finish the imports begun before that moment of which nobody made drafts, and return how many they were.

    What waited is left out, what was uploaded goes; the report says so and stays.
    """
    over = ImportRun.objects.filter(started_at__lt=begun_before).exclude(state__in=[State.FINISHED, State.REFUSED])
    runs = list(over.select_for_update(no_key=True))
    for run in runs:
        waiting = run.items.filter(state=ImportItem.State.WAITING)
        forget_files(run)
        waiting.update(state=ImportItem.State.DROPPED, reason=_("Nobody made a draft of it in time."))
        run.state, run.finished_at = State.FINISHED, now
        run.save()
    return len(runs)


@transaction.atomic
def decide(
    *, item: ImportItem, version: int, given: list[dict[str, Any]], said: str, by: User, changes: dict[str, Any]
) -> ImportItem:
    """Keep what an editor decided about the lines of `item` (`given`) and beside them (`changes`), and return it.

    Raises DecidedMeanwhile if the item is not the one that they saw, with this `version`, or waits no more.
    """
    current = held_item(item, version)
    before = {"given": current.given, "chosen": current.document.get("chosen", {}), "said": said}
    history = [*current.document.get("history", []), before][-REMEMBERED:]
    chosen = current.document.get("chosen", {}) | changes
    current.given = given
    current.document = current.document | {"history": history, "chosen": chosen, "last": _last(said, by)}
    return _next_version(current)


@transaction.atomic
def undo_decision_about(*, item: ImportItem, version: int, said: str, by: User) -> ImportItem:
    """Take the latest decision about `item` back, if there is one; raises DecidedMeanwhile as `decide` does."""
    current = held_item(item, version)
    *history, before = current.document.get("history") or [None]
    if before is None:
        return current
    current.given = before["given"]
    if "lines" in before:
        current.lines = before["lines"]
    current.document = current.document | {
        "history": history,
        "chosen": before["chosen"],
        "last": _last(said, by),
    }
    return _next_version(current)


@transaction.atomic
def give_title(*, item: ImportItem, version: int, title: str, said: str, by: User) -> ImportItem:
    """Put `title` above the lines of an item that has none; raises DecidedMeanwhile as `decide` does."""
    current = held_item(item, version)
    before = {"given": current.given, "chosen": current.document.get("chosen", {}), "lines": current.lines}
    history = [*current.document.get("history", []), before | {"said": said}][-REMEMBERED:]
    added = [f"# {title}", ""]
    current.lines = added + current.lines
    current.given = [
        each | {"first": each["first"] + len(added), "last": each["last"] + len(added)} for each in current.given
    ]
    current.title = title
    current.document = current.document | {"history": history, "last": _last(said, by)}
    return _next_version(current)


def settle_item(
    *, item: ImportItem, state: str, report: dict[str, Any], reason: str = "", article: ArticlePage | None = None
) -> ImportItem:
    """Keep what became of `item`, which the caller holds. A draft that was made keeps its lines until the end."""
    item.state, item.reason, item.article = state, reason, article
    item.report = item.report | report
    item.version += 1
    item.save()
    return item


def credit(*, article: ArticlePage, by: User, is_new: bool) -> None:
    """Keep who brought `article` in, as if they had written it in the editor: it is theirs, and in its history."""
    if is_new:
        Page.objects.filter(pk=article.pk).update(owner=by)
    Revision.objects.filter(pk=article.latest_revision_id).update(user=by)
    log(article, "wagtail.create" if is_new else "wagtail.edit", user=by)


def held(run: ImportRun) -> ImportRun:
    """Return `run` as it is now, locked until the end of the transaction."""
    return ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)


def held_item(item: ImportItem, version: int | None = None) -> ImportItem:
    """Return `item` as it is now, locked; raises DecidedMeanwhile if it has another version or waits no more."""
    current = ImportItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if current.state != ImportItem.State.WAITING or version not in (None, current.version):
        raise DecidedMeanwhile(current)
    return current


def forget_files(run: ImportRun) -> None:
    """Delete what was uploaded for `run`, and the pictures of it, once this is certain."""
    names = {name for (name,) in _picture_names(run)}
    file = run.file.name

    def delete() -> None:
        storage = private_storage()
        for name in (*names, *([file] if file else [])):
            storage.delete(name)

    run.file.name = ""
    ImportRun.objects.filter(pk=run.pk).update(file="")
    transaction.on_commit(delete)


def _picture_names(run: ImportRun) -> list[tuple[str]]:
    stored = run.items.exclude(document__pictures={}).values_list("document__pictures", flat=True)
    return [(name,) for pictures in stored if pictures for name in pictures.values()]


def _last(said: str, by: User) -> dict[str, str]:
    return {"said": said, "by": by.get_full_name() or by.get_username()}


def _next_version(item: ImportItem) -> ImportItem:
    item.version += 1
    item.save()
    return item
