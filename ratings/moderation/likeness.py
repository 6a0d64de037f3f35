"""Whether two texts say nearly the same: a fingerprint of 64 bits (simhash: Charikar 2002)."""

from __future__ import annotations

from hashlib import blake2b

from ratings.folding import fold

BITS = 64
SHORTEST = 40
"""Shorter texts ("Thank you!") are often the same without meaning anything."""


def fingerprint_of(text: str) -> int | None:
    """Return the fingerprint of `text` as a signed 64-bit number, or None if it is too short to have one."""
    folded = "".join(filter(str.isalnum, fold(text)))
    if len(folded) < SHORTEST:
        return None
    votes = [0] * BITS
    for piece in {folded[start : start + 5] for start in range(len(folded) - 4)}:
        hashed = int.from_bytes(blake2b(piece.encode(), digest_size=8).digest())
        for bit in range(BITS):
            votes[bit] += 1 if hashed >> bit & 1 else -1
    number = sum(1 << bit for bit, vote in enumerate(votes) if vote > 0)
    return number - (1 << BITS) if number >> (BITS - 1) else number


def distance(one: int, other: int) -> int:
    """Return in how many of 64 bits two fingerprints differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()
