"""`make bench-report`: draws the figures of docs/benchmarks.md, and its plots, from docs/benchmarks.json.

What stands between two marks of the page is drawn anew, everything else is prose. No figure is written by hand:
`make check` complains when page or plots are not what the results draw.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import amount
from benchmarks.plots import PLOTS, drawing
from benchmarks.results import ROOT, kept

PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"
MARKED = re.compile(r"<!-- drawn: (?P<what>[\w-]+) -->\n.*?<!-- end -->", re.DOTALL)

HEAD = ["| Scenario | Measured | Beside | Ratio | Target | |", "| --- | --- | --- | --- | --- | --- |"]

Records = list[dict[str, Any]]


def drawn_page(page: str, records: Records) -> str:
    """Return the text of `page` with what is marked drawn from `records`."""

    def part(found: re.Match[str]) -> str:
        what = found["what"]
        text = PARTS[what](records) if what in PARTS else suite_table(records, what)
        return f"<!-- drawn: {what} -->\n{text}\n<!-- end -->"

    return MARKED.sub(part, page)


def suite_table(records: Records, suite: str) -> str:
    """Return the newest results of `suite` as tables: one for each database, what has a target first."""
    found = newest([record for record in records if record["suite"] == suite])
    if not found:
        return "\nNothing of this was measured yet.\n"
    tables = []
    for kind in dict.fromkeys(kind_of_database(record) for record in found):
        rows = [record for record in found if kind_of_database(record) == kind]
        rows.sort(key=lambda record: record["target"] is None)
        tables.append("\n".join(["", where(rows), "", *HEAD, *map(row, rows), ""]))
    return "".join(tables)


def row(record: dict[str, Any]) -> str:
    """Return one result as a line of a table."""
    value = with_unit(record["value"], record["unit"])
    if record["spread"]:
        value += f" ({' … '.join(map(amount, record['spread']))})"
    beside = record["beside"] or "–"
    if record["beside_value"] is not None:
        beside += f": {with_unit(record['beside_value'], record['unit'])}"
    ratio = f"{amount(record['ratio'])} ×" if record["ratio"] is not None else "–"
    verdict = {True: "reached", False: "**missed**", None: ""}[record["reached"]]
    cells = [record["name"], value, beside, ratio, record["target"] or "–", verdict]
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def where(rows: Records) -> str:
    """Return when and on what machine `rows` were measured."""
    dates = sorted(datetime.fromisoformat(record["date"]) for record in rows)
    machines = [record["machine"] for record in rows]
    days = " to ".join(dict.fromkeys(f"{date.day} {date:%B %Y}" for date in (dates[0], dates[-1])))
    loads = sorted(machine["load"] for machine in machines)
    flushes = sorted(machine["fsync_ms"] for machine in machines)

    def told(name: str) -> str:
        return ", ".join(dict.fromkeys(str(machine[name]) for machine in machines))

    return (
        f"Measured on {days}: {told('cores')} cores, load {_span(loads)} before the run, "
        f"{_span(flushes)} ms for an fsync, Python {told('python')}, {told('database')}, commit {told('commit')}."
    )


def _span(numbers: list[float]) -> str:
    return " to ".join(dict.fromkeys(amount(number) for number in (numbers[0], numbers[-1])))


def newest(records: Records) -> Records:
    """Return the newest result of each suite, name, thing beside it and kind of database, in the order they came."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for record in sorted(records, key=lambda record: str(record["date"])):
        found[record["suite"], record["name"], record["beside"], kind_of_database(record)] = record
    return list(found.values())


def kind_of_database(record: dict[str, Any]) -> str:
    """Return `SQLite` or `PostgreSQL`."""
    return str(record["machine"]["database"]).split()[0]


def with_unit(value: float, unit: str) -> str:
    """Return a value in its unit: `14 ms CPU`."""
    return f"{amount(value)} {unit}".rstrip()


def plots(records: Records) -> str:
    """Return the pictures of the page, each with its text alternative."""
    found = newest(records)
    shown = [(plot, values) for plot in PLOTS if (values := plot.values(found))]
    return "\n" + "\n".join(f"![{plot.text(values)}](images/{plot.file})\n" for plot, values in shown)


PARTS: dict[str, Callable[[Records], str]] = {"plots": plots}
"""What can be drawn besides the tables of the suites."""


def drawn(page: str, records: Records) -> dict[Path, str]:
    """Return every file that is drawn from `records`, with what belongs into it; `page` is what the page says now."""
    found = newest(records)
    files = {PAGE: drawn_page(page, records)}
    files |= {IMAGES / plot.file: drawing(plot, values) for plot in PLOTS if (values := plot.values(found))}
    return files


def complaints() -> list[str]:
    """Return a sentence for each file that is not what docs/benchmarks.json draws, and for each figure in the prose."""
    files = drawn(PAGE.read_text(), kept())
    found = [
        f"{path.relative_to(ROOT)} is not what docs/benchmarks.json draws: run `make bench-report`."
        for path, text in files.items()
        if not path.exists() or path.read_text() != text
    ]
    superfluous = set(IMAGES.glob("benchmark-*.svg")) - files.keys()
    found += [f"{path.relative_to(ROOT)} is drawn from nothing." for path in sorted(superfluous)]
    prose = drawn_page(PAGE.read_text(), [])
    figures = re.findall(r"\d[\d.,]*\s?(?:ms|s|req/s|/s|MB|kB|%|×)(?!\w)", prose)
    return found + [f"docs/benchmarks.md says {figure} by hand." for figure in figures]


def draw() -> None:
    """Write the page and its plots."""
    for path, text in drawn(PAGE.read_text(), kept()).items():
        path.write_text(text)


if __name__ == "__main__":
    draw()
    sys.exit(0)
