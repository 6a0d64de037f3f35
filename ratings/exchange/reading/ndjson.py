"""Our own format: one record a line, as `export_comments` writes it, and as records that were refused are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ratings.exchange.json_lines import loaded, numbered
from ratings.exchange.lines import record_of
from ratings.exchange.records import BadRecord, Broken, Entry

FORMAT = "ndjson"
ORDER = 90


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it begins with an object of JSON."""
    return head.lstrip().startswith(b"{")


def read(path: Path) -> Iterator[Entry]:
    """Yield the records of the file at `path`."""
    with path.open("rb") as file:
        for number, line in numbered(file):
            place = f"line {number}"
            try:
                yield record_of(loaded(line), place)
            except BadRecord as error:
                yield Broken(place=place, reason=error.reason, raw=line.decode(errors="replace"))
