"""Cutting an export file into its head and its items while it is read, so that a broken item harms no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext

from articles.exchange.source import Refused

MAX_PIECE = 16_000_000
"""So many bytes of one item are held at most: an article has 50,000, and its readers' comments some megabytes."""
OVERLAP = 64
"""The longest token, in bytes: so far back a search goes on when more of the file was read."""

TOKEN = re.compile(rb"<!\[CDATA\[|<!--|<item(?=[\s>])|</item\s{0,40}>|<!DOCTYPE|<!ENTITY")
ENDS = {b"<![CDATA[": re.compile(rb"\]\]>"), b"<!--": re.compile(rb"-->")}
SWALLOWED = re.compile(rb"</item>\s{0,100}(?=<item>\s{0,100}<title>)")
"""The border of two items that stands inside of a text because the text was never closed."""


class Fault(Enum):
    """Why a piece is not whole."""

    UNCLOSED = "unclosed"
    ENDS_TOO_EARLY = "ends too early"
    TOO_LARGE = "too large"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """The head of a file (number 0) or one of its items, with the line at which it begins."""

    number: int
    line: int
    data: bytes
    fault: Fault | None = None


class _Window:
    """What was read of a file and not taken yet; `line` is the number of its first line."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.held = bytearray()
        self.line = 1
        self._overflowed_from = 0

    def search(self, pattern: re.Pattern[bytes], position: int) -> re.Match[bytes] | None:
        """Return the next match, reading on as needed. Of a piece that is too large only the end is held."""
        while True:
            match = pattern.search(self.held, position)
            if match:
                return match
            position = max(position, len(self.held) - OVERLAP)
            if len(self.held) > MAX_PIECE:
                line = self.take(position)[1]
                position, self._overflowed_from = 0, self._overflowed_from or line
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self.held += chunk

    def take(self, end: int) -> tuple[bytes, int]:
        """Take what stands before `end`; return it and the line at which it begins."""
        data, line = bytes(self.held[:end]), self.line
        self.line += data.count(b"\n")
        del self.held[:end]
        return data, line

    def piece(self, number: int, end: int, fault: Fault | None = None) -> Piece:
        """Take what stands before `end` as a piece."""
        data, line = self.take(end)
        if self._overflowed_from:
            line, fault, self._overflowed_from = self._overflowed_from, Fault.TOO_LARGE, 0
        return Piece(number=number, line=line, data=data, fault=fault)


def pieces_of(chunks: Iterator[bytes]) -> Iterator[Piece]:
    """Yield the head of the export whose bytes are `chunks` (in UTF-8), then its items, in bounded memory.

    Raises Refused for a head that declares a document type: no export has one, and it can name entities.
    """
    for piece in _cut(chunks):
        yield from _parted(piece)


def _cut(chunks: Iterator[bytes]) -> Iterator[Piece]:
    window = _Window(chunks)
    number, position, inside = 0, 0, True
    while token := window.search(TOKEN, position):
        start, position, what = token.start(), token.end(), token[0]
        if what in ENDS:
            end = window.search(ENDS[what], position)
            if end is None:
                break
            position = end.end()
        elif what == b"<item":
            if inside:
                yield window.piece(number, start, Fault.UNCLOSED if number else None)
            else:
                window.take(start)
            number, position, inside = number + 1, len(what), True
        elif what.startswith(b"</"):
            if inside and number:
                yield window.piece(number, position)
            else:
                window.take(position)
            position, inside = 0, False
        elif number == 0:
            line = window.line + bytes(window.held[:start]).count(b"\n")
            raise Refused(
                gettext("Line %(line)d declares a document type or an entity. Such a file is not read.")
                % {"line": line}
            )
    if inside:
        yield window.piece(number, len(window.held), Fault.ENDS_TOO_EARLY if number else None)


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield the items of a piece into which a text that was never closed drew the items behind it."""
    borders = [] if piece.fault else [match.end() for match in SWALLOWED.finditer(piece.data)]
    if not borders or b"<wp:post_id>" not in piece.data[borders[0] :]:
        yield piece
        return
    line = piece.line
    for start, end in zip([0, *borders], [*borders, len(piece.data)], strict=True):
        data = piece.data[start:end]
        yield Piece(number=piece.number, line=line, data=data, fault=None if start else Fault.UNCLOSED)
        line += data.count(b"\n")
