"""Reading the exports of other systems."""

from collections.abc import Callable

import pytest

from articles.exchange.documents import Document, Entry, Ignored
from articles.exchange.reading import ghost, wxr
from articles.exchange.recognition import recognize


@pytest.fixture
def read_wxr(tmp_path) -> Callable[[str | bytes], list[Entry]]:
    """Read a file of WordPress's."""

    def read(content: str | bytes) -> list[Entry]:
        path = tmp_path / "export.xml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(wxr.read(path, name="export.xml", root=None))

    return read


@pytest.fixture
def read_ghost(tmp_path) -> Callable[[str | bytes], list[Entry]]:
    """Read a file of Ghost's."""

    def read(content: str | bytes) -> list[Entry]:
        path = tmp_path / "export.json"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(ghost.read(path, name="export.json", root=None))

    return read


def documents(entries: list[Entry]) -> list[Document]:
    """Return the articles among `entries`."""
    return [entry for entry in entries if isinstance(entry, Document)]


def ignored(entries: list[Entry]) -> dict[str, int]:
    """Return what was not brought along, with its number."""
    return {entry.what: entry.count for entry in entries if isinstance(entry, Ignored)}


def body(document: Document) -> list[str]:
    """Return the lines below the title that are not blank."""
    return [line for line in document.source.lines[1:] if line]


def kinds(document: Document) -> list[str]:
    """Return the kinds of the blocks; no word may be lost."""
    recognized = recognize(document.source)
    assert (recognized.words.lost, recognized.words.invented) == ((), ())
    return [block.kind for block in recognized.blocks]
