"""Figures: what a benchmark measures, as a line of JSON between processes and as a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
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

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        return json.dumps(asdict(self))

    def __str__(self) -> str:
        return f"{self.name}: {amount(self.value)} {self.unit}".rstrip()


def read_line(line: str) -> Figure:
    """Return the figure that `line` holds, as `Figure.line` wrote it."""
    return Figure(**json.loads(line))


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


def comparisons(figures: Iterable[Figure]) -> list[str]:
    """Return a sentence for each figure that a peer has and we have too."""
    figures = list(figures)
    ours = {figure.name: figure for figure in figures if figure.of == ALMANAC}
    return [
        f"{peer.name}: {amount(ours[peer.name].value)} beside {amount(peer.value)} {peer.unit} of {peer.of}"
        f"{_ratio(ours[peer.name].value, peer.value)}"
        for peer in figures
        if peer.of != ALMANAC and peer.name in ours
    ]


def _ratio(ours: float, theirs: float) -> str:
    return f" ({ours / theirs:.2g} of it)" if ours and theirs else ""
