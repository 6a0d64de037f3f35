"""Word files, as Word, Google Docs, LibreOffice and Pages write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import mammoth

from articles.exchange.documents import Document, Entry, Removed
from articles.exchange.html import lines_of
from articles.exchange.lines import read_lines
from articles.exchange.source import Refused, Source
from articles.exchange.titles import is_title
from articles.exchange.word import OLE, WordFile

FORMAT = "docx"
LABEL = "Word"
ORDER = 50

ENDINGS = (".docx", ".docm", ".dotx")
OTHERS = (".doc", ".odt", ".rtf", ".pages", ".wpd", ".wps")
"""Files of other word processors, which can save as .docx."""
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Caption'] => p > em:fresh
p[style-name='caption'] => p > em:fresh
"""
BEHIND_NOTE = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">[^<]*</a>')
NOTE_MARK = re.compile(r'<a href="#(?:foot|end)note-\d+"[^>]*>(?P<mark>[^<]*)</a>')
NOTES = re.compile(r'<ol><li id="(?:foot|end)note-')
LOSS = re.compile("ignored|could not find", re.IGNORECASE)
"""Messages that tell of something left out. Others tell of styles without a meaning to us: their text is there."""
BROKEN = (BadZipFile, ExpatError, KeyError, ValueError, IndexError, AttributeError, OSError, RecursionError, TypeError)
"""What mammoth raises for files that are not as the standard wants them."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is a Word file, or one of another word processor, which is refused with advice."""
    return head.startswith(OLE) or name.lower().endswith((*ENDINGS, *OTHERS))


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the one article of a Word file. Deleted text and comments do not come along."""
    if name.lower().endswith(OTHERS[1:]):
        raise Refused("The file is of another word processor. Open it there and save it as .docx.")
    word = WordFile.at(path)
    pictures: dict[str, Callable[[], bytes]] = {}
    removed: Counter[str] = Counter()
    html = _html(word, pictures, removed)
    article = lines_of(html, title=_title(html, word))
    if not any(line.strip() for line in article.lines):
        raise Refused("The Word file has no text.")
    yield Document(
        format=FORMAT,
        source=Source(path=str(path), lines=article.lines, marked=article.marked, given=article.given),
        foreign_id=str(path.resolve()),
        place=name,
        details=word.details,
        pictures={**article.embedded, **pictures},
        removed=(
            *word.left_out,
            *(Removed(what=what, count=count) for what, count in removed.items()),
            *article.removed,
        ),
        is_known_by_content=True,
    )


def _html(word: WordFile, pictures: dict[str, Callable[[], bytes]], removed: Counter[str]) -> str:
    """Return the text as HTML; its pictures are added to `pictures`, what is left out to `removed`."""

    def convert_picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                found = word.picture(file.read())
        except (KeyError, ValueError):
            found = None
        if found is None:
            removed["picture that is not in the file"] += 1
            return {"src": ""}
        address, pictures[address] = found
        return {"src": address}

    try:
        with word.readable() as file:
            result = mammoth.convert_to_html(
                file,
                style_map=STYLES,
                include_embedded_style_map=False,
                convert_image=mammoth.images.img_element(convert_picture),
                external_file_access=False,
            )
    except BROKEN as error:
        raise Refused("The Word file is damaged: its text cannot be read.") from error
    for message in result.messages:
        if LOSS.search(message.message):
            removed[message.message[:200]] += 1
    html = NOTE_MARK.sub(r"\g<mark>", BEHIND_NOTE.sub("", result.value))
    notes = NOTES.search(html)
    return f"{html[: notes.start()]}<hr>{html[notes.start() :]}" if notes else html


def _title(html: str, word: WordFile) -> str:
    """Return the title that the file says it has, where its text has none of its own; else nothing."""
    if "<h1" in html:
        return ""
    first = next((line for line in read_lines(lines_of(html).lines) if not line.blank), None)
    return "" if first and is_title(first) else word.core.get("title", "")
