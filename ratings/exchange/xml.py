"""XML of any length, element by element, with lines. Document types and entities are refused (CWE-776, 611)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from articles.exchange.source import Refused

CHUNK = 65_536
MOST_CHARACTERS = 400_000
"""So many characters of one text are kept; who asks for it sees that there were too many."""
DEEPEST = 200

CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
"""XML forbids them, and exports hold them all the same."""


@dataclass(kw_only=True)
class Element:
    """An element that is wanted, with all in it. Names are as written, with their prefixes."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(self.parts)

    def child(self, name: str) -> Element | None:
        """Return the first child of this name, or None."""
        return next((child for child in self.children if child.name == name), None)

    def said(self, *names: str) -> str:
        """Return the text, without white space around it, at the end of the way through these children, or ""."""
        found: Element | None = self
        for name in names:
            found = found.child(name) if found else None
        return found.text.strip() if found else ""


@dataclass(frozen=True)
class Torn:
    """The XML is no longer well-formed in this line: nothing below it can be read."""

    line: int
    reason: str


class _Reader:
    """What expat calls. `wanted` elements are kept whole; of `opened` ones is told that they begin."""

    def __init__(self, wanted: frozenset[str], opened: frozenset[str]) -> None:
        self.wanted, self.opened = wanted, opened
        self.found: deque[Element] = deque()
        self.kept: list[Element] = []
        self.depth = 0
        # Prefixes are taken as they are: every reader of these formats relies on them, and namespaces vary by version.
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.say
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_declared: object) -> None:
        line = self.parser.CurrentLineNumber
        raise Refused(f"Line {line}: the file declares a document type or an entity, which no export does.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(f"Line {self.parser.CurrentLineNumber}: elements are nested too deeply.")
        element = Element(name=name, line=self.parser.CurrentLineNumber, attributes=attributes)
        if self.kept:
            self.kept[-1].children.append(element)
            self.kept.append(element)
        elif name in self.wanted:
            self.kept.append(element)
        elif name in self.opened:
            self.found.append(element)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.kept:
            ended = self.kept.pop()
            if not self.kept:
                self.found.append(ended)

    def say(self, text: str) -> None:
        if self.kept and self.kept[-1].length <= MOST_CHARACTERS:
            self.kept[-1].parts.append(text)
            self.kept[-1].length += len(text)


def elements(path: Path, *, wanted: frozenset[str], opened: frozenset[str] = frozenset()) -> Iterator[Element | Torn]:
    """Yield the outermost elements whose names are `wanted` when they end, and those `opened` when they begin.

    At the end comes a Torn if the file is not well-formed. Raises Refused for a document type, an entity, or nothing
    that is XML at all.
    """
    reader = _Reader(wanted, opened)
    with path.open("rb") as file:
        first = file.read(CHUNK)
        is_wide = first[:2] in (b"\xff\xfe", b"\xfe\xff")
        chunk: bytes = first
        while True:
            try:
                reader.parser.Parse(chunk if is_wide else chunk.translate(None, CONTROLS), not chunk)
            except expat.ExpatError as error:
                yield from reader.found
                if error.lineno <= 1 and not reader.depth and not reader.found:
                    raise Refused(f"Line {error.lineno}: this is no XML: {expat.ErrorString(error.code)}.") from error
                yield Torn(error.lineno, expat.ErrorString(error.code))
                return
            while reader.found:
                yield reader.found.popleft()
            if not chunk:
                return
            chunk = file.read(CHUNK)
