"""Setting blank lines between the paragraphs of a text that has none, so that it reads as any other does.

Text that was copied without its blank lines has a paragraph in each line. What belongs together stays together: the
items of a list, the rows of a table, a quotation and who said it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.exchange.findings import Found, Outside, Recognized
from articles.exchange.lines import Line, read_lines
from articles.exchange.passage import LONG_LINE
from articles.exchange.source import Source
from articles.exchange.vocabulary import DASHES

FEWEST_LINES = 12
MOST_BLANK_LINES = 2
"""Above and below the title, say."""
SHARE_OF_PARAGRAPHS = 0.7
"""So many of the long lines end as sentences do, or else they are the lines of paragraphs that were broken."""
LONGEST_RUN = 2
"""So many short lines that end no sentence may be headings, one below the other; more are rows or verses."""


@dataclass(frozen=True)
class Spread:
    """A source with blank lines added, and the number that each of its lines has in the source as written."""

    source: Source
    numbers: tuple[int, ...]


def spread_out(source: Source) -> Spread | None:
    """Return `source` with blank lines between its paragraphs, or None if it has them already."""
    lines = read_lines(source.lines)
    if source.marked or not _is_dense(lines):
        return None
    apart = _apart(lines)
    spread: list[str] = []
    numbers: list[int] = []
    places: dict[int, int] = {}
    for line in lines:
        spread.append(line.raw)
        numbers.append(line.number)
        places[line.number] = len(spread)
        if line.number in apart:
            spread.append("")
            numbers.append(line.number)
    given = tuple(replace(each, first=places[each.first], last=places[each.last]) for each in source.given)
    return Spread(replace(source, lines=tuple(spread), given=given), tuple(numbers))


def in_lines_as_written(recognized: Recognized, spread: Spread) -> Recognized:
    """Return what was recognized in the `spread` source with the numbers of the lines as written."""

    def number(place: int) -> int:
        return spread.numbers[place - 1]

    return replace(
        recognized,
        title_lines=(number(recognized.title_lines[0]), number(recognized.title_lines[1])),
        blocks=tuple(_renumbered(block, number) for block in recognized.blocks),
        outside=tuple(_moved(part, number) for part in recognized.outside),
    )


def _is_dense(lines: Sequence[Line]) -> bool:
    written = [line for line in lines if not line.blank]
    if len(written) < FEWEST_LINES or len(lines) - len(written) > MOST_BLANK_LINES:
        return False
    long = [line for line in written if len(line.text) > LONG_LINE and not line.item]
    return sum(line.ends_sentence for line in long) >= SHARE_OF_PARAGRAPHS * max(1, len(long))


def _apart(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines below which a paragraph ends."""
    runs = _runs(lines)
    return {
        above.number
        for above, below in pairwise(lines)
        if not below.blank and not above.blank and not _belong_together(above, below, runs)
    }


def _belong_together(above: Line, below: Line, runs: dict[int, int]) -> bool:
    if above.item and (below.item or below.indent > above.indent):
        return True
    if _is_row(above) and _is_row(below):
        return True
    if below.text[0] in DASHES and not below.item:
        return True
    same_run = runs.get(above.number, 0) > LONGEST_RUN and runs.get(below.number, 0) > LONGEST_RUN
    return same_run or (below.starts_lower and "://" not in below.text) or above.text[-1] in ",;("


def _is_row(line: Line) -> bool:
    return "\t" in line.text or "|" in line.text


def _runs(lines: Sequence[Line]) -> dict[int, int]:
    """Return for the number of each line that may be a heading or a row how many of them stand in a row."""
    lengths: dict[int, int] = {}
    run: list[int] = []
    for line in [*lines, Line(0, "")]:
        if line.text and not line.item and not line.ends_sentence and not _is_row(line) and len(line.text) <= LONG_LINE:
            run.append(line.number)
            continue
        lengths |= dict.fromkeys(run, len(run))
        run = []
    return lengths


def _renumbered(found: Found, number: Callable[[int], int]) -> Found:
    labels = tuple(_moved(label, number) for label in found.labels)
    return replace(found, first=number(found.first), last=number(found.last), labels=labels)


def _moved(part: Outside, number: Callable[[int], int]) -> Outside:
    return replace(part, first=number(part.first), last=number(part.last))
