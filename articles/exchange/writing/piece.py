"""What an export consists of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the file called `name` ("media/0a1b…"), below the folder of the export.

    Pieces of one file follow one another: a new name ends the file before.
    """

    name: str
    data: bytes


def digest_of(stored: Any) -> str | None:
    """Return the SHA-256 of the `stored` file (of a picture or document), or None if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with stored.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()


def pieces_of(name: str, stored: Any) -> Iterator[Piece]:
    """Yield the `stored` file under `name`, piece by piece."""
    with stored.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield Piece(name, chunk)
