"""The review screen as rows: the lines of the source beside what they are, so that both stand at one height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from articles.blocks.registry import kinds
from articles.blocks.table.recognize import LONGEST_ROW
from articles.desk.importing.shown import NOTHING, shown
from articles.desk.importing.words import OUTSIDE, sureness
from articles.exchange.findings import Found, Outside, Recognized
from articles.exchange.source import Given, Source


@dataclass(frozen=True, kw_only=True)
class Row:
    """Some lines of the source, and what they are: the title, a block, or what lies outside the article."""

    lines: tuple[tuple[int, str], ...]
    found: Found | None = None
    outside: tuple[Outside, ...] = ()
    is_title: bool = False
    decided: Given | None = None
    can_be_brought_back: bool = False
    has_next: bool = False

    @property
    def first(self) -> int:
        """The number of the first line."""
        return self.lines[0][0]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.lines[-1][0]

    @property
    def label(self) -> str:
        """What its kind of block is called."""
        return str(kinds()[self.found.kind].label) if self.found else ""

    @property
    def sureness(self) -> str:
        """How sure the recognizer is, in words."""
        return str(sureness(self.found.confidence)) if self.found else ""

    @property
    def percent(self) -> int:
        """How sure the recognizer is, of 100."""
        return round(self.found.confidence * 100) if self.found else 0

    @cached_property
    def shown(self) -> SafeString:
        """The fields of the block."""
        return shown(kinds()[self.found.kind], self.found.value) if self.found else NOTHING

    @property
    def outside_words(self) -> list[tuple[str, str]]:
        """What each part outside is, and its text."""
        return [(str(OUTSIDE[part.kind]), part.text) for part in self.outside]

    @property
    def is_dropped(self) -> bool:
        """Whether an editor left it out."""
        return any(part.kind == "dropped" for part in self.outside)

    @property
    def can_be_cut(self) -> bool:
        """Whether its lines may be split into columns by hand: there are some, and none is a whole paragraph."""
        written = [line for _, line in self.lines if line.strip()]
        return self.found is not None and len(written) > 1 and all(len(line) <= LONGEST_ROW for line in written)


def rows_of(source: Source, recognized: Recognized) -> list[Row]:
    """Return all lines of `source` but blank ones between blocks, each in one row, in their order."""
    pieces: list[tuple[int, int, Found | None, list[Outside]]] = [(*recognized.title_lines, None, [])]
    pieces += [(found.first, found.last, found, []) for found in recognized.blocks]
    pieces.sort(key=lambda piece: piece[0])
    outside = [part for part in recognized.outside if not _covered(part, pieces)]
    grouped: list[tuple[int, int, Found | None, list[Outside]]] = []
    for part in outside:
        if grouped and part.first <= grouped[-1][1]:
            first, last, _, parts = grouped.pop()
            grouped.append((first, max(last, part.last), None, [*parts, part]))
        else:
            grouped.append((part.first, part.last, None, [part]))
    everything = sorted([*pieces, *grouped], key=lambda piece: piece[0])
    decided = {each.first: each for each in source.given}
    title = recognized.title_lines[1]
    return [
        Row(
            lines=_trimmed(source.lines, first, last),
            found=found,
            outside=tuple(parts),
            is_title=found is None and not parts,
            decided=next((decided[at] for at in range(first, last + 1) if at in decided), None),
            can_be_brought_back=bool(parts) and first > title,
            has_next=found is not None and any(later[2] for later in everything[at:]),
        )
        for at, (first, last, found, parts) in enumerate(everything, start=1)
    ]


def next_block(rows: Sequence[Row], first: int) -> Row | None:
    """Return the row of the next block behind the row that begins with line `first`, or None."""
    later: Iterator[Row] = (row for row in rows if row.found and row.first > first)
    return next(later, None)


def _covered(part: Outside, pieces: Sequence[tuple[int, int, Found | None, list[Outside]]]) -> bool:
    """Whether `part` stands within a block, as a label does."""
    return any(first <= part.first and part.last <= last for first, last, _, _ in pieces)


def _trimmed(lines: Sequence[str], first: int, last: int) -> tuple[tuple[int, str], ...]:
    numbered = [(number, lines[number - 1]) for number in range(first, last + 1)]
    while len(numbered) > 1 and not numbered[-1][1].strip():
        numbered.pop()
    while len(numbered) > 1 and not numbered[0][1].strip():
        numbered.pop(0)
    return tuple(numbered)
