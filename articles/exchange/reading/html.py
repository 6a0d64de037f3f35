"""A web page that somebody saved, or a text that a word processor wrote as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from articles.exchange.documents import Document, Entry, Ignored
from articles.exchange.html import page_of
from articles.exchange.html.encoding import decoded
from articles.exchange.html.parsing import MAX_CHARACTERS
from articles.exchange.shelves import Folder, with_pictures
from articles.exchange.source import Refused, Source

FORMAT = "html"
LABEL = "Web page (HTML)"
ORDER = 500

BEGINNINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--startfragment", b"<article", b"<meta")

LIST = b'<meta name="generator" content="Almanac: list">'
"""Stands in the head of a page of our own export that only lists the articles."""
HEAD = 4096
"""Bytes of a page in which that is looked for."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is called HTML, or begins as HTML does."""
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(BEGINNINGS) or (start.startswith(b"<?xml") and b"<html" in start)


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the one article of a page, with the pictures that were saved beside it in the folder `root`.

    Raises Refused if it has none, or is too large to be one.
    """
    data = _read(path)
    if LIST in data[:HEAD]:
        yield Ignored(place=name, what="lists of articles")
        return
    document = document_of(data, name=name, path=path)
    yield with_pictures(document, Folder(root), name) if root else document


def document_of(data: bytes, *, name: str, path: Path | None = None) -> Document:
    """Return the article in the HTML `data`, which its sender calls `name`; raises Refused."""
    page = page_of(decoded(data), name=Path(name).stem)
    text = page.text
    if not any(line.strip() for line in text.lines[1:]):
        raise Refused("The page holds no text of an article.")
    # A page that says it is the home page says so of every page of its site.
    address = next((each for each in page.details.addresses if urlsplit(each).path.strip("/")), "")
    return Document(
        format=FORMAT,
        source=Source(path=str(path or name), lines=text.lines, marked=text.marked, given=text.given),
        foreign_id=address or (str(path.resolve()) if path else name),
        place=name,
        details=page.details,
        pictures=text.embedded,
        removed=text.removed,
        is_known_by_content=not address,
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CHARACTERS + 1)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from error
    if len(data) > MAX_CHARACTERS:
        raise Refused(f"The file is larger than {MAX_CHARACTERS:,} bytes.")
    if not data.strip():
        raise Refused("The file is empty.")
    return data
