"""`make bench-peers`: our pages and comments beside WordPress, Wagtail's start project and isso, in one run.

By hand only: needs root and apt. Everything that runs does so in a temporary folder, and ends with the command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import report
from benchmarks.databases import database_name, throw_away_database
from benchmarks.figures import Figure, table, tell
from benchmarks.names import CPU, DROPPED, WEB_SERVER, posted
from benchmarks.peers import debian
from benchmarks.peers import isso as of_isso
from benchmarks.peers import wordpress as of_wordpress
from benchmarks.peers.isso import isso
from benchmarks.peers.wagtail_start import NAME as WAGTAIL
from benchmarks.peers.wagtail_start import wagtail_start
from benchmarks.peers.wordpress import wordpress
from benchmarks.programs import DidNotStart
from benchmarks.results import append, this_machine
from benchmarks.running import NotMeasured, figures_of
from benchmarks.sites import empty_site
from benchmarks.targets import results, verdicts
from benchmarks.wrk import Load, wrk

SECONDS = 4
ROUNDS = 3
COMMENTS = 40_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def measured(folder: Path) -> Iterator[Figure]:
    """Yield the figures of all, ours among them."""
    with ExitStack() as stack:
        tell("Starting WordPress, Wagtail's start project and isso")
        blog = stack.enter_context(wordpress(folder))
        start = stack.enter_context(wagtail_start(folder))
        thread = stack.enter_context(isso(folder))
        tell("What a page costs them")
        pages = {
            of_wordpress.NAME: (blog.page, blog.cpu_seconds),
            WAGTAIL: (start.address(), start.cpu_seconds),
            of_isso.NAME: (thread.thread, thread.program.cpu_seconds),
        }
        costs: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, (address, cpu_seconds) in pages.items():
                costs[name].append(_load(address, of_wordpress.HEADERS, cpu_seconds)[1])
        for name, rounds in costs.items():
            yield Figure.median(name, DROPPED, rounds, "ms CPU")
        database = stack.enter_context(throw_away_database(folder, "almanac"))
        environment = empty_site(folder / "almanac", database)
        beside = {of_wordpress.NAME: blog.page, of_wordpress.CACHED: blog.cached_page, WAGTAIL: start.address()}
        yield from _ours("kept", environment=environment | {"BESIDE": json.dumps({WEB_SERVER: beside})})
        yield from _ours("cold", 10_000, environment=environment)
        writers = {
            of_wordpress.NAME: (blog.form, FORM, blog.comment, blog.cpu_seconds),
            of_isso.NAME: (thread.program.address(""), JSON, thread.comment, thread.program.cpu_seconds),
        }
        for name, (address, headers, comment, cpu_seconds) in writers.items():
            tell(f"Comments for {name}")
            forms = folder / "forms.txt"
            forms.write_text(
                "".join(f"{path}\t{body}\n" for path, body in map(comment, range(ROUNDS * SECONDS * 2_000)))
            )
            loads = [_load(address, of_wordpress.HEADERS | headers, cpu_seconds, forms=forms)]
            yield Figure.median(name, posted(COMMENTS), [load.rate for load, _cost in loads], "/s")
            yield Figure.median(name, posted(COMMENTS) + CPU, [cost for _load, cost in loads], "ms CPU")
        yield from _ours("writing", COMMENTS, 100, environment=environment)


def _ours(section: str, *numbers: int, environment: dict[str, str]) -> Iterator[Figure]:
    """Yield the figures of one of our own sections."""
    arguments = ["benchmarks.almanac", section, *map(str, numbers)]
    yield from figures_of(Path(sys.executable), *arguments, environment=environment)


def _load(
    address: str, headers: dict[str, str], cpu_seconds: Callable[[], float], forms: Path | None = None
) -> tuple[Load, float]:
    """Return what some seconds of load came to, and the milliseconds of CPU that one request took there."""
    began = cpu_seconds()
    load = wrk(address, seconds=SECONDS, headers=headers, forms=forms)
    if load.failed or not load.requests:
        raise NotMeasured(f"{load.failed} of {load.requests} requests to {address} failed.")
    return load, 1000 * (cpu_seconds() - began) / load.requests


def main() -> int:
    """Measure, print and keep the figures; return the exit code."""
    if os.getuid() or not Path("/usr/bin/apt-get").exists():
        tell("make bench-peers installs Debian's WordPress: it needs root and apt.")
        return 2
    figures: list[Figure] = []
    code = 0
    try:
        debian.install()
        machine = this_machine(database=database_name())
        with tempfile.TemporaryDirectory(prefix="almanac-peers-run-") as folder:
            for figure in measured(Path(folder)):
                tell(f"    {figure}")
                figures.append(figure)
    except (NotMeasured, DidNotStart, subprocess.CalledProcessError) as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell("Interrupted; nothing of it is kept.")
        return 130
    # What stands beside nobody is measured by `make bench`.
    found = [result for result in results(figures, suite="bench-peers", database=machine.database) if result.beside]
    print(f"\n{table(figures)}\n", *verdicts(found), sep="\n")
    append(*found, machine=machine)
    report.draw()
    return code


if __name__ == "__main__":
    sys.exit(main())
