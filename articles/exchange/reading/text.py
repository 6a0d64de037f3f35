"""Plain text, as copied from a web page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from articles.exchange.documents import Document, Entry
from articles.exchange.source import read_source

FORMAT = "text"
LABEL = "Plain text"
ORDER = 900


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is called text, or is text by its bytes: the last format asked takes what is left."""
    return name.lower().endswith((".txt", ".text")) or b"\0" not in head


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the one article of a text file."""
    yield Document(
        format=FORMAT, source=read_source(path), foreign_id=str(path.resolve()), place=name, is_known_by_content=True
    )
