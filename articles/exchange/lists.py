"""Reading the list that starts at a line."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    pending: list[Line] = []
    while position < len(lines):
        line = lines[position]
        if line.blank:
            position = _next_filled(lines, position)
            if position == len(lines) or not pending or not _goes_on(pending[0], lines[position], after_blank=True):
                break
            continue
        if line.item:
            if pending and not _goes_on(pending[0], line, after_blank=lines[position - 1].blank):
                break
            if pending:
                entries.append(_entry(pending))
            pending = [line]
        elif pending and _continues(pending[0], line, after_blank=lines[position - 1].blank):
            pending.append(line)
        else:
            break
        position += 1
    return [*entries, _entry(pending)] if pending else []


def _entry(lines: list[Line]) -> Entry:
    item = lines[0].item
    assert item is not None, "an entry starts with an item"
    return Entry(item, tuple(lines))


def _next_filled(lines: Sequence[Line], position: int) -> int:
    while position < len(lines) and lines[position].blank:
        position += 1
    return position


def _goes_on(first: Line, line: Line, *, after_blank: bool) -> bool:
    """Whether the list whose current item starts with `first` goes on at `line`."""
    if line.item is None:
        return _continues(first, line, after_blank=after_blank)
    assert first.item is not None, "a list's item has a mark"
    if not after_blank or line.indent != first.indent:
        return True
    if first.item.number is None:
        return line.item.number is None
    return line.item.number in (first.item.number, first.item.number + 1)


def _continues(first: Line, line: Line, *, after_blank: bool) -> bool:
    deeper = line.indent >= first.indent + DEEPER
    return deeper or (not after_blank and line.starts_lower)
