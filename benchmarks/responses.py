"""`make bench`: what readers' responses and the moderators' desk cost, beside two packages for the same purpose.

ONLY=race,pages measures these sections alone; SCALE=0.1 measures with a tenth of the rows. Ends with code 1 if the race
left a wrong aggregate or an error.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.databases import throw_away_database
from benchmarks.figures import ALMANAC, Figure, comparisons, table, tell
from benchmarks.machine import facts
from benchmarks.peers.environment import python_of_peers
from benchmarks.running import ROOT, NotMeasured, figures_of

RESULTS = ROOT / "benchmarks" / "results"
SCALE = float(os.environ.get("SCALE") or 1)
PEER_COUNTS = (10, 100, 1_000, 10_000)


def scaled(number: int, *, least: int = 1) -> int:
    """Return `number` of rows at the SCALE that was asked for, or the `least` with which a figure means something."""
    return max(least, round(number * SCALE))


def counts(*numbers: int) -> list[int]:
    """Return the numbers of comments to measure with: what is small stays, what is large is scaled."""
    return sorted({min(number, scaled(number, least=100)) for number in numbers})


SECTIONS: dict[str, Callable[[], list[int]]] = {
    # First, while the tables are empty.
    "inserts": lambda: counts(*PEER_COUNTS, 40_000),
    "pages": lambda: counts(0, *PEER_COUNTS),
    "race": lambda: [32, scaled(100, least=5)],
    "server": lambda: [scaled(2_000, least=200), 100],
    "recount": lambda: [scaled(1_000_000, least=1_000), scaled(1_000, least=10)],
    "queue": lambda: [scaled(100_000, least=1_000), 200],
    "learning": lambda: [scaled(20_000, least=500)],
    "keyboard": lambda: [100, scaled(10_000, least=200)],
}
"""What is measured of Almanac, with the numbers that each section takes."""

PEERS: dict[str, Callable[[], list[int]]] = {
    "comments_xtd": lambda: counts(*PEER_COUNTS),
    "star_ratings": lambda: [8, scaled(200, least=10)],
}
"""The same for the peers."""


def measured(only: set[str], folder: Path) -> Iterator[Figure]:
    """Yield the figures of all sections and peers, or `only` of those, in databases that `folder` holds."""
    chosen = [name for name in SECTIONS if not only or name in only]
    if chosen:
        with throw_away_database(folder, "almanac") as database:
            environment = os.environ | {
                "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
                "ALMANAC_DATA": str(folder),
                "DATABASE_URL": database,
                "SECRET_KEY": secrets.token_urlsafe(50),
                "ALMANAC_URL": "https://almanac.example.org",
                "BEHIND_PROXY": "1",
                # So wide that nobody reaches them; at 0 they would not be asked at all, and that costs less.
                "READER_LIMITS_SCALE": "1000",
            }
            tell("Making an empty site")
            (folder / "static").mkdir()
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            subprocess.run(migrate, cwd=ROOT, env=environment, check=True)  # noqa: S603 (our own words)
            for name in chosen:
                numbers = map(str, SECTIONS[name]())
                yield from figures_of(
                    Path(sys.executable), "benchmarks.almanac", name, *numbers, environment=environment
                )
    for peer, arguments in PEERS.items():
        if only and peer not in only:
            continue
        python = python_of_peers()
        with throw_away_database(folder, peer) as database:
            environment = os.environ | {"DATABASE_URL": database}
            numbers = map(str, arguments())
            yield from figures_of(python, f"benchmarks.peers.{peer}", *numbers, environment=environment)


def main() -> int:
    """Measure, print and keep the figures; return the exit code."""
    only = set(filter(None, os.environ.get("ONLY", "").split(",")))
    if unknown := only - SECTIONS.keys() - PEERS.keys():
        tell(f"There is no section {', '.join(sorted(unknown))}. There are: {', '.join([*SECTIONS, *PEERS])}.")
        return 2
    figures: list[Figure] = []
    code = 0
    with tempfile.TemporaryDirectory(prefix="almanac-benchmark-") as folder:
        machine = facts(Path(folder)) | {"scale": SCALE, "database": database_kind()}
        tell(", ".join(f"{name} {value}" for name, value in machine.items()))
        try:
            for figure in measured(only, Path(folder)):
                tell(f"    {figure}")
                figures.append(figure)
        except (NotMeasured, subprocess.CalledProcessError) as error:
            tell(str(error))
            code = 1
        except KeyboardInterrupt:
            tell("Interrupted; these figures were measured so far.")
            code = 130
    print(f"\n{table(figures)}\n", *comparisons(figures), sep="\n")
    keep(machine, figures)
    return code or int(any(map(is_fault, figures)))


def database_kind() -> str:
    """Return which database the figures were measured on."""
    return "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"


def is_fault(figure: Figure) -> bool:
    """Return whether `figure` is one of ours that must be 0 and is not."""
    return figure.of == ALMANAC and figure.name.endswith(("wrong aggregates", "errors")) and figure.value != 0


def keep(machine: dict[str, str | float], figures: list[Figure]) -> None:
    """Write the figures into `benchmarks/results/`, which git does not track."""
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}.json"
    content = {"machine": machine, "figures": [vars(figure) for figure in figures]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    tell(f"\nKept in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
