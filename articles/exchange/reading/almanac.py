"""Our own export: one record a line of a JSON array."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.exchange.almanac import MEDIA, VERSION
from articles.exchange.almanac.files import Media
from articles.exchange.almanac.restoring import Restoring, Trust
from articles.exchange.documents import Entry, Restored, Unreadable
from articles.exchange.source import Refused

FORMAT = "json"
LABEL = "Almanac (JSON)"
ORDER = 5

BEGINNING = re.compile(rb'\s*\[\s*\{"kind":\s?"almanac"')
LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one record: an article with all its versions."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether its first record says that it is an export of ours."""
    return bool(BEGINNING.match(head))


def count(path: Path) -> int:
    """Return how many records the file has."""
    with path.open("rb") as file:
        return max(sum(1 for _line in file) - 3, 1)


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the records of the file at `path`; the files that they tell of lie in the folder `media` beside it."""
    beside = path.parent / MEDIA

    def media(digest: str) -> Path:
        found = beside / digest
        if found.is_symlink() or not found.is_file():
            raise Refused(f"Its file is missing: it should be “{MEDIA}/{digest}” beside the export.")
        return found

    yield from records(path, name=name, media=media)


def records(path: Path, *, name: str, media: Media) -> Iterator[Entry]:
    """Yield the records of the file at `path`, whose files `media` finds; one that is malformed is an Unreadable.

    Raises Refused for a file of a newer version.
    """
    restoring = Restoring(lambda digest: media(_checked(digest)))
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            text = line.strip().rstrip(b",")
            if text in (b"", b"[", b"]"):
                continue
            place = f"{name}, line {number}"
            try:
                record = json.loads(text)
            except (ValueError, RecursionError):
                yield Unreadable(place=place, reason="The line is no whole JSON: it was cut off or changed.")
                continue
            if not isinstance(record, dict):
                yield Unreadable(place=place, reason="The line is no record.")
            elif record.get("kind") == "almanac":
                _check_version(record)
            else:
                yield OwnRecord(place=place, record=record, restoring=restoring)


@dataclass(frozen=True, kw_only=True)
class OwnRecord:
    """A record of an export."""

    place: str
    record: dict[str, Any]
    restoring: Restoring

    @property
    def title(self) -> str:
        """What the thing is called; of those without a title, what kind of thing it is."""
        return str(self.record.get("title") or self.record.get("kind") or "")

    def restore(self, *, dry_run: bool, trusted: bool = False, reason: str = "") -> Restored:
        """Bring it into the site in one transaction, or say what would become of it.

        `trusted` says that the operator answers for what readers are told of sign-offs, versions and corrections.
        """
        trust = Trust(trusted=trusted, reason=reason) if reason else Trust(trusted=trusted)
        bring = self.restoring.plan if dry_run else self.restoring.restore
        return bring(self.record, trust)


def _check_version(record: dict[str, Any]) -> None:
    if record.get("version") != VERSION:
        raise Refused(
            f"It was written in version {record.get('version')} of the format; this Almanac reads version {VERSION}."
        )


def _checked(digest: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Refused("It names no file.")
    return digest
