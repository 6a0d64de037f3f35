"""Results: what a benchmark measured, beside what, and whether that reaches the target. Kept in docs/benchmarks.json.

A benchmark makes its results and appends them; `make bench-report` draws docs/benchmarks.md from all that is kept::

    machine = this_machine(database="SQLite 3.40.1")  # at the start: it notes the load there is before we add ours
    append(
        Result(
            suite="bench-large",
            name="search page, 100,000 articles",
            value=4.1,                              # the median
            unit="ms CPU",
            spread=(3.9, 4.6),                      # the least and the most of the rounds, in the same unit
            beside="the same with 1,000 articles",
            beside_value=3.8,
            target=Target("≤", 1.5, of="ratio"),    # Target("≤", 15) would be of the value
        ),
        machine=machine,
    )

    report.draw()  # of benchmarks.report: the page and its plots; a test holds them to what is kept

A scenario keeps its `name` from run to run: the page shows the newest result of each suite, name, `beside` and
database, and what was measured earlier stays in the file.
"""

from __future__ import annotations

import fcntl
import json
import operator
import os
import platform
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from benchmarks.machine import flush_milliseconds

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "benchmarks.json"

BOUNDS = {"≤": operator.le, "≥": operator.ge}


@dataclass(frozen=True)
class Target:
    """What is aimed at: at most or at least `number`, of the value in its unit, or of the ratio."""

    bound: Literal["≤", "≥"]
    number: float
    of: Literal["value", "ratio"] = "value"

    def is_reached(self, *, value: float, ratio: float | None) -> bool:
        """Return whether a result reaches it. Raises ValueError if it is of a ratio and there is none."""
        measured = value if self.of == "value" else ratio
        if measured is None:
            raise ValueError("A target of the ratio needs something beside it.")
        return bool(BOUNDS[self.bound](measured, self.number))

    def text(self, unit: str) -> str:
        """Return it in words: `≤ 15 ms CPU`, `≥ 0.95 ×`."""
        return f"{self.bound} {self.number:,g} {'×' if self.of == 'ratio' else unit}".rstrip()


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where and on what a result was measured."""

    cores: int
    load: float
    """How many processes wanted a core in the minute before the run."""
    fsync_ms: float
    """How long the disk takes to keep 4 kB for good: no writer that keeps its promises is faster."""
    python: str
    database: str
    commit: str
    """Of the code; with `-dirty` where files differ from it."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One measured scenario of ours, beside one other thing or nothing."""

    suite: str
    """`bench`, `bench-large`, `bench-peers` or `bench-responses`."""
    name: str
    value: float
    unit: str
    spread: tuple[float, float] | None = None
    beside: str | None = None
    beside_value: float | None = None
    ratio: float | None = None
    """Ours ÷ the other's. Left out: that of the two values; give the median of the rounds' own if there is one."""
    target: Target | None = None
    date: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        if self.ratio is None and self.beside_value:
            object.__setattr__(self, "ratio", self.value / self.beside_value)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        return self.target.is_reached(value=self.value, ratio=self.ratio) if self.target else None

    def record(self, machine: Machine) -> dict[str, Any]:
        """Return what is kept of it."""
        return {
            "suite": self.suite,
            "name": self.name,
            "value": _rounded(self.value),
            "unit": self.unit,
            "spread": self.spread and [_rounded(number) for number in self.spread],
            "beside": self.beside,
            "beside_value": _rounded(self.beside_value),
            "ratio": _rounded(self.ratio),
            "target": self.target and self.target.text(self.unit),
            "reached": self.reached,
            "date": self.date.isoformat(timespec="seconds"),
            "machine": asdict(machine),
        }


def this_machine(*, database: str) -> Machine:
    """Return what there is to know about this machine now; `database` is its kind and version."""
    describe = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    told = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    with tempfile.TemporaryDirectory() as folder:
        return Machine(
            cores=os.cpu_count() or 0,
            load=round(os.getloadavg()[0], 2),
            fsync_ms=round(flush_milliseconds(Path(os.environ.get("ALMANAC_DATA") or folder)), 3),
            python=platform.python_version(),
            database=database,
            commit=told.stdout.strip() or "unknown",
        )


def append(*results: Result, machine: Machine, path: Path = KEPT) -> None:
    """Add `results` to those kept in `path`. Several benchmarks may do so at the same time."""
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        records = [*kept(path), *(result.record(machine) for result in results)]
        # Into the same file: whoever comes next waits for the lock on this one.
        file.truncate(0)
        file.write(as_text(records))


def kept(path: Path = KEPT) -> list[dict[str, Any]]:
    """Return all results that `path` keeps, the oldest first, each as `Result.record` made it."""
    text = path.read_text() if path.exists() else ""
    return list(json.loads(text)) if text else []


def as_text(records: Iterable[dict[str, Any]]) -> str:
    """Return a JSON array with one record a line, so that a diff shows what was added."""
    return "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"


def _rounded(number: float | None) -> float | None:
    """Return `number` with four digits that mean something."""
    return None if number is None else float(f"{number:.4g}")
