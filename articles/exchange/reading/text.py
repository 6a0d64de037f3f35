"""Plain text, as copied from a web page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from articles.exchange.documents import Document, Entry
from articles.exchange.source import Refused, read_source

FORMAT = "text"
LABEL = "Plain text"
ORDER = 900


NO_ARTICLES = {"%PDF-": "a PDF", '{"': "JSON", "[{": "JSON", "<?xml": "XML", "{\\rtf": "RTF"}
"""What is text by its bytes and yet nothing that anybody wrote to be read like that."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is called text, or is text by its bytes: the last format asked takes what is left."""
    return name.lower().endswith((".txt", ".text")) or b"\0" not in head


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the one article of a text file."""
    source = read_source(path)
    start = source.lines[0].lstrip()
    for beginning, what in NO_ARTICLES.items():
        if start.startswith(beginning):
            raise Refused(f"The file is no text to read: it begins as {what} does.")
    yield Document(format=FORMAT, source=source, foreign_id=str(path.resolve()), place=name, is_known_by_content=True)
