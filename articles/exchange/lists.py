"""Reading the list that starts at a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.exchange.lines import Item, Line

DEEPER = 2
"""By how many columns a line must be set in further than an item's mark to belong to the item."""


@dataclass(frozen=True)
class Entry:
    """An item of a list with the lines that belong to it, the first of which has the mark."""

    item: Item
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The item's text in one line, without the mark."""
        return " ".join((self.item.text, *(line.text for line in self.lines[1:])))

    @property
    def last(self) -> int:
        """The number of the entry's last line."""
        return self.lines[-1].number


def read_list(lines: Sequence[Line], position: int) -> list[Entry]:
    """Return the entries of the list that starts at `position`, or none if no list starts there.

    Blank lines between items do not end a list, if what follows goes on with it. A line without a mark belongs to the
    item above when it is set in deeper than the mark or goes on with a small letter.
    """
    entries: list[Entry] = []
    gap = False
    for index in range(position, len(lines)):
        line = lines[index]
        if line.blank:
            gap = True
            continue
        if line.item and (not entries or _goes_on(entries[-1], line.item, line, gap)):
            entries.append(Entry(line.item, (line,)))
        elif entries and not line.item and _belongs(entries[-1], line, gap):
            entries[-1] = replace(entries[-1], lines=(*entries[-1].lines, line))
        else:
            break
        gap = False
    return entries


def _goes_on(entry: Entry, item: Item, line: Line, gap: bool) -> bool:
    """Whether the list goes on with `item` behind `entry`; behind a gap it must be marked in the same way."""
    if not gap or line.indent != entry.lines[0].indent:
        return True
    if entry.item.number is None:
        return item.number is None
    return item.number in (entry.item.number, entry.item.number + 1)


def _belongs(entry: Entry, line: Line, gap: bool) -> bool:
    deeper = line.indent >= entry.lines[0].indent + DEEPER
    return deeper or (not gap and line.starts_lower)
