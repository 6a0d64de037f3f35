"""`make bench`: what it costs to deliver pages, to make them and to write responses, beside yardsticks and targets.

ONLY=kept,fresh measures these sections alone, ONLY=all every section there is; SCALE=0.1 measures with a tenth of the
rows. The results of a run at full scale are kept in docs/benchmarks.json, from which docs/benchmarks.md is drawn. Ends
with code 1 if a section could not be measured, or if something that must be 0 is not: wrong aggregates, errors.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks import report
from benchmarks.databases import database_name, throw_away_database
from benchmarks.figures import Figure, table, tell
from benchmarks.peers.environment import python_with
from benchmarks.results import append, this_machine
from benchmarks.running import NotMeasured, figures_of
from benchmarks.sites import empty_site
from benchmarks.targets import results, verdicts

SCALE = float(os.environ.get("SCALE") or 1)
PEER_COUNTS = (10, 100, 1_000, 10_000)
RESPONSES = "bench-responses"
"""The suite of what is measured by name only."""


def scaled(number: int, *, least: int = 1) -> int:
    """Return `number` of rows at the SCALE that was asked for, or the `least` with which a figure means something."""
    return max(least, round(number * SCALE))


def counts(*numbers: int) -> list[int]:
    """Return the numbers of comments to measure with: what is small stays, what is large is scaled."""
    return sorted({min(number, scaled(number, least=100)) for number in numbers})


Sections = dict[str, Callable[[], list[int]]]

DELIVERY: Sections = {
    "kept": list,
    "cold": lambda: [scaled(10_000, least=100)],
    "weight": lambda: [50],
    "fresh": list,
    "stampede": list,
    "memory": list,
    "writing": lambda: [scaled(40_000, least=100), 100],
}
"""What is measured where nothing else is asked for, with the numbers that each section takes."""

OTHERS: Sections = {
    # First, while the tables are nearly empty.
    "inserts": lambda: counts(*PEER_COUNTS, 40_000),
    "pages": lambda: counts(0, *PEER_COUNTS),
    "race": lambda: [32, scaled(100, least=5)],
    "recount": lambda: [scaled(1_000_000, least=1_000), scaled(1_000, least=10)],
    "queue": lambda: [scaled(100_000, least=1_000), 200],
    "learning": lambda: [scaled(20_000, least=500)],
    "keyboard": lambda: [100, scaled(10_000, least=200)],
    "importing": lambda: [scaled(10_000, least=100)],
}
"""What is measured of Almanac only by name; with pages that are not kept."""

PACKAGES: Sections = {
    "comments_xtd": lambda: counts(*PEER_COUNTS),
    "star_ratings": lambda: [8, scaled(200, least=10)],
}
"""The same of two packages for readers' responses."""


def measured(chosen: set[str], folder: Path, failed: list[str]) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of the `chosen` sections, each after its suite, in databases that `folder` holds.

    A section that could not be measured joins those that `failed`, and the next one begins.
    """

    def figures(name: str, python: Path, *arguments: str, **environment: str) -> Iterator[Figure]:
        try:
            yield from figures_of(python, *arguments, environment=environment)
        except NotMeasured as error:
            tell(str(error))
            failed.append(name)

    if chosen - PACKAGES.keys():
        with throw_away_database(folder, "almanac") as database:
            environment = empty_site(folder / "almanac", database)
            for suite, sections, keep in (("bench", DELIVERY, "1"), (RESPONSES, OTHERS, "0")):
                for name in (name for name in sections if name in chosen):
                    arguments = ["benchmarks.almanac", name, *map(str, sections[name]())]
                    kept = environment | {"KEEP_PAGES": keep}
                    for figure in figures(name, Path(sys.executable), *arguments, **kept):
                        yield suite, figure
    for package in (package for package in PACKAGES if package in chosen):
        python = python_with()
        with throw_away_database(folder, package) as database:
            arguments = [f"benchmarks.peers.{package}", *map(str, PACKAGES[package]())]
            for figure in figures(package, python, *arguments, **os.environ | {"DATABASE_URL": database}):
                yield RESPONSES, figure


def main() -> int:
    """Measure, print and keep the figures; return the exit code."""
    known = DELIVERY | OTHERS | PACKAGES
    only = set(filter(None, os.environ.get("ONLY", "").split(",")))
    if unknown := only - known.keys() - {"all"}:
        tell(f"There is no section {', '.join(sorted(unknown))}. There are: {', '.join([*known, 'all'])}.")
        return 2
    machine = this_machine(database=database_name())
    tell(", ".join(f"{name} {value}" for name, value in vars(machine).items()) + f", scale {SCALE:g}")
    figures: dict[str, list[Figure]] = defaultdict(list)
    failed: list[str] = []
    code = 0
    with tempfile.TemporaryDirectory(prefix="almanac-benchmark-") as folder:
        try:
            for suite, figure in measured(set(known) if "all" in only else only or set(DELIVERY), Path(folder), failed):
                tell(f"    {figure}")
                figures[suite].append(figure)
        except subprocess.CalledProcessError as error:
            tell(str(error))
            code = 1
        except KeyboardInterrupt:
            tell("Interrupted; these figures were measured so far.")
            code = 130
    found = [
        result for suite, some in figures.items() for result in results(some, suite=suite, database=machine.database)
    ]
    everything = list(chain.from_iterable(figures.values()))
    print(f"\n{table(everything)}\n", *verdicts(found), sep="\n")
    if SCALE == 1:
        append(*found, machine=machine)
        report.draw()
    else:
        tell("Not kept: this was not the full scale.")
    if failed:
        tell(f"Not measured: {', '.join(failed)}.")
    return code or int(
        bool(failed) or any(result.target and result.target.number == 0 and not result.reached for result in found)
    )


if __name__ == "__main__":
    sys.exit(main())
