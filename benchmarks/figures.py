"""Figures: what a benchmark measures, as a line of JSON between processes and as a table for people."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

ALMANAC = "almanac"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured number. Figures of the same name are comparable, whosever they are."""

    of: str
    """What was measured: `ALMANAC`, or the name of a peer's package."""
    name: str
    value: float
    unit: str
    rounds: tuple[float, ...] = ()
    """What each round gave, if `value` is the median of several. Things compared take turns: their rounds pair up."""

    @staticmethod
    def median(of: str, name: str, rounds: Sequence[float], unit: str) -> Figure:
        """Return the median of several rounds."""
        return Figure(of=of, name=name, value=statistics.median(rounds), unit=unit, rounds=tuple(rounds))

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        return json.dumps(asdict(self))

    def __str__(self) -> str:
        return f"{self.name}: {amount(self.value)} {self.unit}".rstrip()


def read_line(line: str) -> Figure:
    """Return the figure that `line` holds, as `Figure.line` wrote it."""
    told = json.loads(line)
    return Figure(**told | {"rounds": tuple(told["rounds"])})


def amount(value: float) -> str:
    """Return `value` with the digits that mean something: 19,700, 14, 7.8, 0.013."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def tell(sentence: str) -> None:
    """Show how far a benchmark is. Standard output belongs to the figures."""
    print(sentence, file=sys.stderr, flush=True)


def table(figures: Iterable[Figure]) -> str:
    """Return a table with a row for each name and a column for each thing measured."""
    figures = list(figures)
    columns = list(dict.fromkeys(figure.of for figure in figures))
    values = {(figure.name, figure.of): f"{amount(figure.value)} {figure.unit}".rstrip() for figure in figures}
    rows = [["", *columns]]
    rows += [
        [name, *(values.get((name, column), "–") for column in columns)]
        for name in dict.fromkeys(figure.name for figure in figures)
    ]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
