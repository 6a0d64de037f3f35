"""Plots drawn as SVG (https://www.w3.org/TR/SVG2/): plain numbers in, text out, the same each time.

A plot is an image of its own, so its styles meet no others, and it follows the reader's dark or forced colors. Shown in
an `img` it can hold no script and no link; its `alt` and the table below it are what a screen reader is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10
from xml.etree import ElementTree

WIDTH, ROW = 640, 30
TOP, BOTTOM, LEFT, RIGHT = 44, 268, 64, 628
SPACE_OF_LABEL = 44
TICKS = 4

# Each color has a contrast of at least 3 to 1 with the paper of its scheme.
STYLE = """
svg {
    --paper: #fff; --ink: #262626; --rule: #d0d0d0;
    --c0: #00735f; --c1: #b35c00; --c2: #a3214c; --c3: #5b5bd6; --c4: #737373
}
@media (prefers-color-scheme: dark) {
    svg {
        --paper: #1f1f1f; --ink: #e8e8e8; --rule: #4a4a4a;
        --c0: #3fbfa4; --c1: #f2a65a; --c2: #f0749c; --c3: #a3a3ff; --c4: #a0a0a0
    }
}
@media (forced-colors: active) { svg { --paper: Canvas; --ink: CanvasText; --rule: GrayText } }
.paper { fill: var(--paper) }
text { fill: var(--ink); font: 13px system-ui, sans-serif }
.rule { stroke: var(--rule) }
.c0 { --color: var(--c0) } .c1 { --color: var(--c1) } .c2 { --color: var(--c2) }
.c3 { --color: var(--c3) } .c4 { --color: var(--c4) }
rect[class^=c], circle { fill: var(--color); stroke: var(--paper); forced-color-adjust: none }
polyline { fill: none; stroke: var(--color); stroke-width: 2.5; stroke-linejoin: round; forced-color-adjust: none }
.c1 polyline, polyline.c1 { stroke-dasharray: 7 4 }
"""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of numbers of a plot; None where there is none."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What is drawn, and what the table below says: one value of each series for each label."""

    title: str
    empty: str
    """What is said where there are no numbers."""
    of: str
    """What the labels are."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    """What is added at the end of each label's bar."""
    noted: str = ""
    """What the notes are."""
    say: Callable[[float], str] = "{:,.0f}".format
    """Writes a number."""

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.labels) for each in self.series) or len(self.notes) not in (
            0,
            len(self.labels),
        ):
            raise ValueError(f"{self.title}: each label has one value in each series.")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for each in self.series for value in each.values)

    @property
    def header(self) -> tuple[str, ...]:
        """What the columns of the table are."""
        return (self.of, *(each.label for each in self.series), *([self.noted] if self.notes else []))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table: the label, the numbers as they are said, and the note."""
        columns = [[("–" if value is None else self.say(value)) for value in each.values] for each in self.series]
        return list(zip(self.labels, *columns, *([self.notes] if self.notes else []), strict=True))


def ticks(most: float) -> list[float]:
    """Return about `TICKS` round numbers from 0 up to the first that is not below `most` (above 0): 1, 2 or 5 × 10ⁿ."""
    rough = most / TICKS
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    numbers = [0.0]
    while numbers[-1] < most:
        numbers.append(round(len(numbers) * step, 10))
    return numbers


def bars(plot: Plot) -> str:
    """Return `plot` as upright bars, the series on top of each other."""
    svg = _frame(plot, BOTTOM + SPACE_OF_LABEL)
    totals = [sum(each.values[place] or 0 for each in plot.series) for place in range(len(plot.labels))]
    if plot.is_empty:
        return _written(svg)
    height = _grid(svg, plot, max(totals))
    step = (RIGHT - LEFT) / len(plot.labels)
    for place in range(len(plot.labels)):
        top = float(BOTTOM)
        for color, each in enumerate(plot.series):
            size = height(each.values[place] or 0)
            top -= size
            if size:
                _rect(svg, f"c{color}", LEFT + (place + 0.12) * step, top, step * 0.76, size)
    return _written(svg)


def lines(plot: Plot) -> str:
    """Return `plot` as one line for each series, broken where a value is missing."""
    svg = _frame(plot, BOTTOM + SPACE_OF_LABEL)
    if plot.is_empty:
        return _written(svg)
    height = _grid(svg, plot, max(value or 0 for each in plot.series for value in each.values))
    step = (RIGHT - LEFT) / len(plot.labels)
    for color, each in enumerate(plot.series):
        runs: list[list[str]] = [[]]
        for place, value in enumerate(each.values):
            if value is None:
                runs.append([])
                continue
            x, y = f"{LEFT + (place + 0.5) * step:.1f}", f"{BOTTOM - height(value):.1f}"
            runs[-1].append(f"{x},{y}")
            _add(svg, "circle", {"class": f"c{color}", "cx": x, "cy": y, "r": "3.5"})
        for run in runs:
            if len(run) > 1:
                _add(svg, "polyline", {"class": f"c{color}", "points": " ".join(run)})
    return _written(svg)


def rows(plot: Plot) -> str:
    """Return `plot` as lying bars, one below the other, the series behind each other, each bar with its note."""
    svg = _frame(plot, TOP + 16 + ROW * max(len(plot.labels), 2))
    totals = [sum(each.values[place] or 0 for each in plot.series) for place in range(len(plot.labels))]
    if plot.is_empty:
        return _written(svg)
    start, end = 150, 520
    for place, label in enumerate(plot.labels):
        middle = TOP + 16 + ROW * place
        _text(svg, _shortened(label), start - 8, middle + 14, "end")
        left = float(start)
        for color, each in enumerate(plot.series):
            size = (each.values[place] or 0) / max(totals) * (end - start)
            if size:
                _rect(svg, f"c{color}", left, middle, size, ROW - 10)
            left += size
        if plot.notes:
            _text(svg, plot.notes[place], left + 6, middle + 14)
    return _written(svg)


def _frame(plot: Plot, height: int) -> ElementTree.Element:
    """Return the paper with the legend, or with the words that there is nothing."""
    svg = ElementTree.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}", "role": "img"}
    )
    svg.attrib |= {"width": str(WIDTH), "height": str(height)}
    _add(svg, "title", {}, plot.title)
    _add(svg, "desc", {}, plot.empty if plot.is_empty else "; ".join(": ".join(row[:2]) for row in plot.rows))
    _add(svg, "style", {}, STYLE)
    _add(svg, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    if plot.is_empty:
        _text(svg, plot.empty, WIDTH / 2, height / 2, "middle")
        return svg
    space = (RIGHT - 12) / len(plot.series)
    for color, each in enumerate(plot.series):
        _rect(svg, f"c{color}", 12 + color * space, 12, 13, 13)
        _text(svg, _shortened(each.label, int(space / 8)), 12 + color * space + 19, 23)
    return svg


def _grid(svg: ElementTree.Element, plot: Plot, most: float) -> Callable[[float], float]:
    """Draw the rules with their numbers and the labels below, and return how high a value stands."""
    marks = ticks(most)
    for mark in marks:
        y = BOTTOM - mark / marks[-1] * (BOTTOM - TOP)
        _add(svg, "line", {"class": "rule", "x1": str(LEFT), "x2": str(RIGHT), "y1": f"{y:.1f}", "y2": f"{y:.1f}"})
        _text(svg, plot.say(mark), LEFT - 8, y + 4, "end")
    # As many labels as have room.
    every = -(-len(plot.labels) * max(map(len, plot.labels)) * 8 // (RIGHT - LEFT))
    step = (RIGHT - LEFT) / len(plot.labels)
    for place in range(0, len(plot.labels), every):
        _text(svg, plot.labels[place], LEFT + (place + 0.5) * step, BOTTOM + 20, "middle")
    return lambda value: value / marks[-1] * (BOTTOM - TOP)


def _shortened(text: str, most: int = 18) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _rect(svg: ElementTree.Element, color: str, x: float, y: float, width: float, height: float) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    _add(svg, "rect", {"class": color} | place)


def _text(svg: ElementTree.Element, words: str, x: float, y: float, anchor: str = "start") -> None:
    _add(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}, words)


def _add(parent: ElementTree.Element, tag: str, attributes: dict[str, str], words: str | None = None) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = words


def _written(svg: ElementTree.Element) -> str:
    return ElementTree.tostring(svg, encoding="unicode")
