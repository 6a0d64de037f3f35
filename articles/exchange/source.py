"""Reading a file as lines of text, or saying in one sentence why it cannot be read."""

import re
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Source:
    """A text as its lines, as written but without their ends. Line numbers count from 1."""

    path: str
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        if any("\n" in line or "\r" in line for line in self.lines):
            raise ValueError("A line of a source holds a line break.")


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
    nul = data.find(b"\0")
    if nul >= 0:
        raise Refused(f"The file is binary: byte 0x00 at position {nul + 1:,} (line {_line_number(data, nul):,}).")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(
            f"The file is not UTF-8: byte 0x{data[error.start]:02X} at position {error.start + 1:,} "
            f"(line {_line_number(data, error.start):,})."
        ) from error


def _line_number(text: bytes | str, position: int) -> int:
    before = text[:position] if isinstance(text, str) else text[:position].decode("latin-1")
    return len(re.findall(r"\r\n|\r|\n", before)) + 1
