"""Whether two texts say nearly the same: a fingerprint of 64 bits (simhash: Charikar 2002)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, TypeVar

from ratings.folding import fold

Row = TypeVar("Row", bound=tuple[Any, ...])

BITS = 64
ALL_BITS = (1 << BITS) - 1
SHORTEST = 40
"""Shorter texts ("Thank you!") are often the same without meaning anything."""

PIECE = 5
NEAR = 8
"""Texts that differ in at most so many bits say nearly the same. A word exchanged makes about 5, a case or a comma
none; two comments that have nothing to do with each other were never measured nearer than 17."""

COUNTER = 32
SPREAD = tuple(sum((byte >> bit & 1) << COUNTER * bit for bit in range(8)) for byte in range(256))
"""The bits of each byte as eight counters in one number, so that one addition counts all eight."""


def fingerprint_of(text: str) -> int | None:
    """Return the fingerprint of `text` as a signed 64-bit number, or None if it is too short to have one."""
    folded = "".join(filter(str.isalnum, fold(text)))
    if len(folded) < SHORTEST:
        return None
    pieces = {folded[start : start + PIECE] for start in range(len(folded) - PIECE + 1)}
    hashes = b"".join(blake2b(piece.encode(), digest_size=BITS // 8).digest() for piece in pieces)
    number = 0
    for place in range(BITS // 8):
        ones = sum(SPREAD[byte] for byte in hashes[place :: BITS // 8])
        for bit in range(8):
            is_set = 2 * (ones >> COUNTER * bit & (1 << COUNTER) - 1) > len(pieces)
            number |= is_set << BITS - 8 * (place + 1) + bit
    return number - (1 << BITS) if number >> (BITS - 1) else number


def distance(one: int, other: int) -> int:
    """Return in how many of 64 bits two fingerprints differ."""
    return ((one ^ other) & ALL_BITS).bit_count()


def near_ones(fingerprint: int, rows: Iterable[Row]) -> list[Row]:
    """Return those of `rows`, each of which begins with a fingerprint, that are near `fingerprint` (see `are_near`).

    Thousands are compared at a time, for which calling a function takes longer than comparing.
    """
    return [row for row in rows if ((fingerprint ^ row[0]) & ALL_BITS).bit_count() <= NEAR]


def are_near(one: int, other: int) -> bool:
    """Return whether the texts of two fingerprints say nearly the same."""
    return distance(one, other) <= NEAR
