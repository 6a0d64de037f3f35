"""What an editor decides about the lines of a text, as what is given of them. Pure: the blocks follow from it."""

from __future__ import annotations

from collections.abc import Sequence

from articles.exchange.source import Given

Lines = tuple[int, int]
"""The first and the last line of a block, counted from 1."""


def with_kind(given: Sequence[Given], lines: Lines, kind: str, cuts: Sequence[Sequence[int]] = ()) -> tuple[Given, ...]:
    """Return `given` with `lines` as a block of this kind; without a kind they are left out of the article."""
    first, last = lines
    new = Given(first=first, last=last, kind=kind, cuts=tuple(tuple(line) for line in cuts))
    return _sorted([*_elsewhere(given, lines), new])


def merged(given: Sequence[Given], lines: Lines, following: Lines, kind: str) -> tuple[Given, ...]:
    """Return `given` with both ranges as one block."""
    return with_kind(given, (lines[0], following[1]), kind)


def split(given: Sequence[Given], lines: Lines, at: int, kind: str) -> tuple[Given, ...]:
    """Return `given` with `lines` as two blocks of the same kind, the second of which begins with the line `at`.

    Raises ValueError if nothing would be left on one side.
    """
    first, last = lines
    if not first < at <= last:
        raise ValueError(f"Lines {first} to {last} cannot be split at line {at}.")
    return with_kind(with_kind(given, (first, at - 1), kind), (at, last), kind)


def without(given: Sequence[Given], lines: Lines) -> tuple[Given, ...]:
    """Return `given` without what is said of `lines`: they are recognized as if nobody had decided."""
    return _sorted(_elsewhere(given, lines))


def _elsewhere(given: Sequence[Given], lines: Lines) -> list[Given]:
    return [each for each in given if each.last < lines[0] or each.first > lines[1]]


def _sorted(given: Sequence[Given]) -> tuple[Given, ...]:
    return tuple(sorted(given, key=lambda each: each.first))
