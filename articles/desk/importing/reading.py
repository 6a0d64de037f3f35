"""Reading what was uploaded into items, some at a time, on from where it stood."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.importing import end_import_if_done, keep_read, refuse_import
from articles.desk.importing.looking import kept_pictures, look_at, options_of
from articles.exchange.documents import Document, Entry, Ignored, Restorable, Unreadable
from articles.exchange.formats import read_file
from articles.exchange.importing import REFUSALS, sentence
from articles.exchange.planning import plan_document
from articles.exchange.source import Refused
from articles.exchange.stored import as_json, given_as_json
from articles.models import ImportItem, ImportRun

CHUNK = 20
"""So many entries are kept in one transaction."""
Numbered = tuple[int, Entry]
Judged = tuple[int, ImportItem | dict[str, Any]]
"""The number of an entry, and what is kept of it: an item, or what is counted as ignored."""

logger = logging.getLogger(__name__)


def read_on(run: ImportRun, *, most: int, seconds: float) -> ImportRun:
    """Read about `most` entries more, for no longer than `seconds` and one chunk, and return the import as it is then.

    Killed at any point, it goes on behind the last chunk that was kept.
    """
    until, end = monotonic() + seconds, run.read + most
    with file_of(run) as path:
        # Each is judged while it is the latest that was read: what it is unpacked to is gone with the last one.
        judged = (_judged(run, number, entry) for number, entry in islice(entries_of(run, path), run.read, None))
        while run.state == ImportRun.State.READING and run.read < end and monotonic() < until:
            chunk, reason = _next_of(judged)
            run = keep_read(
                run=run,
                items=[kept for _number, kept in chunk if isinstance(kept, ImportItem)],
                ignored=[kept for _number, kept in chunk if not isinstance(kept, ImportItem)],
                read=chunk[-1][0] if chunk else run.read,
                is_all=not reason and len(chunk) < CHUNK,
            )
            if reason:
                run = refuse_import(run=run, reason=reason, now=timezone.now())
    if run.state == ImportRun.State.WAITING and not run.items.exists():
        run = _refused_as_empty(run)
    return end_import_if_done(run=run, now=timezone.now())


def entries_of(run: ImportRun, path: Path) -> Iterator[Numbered]:
    """Yield the entries of the file of `run`, a copy of which lies at `path`, each with its number."""
    entries = read_file(path, format_name=run.format, name=run.name)
    for number, entry in enumerate(entries, start=1):
        yield number, _known_as(run, path, entry) if isinstance(entry, Document) else entry


@contextmanager
def file_of(run: ImportRun) -> Iterator[Path]:
    """Give a path at which the file of `run` lies, wherever private storage keeps it."""
    try:
        path = Path(run.file.path)
    except NotImplementedError:  # an object storage
        with TemporaryDirectory() as folder, run.file.open("rb") as stored:
            path = Path(folder) / "upload"
            with path.open("wb") as copy:
                shutil.copyfileobj(stored, copy)
            yield path
        return
    yield path


def _known_as(run: ImportRun, path: Path, document: Document) -> Document:
    """Return `document` without the place where its upload lies, which says nothing about it.

    A file is the one of that name that the same editor sends again; a text that is pasted is itself alone.
    """
    document = replace(document, source=replace(document.source, path=run.name))
    if document.foreign_id not in (str(path), str(path.resolve())):
        return document
    known = f"upload/{run.started_by_id}/{run.name}" if run.options.get("is_file") else f"pasted/{run.public_id}"
    return replace(document, foreign_id=known)


def _next_of(entries: Iterator[Judged]) -> tuple[list[Judged], str]:
    """Return the next chunk, and why nothing comes after it if the file cannot be read any further."""
    chunk: list[Judged] = []
    try:
        for numbered in islice(entries, CHUNK):
            chunk.append(numbered)
    except Refused as refused:
        return chunk, refused.reason
    except Exception:  # a mistake of ours must not leave the import unfinished for good
        logger.exception("A file could not be read any further.")
        return chunk, _("The file could not be read any further.")
    return chunk, ""


def _refused_as_empty(run: ImportRun) -> ImportRun:
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.READING)
    return refuse_import(run=run, reason=run.reason or _("There is no article in it."), now=timezone.now())


def _judged(run: ImportRun, number: int, entry: Entry) -> Judged:
    """Return what is kept of `entry`; raises Refused for a record of our own export if `run` may not hold any."""
    if isinstance(entry, Ignored):
        return number, _ignored(number, entry)
    if not isinstance(entry, Document | Unreadable) and not (run.started_by and run.started_by.is_superuser):
        raise Refused(_("Only a superuser can bring back what an export of this site holds."))
    return number, _item(run, number, entry)


def _ignored(number: int, entry: Ignored) -> dict[str, Any]:
    return {"number": number, "what": entry.what, "place": entry.place, "count": entry.count}


def _item(run: ImportRun, number: int, entry: Document | Unreadable | Restorable) -> ImportItem:
    """Return `entry` as an item, with what would become of it; nothing that it holds stops the others."""
    try:
        return _as_item(run, number, entry)
    except REFUSALS as error:
        reason = sentence(error)
    except Exception:  # a mistake of ours
        logger.exception("An entry could not be read.")
        reason = _("It could not be read.")
    return ImportItem(run=run, number=number, place=entry.place[:500], state=ImportItem.State.REFUSED, reason=reason)


def _as_item(run: ImportRun, number: int, entry: Document | Unreadable | Restorable) -> ImportItem:
    item = ImportItem(run=run, number=number, place=entry.place[:500])
    if isinstance(entry, Unreadable):
        item.state, item.reason = ImportItem.State.REFUSED, entry.reason
        item.foreign_id = entry.foreign_id[:500]
        return item
    if not isinstance(entry, Document):
        item.title = entry.title[:255]
        item.document = {"is_restored": True}
        item.report = {"plan": entry.restore(dry_run=True).status}
        return item
    pictures, problems = kept_pictures(run, entry)
    item.foreign_id = entry.foreign_id[:500]
    item.lines, item.given = list(entry.source.lines), given_as_json(entry.source.given)
    item.document = as_json(entry) | {"pictures": pictures}
    look = look_at(item)
    if look.recognized is None:
        item.title = next((line for line in item.lines if line.strip()), "")[:255]
        item.reason, item.report = look.refusal, {"plan": "refused", "notes": problems}
        return item
    item.title = look.recognized.title[:255]
    plan = plan_document(look.document, look.recognized, options_of(run))
    confirm = sum(1 for found in look.recognized.blocks if found.confirm)
    item.report = {"plan": plan.status, "blocks": len(look.recognized.blocks), "confirm": confirm, "notes": problems}
    return item
