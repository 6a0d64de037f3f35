"""What is aimed at, and figures judged by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.figures import ALMANAC, Figure
from benchmarks.names import (
    APP,
    APP_UNCOMPRESSED,
    AUTOCOMMIT,
    DOUBLE_CLICK,
    DROPPED,
    FIRST,
    FRESH,
    HTML,
    IMPORT_MEMORY,
    IMPORTED,
    NGINX_FILE,
    NOT_IMPORTED,
    PROPORTIONAL,
    QUERIES,
    RESIDENT,
    SCRIPTS,
    STAMPEDE,
    STYLES,
    TRANSACTION,
    TRIVIAL,
    UNDISCUSSED,
    VOTES,
    WEB_SERVER,
    WRONG,
    first_page,
    posted,
    vote_names,
)
from benchmarks.peers import isso, wordpress
from benchmarks.results import Result, Target

TARGETS: dict[tuple[str, str | None], Target] = {
    (WEB_SERVER, NGINX_FILE): Target("≥", 0.95, of="ratio"),
    (APP, NGINX_FILE): Target("≥", 0.4, of="ratio"),
    (APP_UNCOMPRESSED, TRIVIAL): Target("≥", 2.5, of="ratio"),
    (DROPPED, None): Target("≤", 2),
    (FIRST, None): Target("≤", 15),
    (FIRST + QUERIES, None): Target("≤", 12),
    (first_page(10_000), UNDISCUSSED): Target("≤", 1.1, of="ratio"),
    (first_page(10_000) + QUERIES, None): Target("≤", 12),
    (HTML, None): Target("≤", 20),
    (STYLES, None): Target("≤", 15),
    (SCRIPTS, None): Target("≤", 15),
    (FRESH, None): Target("≤", 2),
    (STAMPEDE, None): Target("≤", 2),
    (f"app worker, {PROPORTIONAL}", None): Target("≤", 150),
    (f"app worker, {RESIDENT}", None): Target("≤", 200),
    (f"worker, {PROPORTIONAL}", None): Target("≤", 150),
    (f"worker, {RESIDENT}", None): Target("≤", 200),
    (DROPPED, wordpress.NAME): Target("≤", 0.025, of="ratio"),
    (posted(40_000), wordpress.NAME): Target("≥", 3, of="ratio"),
    (posted(40_000), isso.NAME): Target("≥", 1, of="ratio"),
    (IMPORTED, None): Target("≥", 40),
    (NOT_IMPORTED, None): Target("≤", 0),
    (IMPORT_MEMORY, None): Target("≤", 300),
    (VOTES + WRONG, None): Target("≤", 0),
    **{
        (name, None): Target("≤", 0)
        for mode in (AUTOCOMMIT, TRANSACTION, DOUBLE_CLICK)
        for name, _unit in vote_names(mode)[:2]
    },
}
"""By the name of a figure and what stands beside it."""

ON_POSTGRESQL = {(VOTES, None): Target("≥", 300)}
"""Those that are meant for PostgreSQL alone: it takes several writers at the same time."""


def results(figures: Iterable[Figure], *, suite: str, database: str) -> Iterator[Result]:
    """Yield a result for each figure of ours and each thing beside it.

    And one of ours alone if nothing stands beside it, or if it has a target of its own.
    """
    figures = list(figures)
    targets = TARGETS | (ON_POSTGRESQL if database.startswith("PostgreSQL") else {})
    for ours in figures:
        if ours.of != ALMANAC:
            continue
        others: list[Figure | None] = [other for other in figures if other.name == ours.name and other.of != ALMANAC]
        if not others or (ours.name, None) in targets:
            others.insert(0, None)
        for other in others:
            yield Result(
                suite=suite,
                name=ours.name,
                value=ours.value,
                unit=ours.unit,
                spread=(min(ours.rounds), max(ours.rounds)) if ours.rounds else None,
                beside=other.of if other else None,
                beside_value=other.value if other else None,
                ratio=_ratio(ours, other) if other else None,
                target=targets.get((ours.name, other.of if other else None)),
            )


def _ratio(ours: Figure, other: Figure) -> float | None:
    """Return the median ratio of the rounds that were taken together, or else that of the two values."""
    if len(ours.rounds) == len(other.rounds) > 0:
        return median(mine / theirs for mine, theirs in zip(ours.rounds, other.rounds, strict=True))
    return ours.value / other.value if other.value else None


def verdicts(found: Iterable[Result]) -> Iterator[str]:
    """Yield for each result that has a target a sentence that says whether it is reached."""
    for result in found:
        if result.target is None:
            continue
        beside = f" beside {result.beside}" if result.beside else ""
        measured = (
            f"{result.ratio:.3g} ×" if result.target.of == "ratio" else f"{result.value:,.4g} {result.unit}".rstrip()
        )
        word = "reached" if result.reached else "MISSED "
        yield f"{word}  {result.name}{beside}: {measured} (target {result.target.text(result.unit)})"
