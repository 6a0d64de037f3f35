"""An item of an import as it stands: its document, and what is recognized in it with all that editors decided."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.core.files.base import ContentFile

from articles.exchange.documents import Document, Writer
from articles.exchange.findings import Recognized
from articles.exchange.planning import Options
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused
from articles.exchange.stored import document_of, given_of
from articles.models import ImportItem, ImportRun
from articles.models.import_run import private_storage


@dataclass(frozen=True, kw_only=True)
class Look:
    """An item as it stands. `refusal` says why nothing can be recognized in it (yet)."""

    document: Document
    recognized: Recognized | None
    refusal: str = ""

    @property
    def author(self) -> str:
        """Who is named as the author."""
        names = [writer.name for writer in self.document.details.authors]
        return (self.recognized and self.recognized.author) or (names[0] if names else "")


def can_be_reviewed(item: ImportItem) -> bool:
    """Return whether there is anything to decide about `item`: it waits, and it is a text."""
    return item.state == ImportItem.State.WAITING and "details" in item.document


def look_at(item: ImportItem) -> Look:
    """Return `item` with what editors chose. Pure but for the pictures, which are read when they are asked for."""
    document = document_of(
        item.document,
        lines=item.lines,
        given=given_of(item.given),
        foreign_id=item.foreign_id,
        place=item.place,
    )
    document = replace(document, pictures=_pictures(item.document.get("pictures", {})))
    try:
        recognized = recognize(document.source)
    except Refused as refused:
        return Look(document=document, recognized=None, refusal=refused.reason)
    return _chosen(document, recognized, item.document.get("chosen", {}))


def options_of(run: ImportRun, item: ImportItem | None = None) -> Options:
    """Return how `run` imports, without publishing anything."""
    chosen = item.document.get("chosen", {}) if item else {}
    return Options(
        author=chosen.get("author", run.options.get("author", "")),
        topic=chosen.get("topic", run.options.get("topic", "")),
    )


def kept_pictures(run: ImportRun, document: Document) -> tuple[dict[str, str], list[str]]:
    """Copy the pictures of `document` to private storage; return their names there, and what could not be read."""
    storage, names, problems = private_storage(), {}, []
    for address, read in document.pictures.items():
        try:
            data = read()
        except (Refused, OSError) as error:
            problems.append(str(error))
            continue
        name = f"imports/{run.public_id}/{hashlib.sha256(data).hexdigest()}"
        if not storage.exists(name):
            storage.save(name, ContentFile(data))
        names[address] = name
    return names, problems


def _pictures(names: Mapping[str, str]) -> dict[str, Callable[[], bytes]]:
    return {address: partial(_read, name) for address, name in names.items()}


def _read(name: str) -> bytes:
    with private_storage().open(name) as file:
        data: bytes = file.read()
        return data


def _chosen(document: Document, recognized: Recognized, chosen: Mapping[str, str]) -> Look:
    """Let what an editor chose come before what the text says."""
    details = document.details
    if title := chosen.get("title"):
        recognized = replace(recognized, title=title)
    if "author" in chosen:
        recognized = replace(recognized, author=chosen["author"] or None)
        details = replace(details, authors=(Writer(name=chosen["author"]),) if chosen["author"] else ())
    if "topic" in chosen:
        details = replace(details, topics=((chosen["topic"],),) if chosen["topic"] else ())
    return Look(document=replace(document, details=details), recognized=recognized)
