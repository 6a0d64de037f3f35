"""Reading a file as lines of text, or saying in one sentence why it cannot be read."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_BYTES = 1_000_000
"""A long book chapter has 50,000 bytes: what is larger than this is no article."""

MAX_LINES = 20_000
"""Ten times the lines of a long book chapter."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters that no text has: all but tab, line feed, vertical tab, form feed and carriage return."""


class Refused(Exception):
    """A file cannot become an article. `reason` is one sentence for whoever sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Given:
    """Lines (from 1, inclusive) whose kind need not be guessed: their source says it, or an editor does.

    `kind` is a kind of block, or empty for lines that are left out of the article. `fields` hold what the lines cannot
    say: they take the place of the same fields of the block's value. `cuts` say where each line of a table is cut into
    cells: for each line the positions, in words, at which another cell begins.
    """

    first: int
    last: int
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    cuts: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """A text as its lines, as written but without their ends. Line numbers count from 1.

    Where a format has marks of its own (HTML, Markdown), its reader writes them in the lines: `## ` before headings,
    `- ` and `1. ` before items, `> ` before quotations, `|` between cells, `![…](…)`, `[…](…)`, `**`, `*`. `marked`
    says that it did, so that a short line without a mark is no heading.
    """

    path: str
    lines: tuple[str, ...]
    marked: bool = False
    given: tuple[Given, ...] = ()

    def __post_init__(self) -> None:
        if any("\n" in line or "\r" in line for line in self.lines):
            raise ValueError("A line of a source holds a line break.")
        last = 0
        for given in self.given:
            if not last < given.first <= given.last <= len(self.lines):
                raise ValueError("What is given overlaps, is out of order or lies outside the lines.")
            last = given.last


def read_source(path: Path | str) -> Source:
    """Read the text file at `path`; raises Refused if it is missing, empty, too large, binary or not UTF-8."""
    data = _read_bytes(Path(path))
    if len(data) > MAX_BYTES:
        raise Refused(f"The file is larger than {MAX_BYTES:,} bytes.")
    text = _decode(data)
    control = CONTROL.search(text)
    if control:
        raise Refused(
            f"The file is binary: it has the control character 0x{ord(control[0]):02X} "
            f"at character {control.start() + 1:,} (line {_line_number(text, control.start()):,})."
        )
    if not text.strip():
        raise Refused("The file is empty." if not data else "The file is empty: it holds only blanks.")
    source = source_of(text, path=str(path))
    if len(source.lines) > MAX_LINES:
        raise Refused(f"The file has {len(source.lines):,} lines; {MAX_LINES:,} are allowed.")
    return source


def source_of(text: str, path: str = "") -> Source:
    """Return `text` as a Source: without a byte order mark, split at line feeds, carriage returns or both."""
    return Source(path=path, lines=tuple(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))))


def _read_bytes(path: Path) -> bytes:
    if not path.exists():
        raise Refused("There is no such file.")
    if not path.is_file():
        raise Refused("This is not a file.")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from error


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refused("The file begins as UTF-16 and is none. Save it as UTF-8.") from error
    nul = data.find(b"\0")
    if nul >= 0:
        raise Refused(f"The file is binary: byte 0x00 at position {nul + 1:,} (line {_line_number(data, nul):,}).")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at position {error.start + 1:,} "
            f"(line {_line_number(data, error.start):,}). Save it as UTF-8."
        ) from error


def _line_number(text: bytes | str, position: int) -> int:
    before = text[:position] if isinstance(text, str) else text[:position].decode("latin-1")
    return len(re.findall(r"\r\n|\r|\n", before)) + 1
