"""Bringing files into the site: read, recognized, planned and applied, entry by entry."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from articles.actions import lock_articles
from articles.exchange.applying import apply_plan, stream_data
from articles.exchange.differences import differences
from articles.exchange.documents import Document, Entry, Ignored, Unreadable
from articles.exchange.formats import read_file
from articles.exchange.pictures import pictures_for
from articles.exchange.planning import REASON, Options, Plan, plan_document
from articles.exchange.recognition import recognize
from articles.exchange.report import EntryReport
from articles.exchange.source import Refused
from findable.once import once_each
from prose.sanitize import TextTooLong

__all__ = ["REASON", "Options", "bring_in", "import_file", "import_path"]

logger = logging.getLogger(__name__)


def import_path(
    path: Path, options: Options, *, format_name: str = "auto", root: Path | None = None
) -> Iterator[EntryReport]:
    """Import the file or folder at `path` and yield what became of each entry of it, one by one.

    Pictures that a file names are looked for in the folder `root`. What is wrong with the whole of it is a report too;
    nothing that a file holds raises.
    """
    seen: dict[tuple[str, str], str] = {}
    try:
        for entry in read_file(path, format_name=format_name, root=root):
            if isinstance(entry, Document):
                first = seen.setdefault((entry.format, entry.foreign_id), entry.place)
                if first != entry.place:
                    entry = Unreadable(place=entry.place, reason=f"It is the same article as {first}, by its id.")
            yield import_entry(entry, options, path)
    except Refused as error:
        yield EntryReport(path=path, status="refused", reason=str(error))


def import_entry(entry: Entry, options: Options, path: Path) -> EntryReport:
    """Import one entry of the file at `path` and return what became of it."""
    if isinstance(entry, Document):
        return bring_in(entry, options, path)
    if isinstance(entry, Unreadable):
        return EntryReport(path=path, place=entry.place, status="refused", reason=entry.reason)
    if isinstance(entry, Ignored):
        return EntryReport(path=path, place=entry.place, status="ignored", reason=entry.what, count=entry.count)
    report = EntryReport(path=path, place=entry.place, status="refused", title=entry.title)
    try:
        restored = entry.restore(dry_run=options.dry_run, trusted=options.trusted, reason=options.reason)
    except REFUSALS as error:
        return report.because(sentence(error))
    return report.turned(restored.status, reason=restored.reason, url=restored.url)


def import_file(path: Path, options: Options) -> EntryReport:
    """Import the one article of the text file at `path` and return what became of it."""
    return next(import_path(path, options, format_name="text"))


def bring_in(document: Document, options: Options, path: Path) -> EntryReport:
    """Recognize `document` and make an article of it, in one transaction; or, in a dry run, say what would become."""
    report = EntryReport(path=path, place=document.place, status="refused", document=document)
    try:
        recognized = recognize(document.source)
        report = report.recognized_as(recognized)
        plan = plan_document(document, recognized, options)
        if options.dry_run:
            return report.turned(plan.status, notes=document.details.notes, differences=_differences(plan))
        if plan.earlier is not None and plan.status == "unchanged":
            return report.turned(plan.status, url=plan.earlier.article.full_url)
        # Before anything is locked: nobody is to wait for a foreign server.
        pictures = pictures_for(document, recognized, download=options.download)
        with transaction.atomic(), once_each():
            lock_articles()
            outcome = apply_plan(plan_document(document, recognized, options), options, pictures)
    except REFUSALS as error:
        return report.because(sentence(error))
    return report.turned(
        outcome.status,
        reason=outcome.reason,
        url=outcome.article.full_url,
        missing=outcome.missing,
        waived=outcome.waived,
        notes=outcome.notes,
    )


def _differences(plan: Plan) -> tuple[str, ...]:
    if plan.earlier is None or plan.status != "updated":
        return ()
    body, _notes = stream_data(plan.recognized)
    return tuple(differences(plan.earlier.article, plan.recognized.title, body))


REFUSALS = (Refused, TextTooLong, ValidationError, DatabaseError)
"""What an entry may be refused with; all else is a mistake of ours."""


def sentence(error: Exception) -> str:
    """Return the sentence with which an entry is refused."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError):
        logger.error("An article could not be stored.", exc_info=error)
        return f"The article could not be stored: {error}"
    return str(error)
