"""`make bench-large`: a site of a thousand articles and one of a hundred thousand, asked the same in turns.

SCALE=0.01 tries it with a hundredth, which is not recorded. What was made is kept, and made further after an
interruption: Ctrl+C stops it at any time. DATABASE_URL names a PostgreSQL server to make both sites on, in databases of
their own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from benchmarks.figures import tell
from benchmarks.large.places import Place, place_of
from benchmarks.report import draw
from benchmarks.results import Result, Target, append, this_machine

SCALE = float(os.environ.get("SCALE") or 1)
LARGE = max(100, round(100_000 * SCALE))
SMALL = min(1_000, LARGE // 10)
ROUNDS = int(os.environ.get("ROUNDS") or 9)
AT_MOST = Target("≤", 1.5, of="ratio")


@dataclass
class Site:
    """A site that answers scenarios in a process of its own."""

    process: subprocess.Popen[str]

    def ask(self, name: str) -> dict[str, float]:
        """Return what the scenario of that name took. Raises SystemExit if the site cannot answer."""
        assert self.process.stdin is not None  # noqa: S101 (a pipe was asked for)
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        told: dict[str, float] = json.loads(self.read())
        if told["status"] not in (200, 404):
            raise SystemExit(f"{name} answered {told['status']:.0f}.")
        return told

    def read(self) -> str:
        """Return the next line that the process says."""
        assert self.process.stdout is not None  # noqa: S101 (the same)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("A site could not answer; why stands above.")
        return line


def main() -> int:
    """Make both sites, ask them, print and keep what it took; return 1 if a target was missed."""
    places = [place_of(count) for count in (SMALL, LARGE)]
    machine = this_machine(database=places[0].database)
    for place in places:
        made(place)
    with ExitStack() as stack:
        small, large = (stack.enter_context(answering(place)) for place in places)
        names = json.loads(small.read())
        large.read()
        only = os.environ.get("ONLY", "")
        unit = "ms CPU" if places[0].database.startswith("SQLite") else "ms"
        results = [measured(name, small, large, unit) for name in names if only in name]
    if SCALE == 1:
        append(*results, machine=machine)
        draw()
    return int(not all(result.reached for result in results))


def made(place: Place) -> None:
    """Make the site of `place`, or what is missing of it."""
    began = time.monotonic()
    tell(f"{place.articles:,} articles in {place.folder} ({place.database})")
    for arguments in (["manage.py", "migrate", "-v0"], ["-m", "benchmarks.large.making", str(place.articles)]):
        if code := subprocess.run([sys.executable, *arguments], env=place.environment, check=False).returncode:  # noqa: S603 (our own words)
            raise SystemExit(code)
    tell(f"  {place.megabytes():,.0f} MB, {time.monotonic() - began:,.0f} s")


@contextmanager
def answering(place: Place) -> Iterator[Site]:
    """Let the site of `place` answer until the block ends."""
    command = [sys.executable, "-m", "benchmarks.large.answering"]
    process = subprocess.Popen(  # noqa: S603 (our own words)
        command, env=place.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Site(process)
    finally:
        process.kill()
        process.wait()


def measured(name: str, small: Site, large: Site, unit: str) -> Result:
    """Return the medians of both sites for a scenario, asked in turns, and tell them."""
    rounds = [(small.ask(name), large.ask(name)) for _ in range(ROUNDS + 1)][1:]  # the first fills caches
    few, many = ([told["ms"] for told in site] for site in zip(*rounds, strict=True))
    least, most = statistics.median(few), statistics.median(many)
    result = Result(
        suite="bench-large",
        name=f"{name}, {LARGE:,} articles",
        value=most,
        unit=unit,
        spread=(min(many), max(many)),
        beside=f"the same with {SMALL:,} articles",
        beside_value=least,
        target=AT_MOST,
    )
    queries = " and ".join(f"{told['queries']:.0f}" for told in rounds[-1])
    tell(
        f"{name:28} {least:8.1f} ms {most:8.1f} ms {result.ratio:6.2f} ×  {queries:>10} queries  "
        f"{'reached' if result.reached else 'MISSED'}"
    )
    return result


if __name__ == "__main__":
    sys.exit(main())
