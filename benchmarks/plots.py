"""Plots of results: bars in SVG, readable in light and dark, with all that they show also in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from benchmarks.figures import amount

WIDTH, LABELS, AMOUNTS = 800, 390, 110
"""In pixels: all of it, the column of the labels, and what the longest amount needs behind its bar."""
ROW, BAR, TOP = 30, 18, 52

STYLE = """
    text { font: 14px system-ui, sans-serif; fill: #1f2328; }
    .heading, .ours { font-weight: 600; }
    .paper { fill: #ffffff; } rect.other { fill: #8b949e; } rect.ours { fill: #0b6bcb; }
    @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .paper { fill: #0d1117; } rect.other { fill: #7d8590; } rect.ours { fill: #58a6ff; }
    }
"""

Record = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One amount: ours, or that of something beside it."""

    label: str
    value: float
    is_ours: bool


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A picture of some results."""

    file: str
    title: str
    unit: str
    belongs: Callable[[Record], bool]
    """Which results it shows."""
    is_of_ratios: bool = False

    def values(self, records: Iterable[Record]) -> list[Bar]:
        """Return the bars that `records` give, the longest first."""
        bars: dict[str, Bar] = {}
        for record in filter(self.belongs, records):
            if self.is_of_ratios:
                bars[record["name"]] = Bar(record["name"], record["ratio"], True)
                continue
            bars[record["name"]] = Bar(record["name"], record["value"], True)
            if record["beside_value"] is not None:
                bars.setdefault(record["beside"], Bar(record["beside"], record["beside_value"], False))
        return sorted(bars.values(), key=lambda bar: -bar.value)

    def text(self, bars: Iterable[Bar]) -> str:
        """Return in words what the bars show."""
        return f"{self.title}. " + "; ".join(f"{bar.label}: {amount(bar.value)} {self.unit}" for bar in bars) + "."


PLOTS = [
    Plot(
        file="benchmark-delivery.svg",
        title="Requests answered a second, more is better",
        unit="req/s",
        belongs=lambda record: record["unit"] == "req/s",
    ),
    Plot(
        file="benchmark-making.svg",
        title="CPU time of a page that is not kept, less is better",
        unit="ms CPU",
        belongs=lambda record: (
            record["unit"] == "ms CPU" and "page" in record["name"] and record["suite"] != "bench-large"
        ),
    ),
    Plot(
        file="benchmark-posting.svg",
        title="Comments stored a second, more is better",
        unit="/s",
        belongs=lambda record: record["unit"] == "/s" and record["name"].startswith("comments posted"),
    ),
    Plot(
        file="benchmark-large.svg",
        title="With 100,000 articles, times the cost with 1,000, less is better",
        unit="×",
        belongs=lambda record: record["suite"] == "bench-large" and record["ratio"] is not None,
        is_of_ratios=True,
    ),
]


def drawing(plot: Plot, bars: list[Bar]) -> str:
    """Return the SVG of `bars`, from zero on."""
    longest = max(bar.value for bar in bars) or 1
    height = TOP + ROW * len(bars) + 10
    rows = "".join(_row(bar, TOP + ROW * number, longest, plot.unit) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-labelledby="title description">\n'
        f'<title id="title">{escape(plot.title)}</title>\n'
        f'<desc id="description">{escape(plot.text(bars))}</desc>\n'
        f"<style>{STYLE}</style>\n"
        # A page may be dark where the system is light: the picture brings its own paper.
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>\n'
        f'<text class="heading" x="16" y="28">{escape(plot.title)}</text>\n{rows}</svg>\n'
    )


def _row(bar: Bar, y: int, longest: float, unit: str) -> str:
    length = max(1, round(bar.value / longest * (WIDTH - LABELS - AMOUNTS)))
    kind = "ours" if bar.is_ours else "other"
    middle = y + BAR // 2 + 5
    return (
        f'<text class="{kind}" x="{LABELS - 10}" y="{middle}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{length}" height="{BAR}" rx="2"/>'
        f'<text class="{kind}" x="{LABELS + length + 8}" y="{middle}">{amount(bar.value)} {escape(unit)}</text>\n'
    )
