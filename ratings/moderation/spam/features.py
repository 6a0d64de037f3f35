"""What the model sees of a text: its words, pairs of words, the pieces that words consist of, and its shapes.

A text is cut at white space into chunks. A chunk is folded, so that "FREE", "ＦＲＥＥ", "frее" with Cyrillic letters and
"fr\\u200bee" are one word, and is taken apart only once: chunks repeat, and are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise

from ratings.moderation.spam.shapes import shapes_of
from ratings.wording import skeleton

CHUNK = re.compile(r"\S{1,40}")
"""Cut after 40 characters: no word is longer, and what has no spaces at all costs no more than other texts."""

WORD = re.compile(r"\w+")
DIGIT = re.compile(r"\d")

SHORTEST_PIECE, LONGEST_PIECE = 2, 5

MAX_CHARACTERS = 5000
"""What comes after these says nothing new, and takes time."""


class View(StrEnum):
    """One way to look at a text. Each has its own vocabulary and the same say."""

    WORDS = "words"
    PIECES = "pieces"
    SHAPES = "shapes"


type_of_counts = Counter[str]


def counts(text: str) -> dict[View, Counter[str]]:
    """Return how often each term is in `text`, for each view."""
    parts = [taken_apart(chunk) for chunk in CHUNK.findall(text[:MAX_CHARACTERS])]
    words = list(chain.from_iterable(part[0] for part in parts))
    return {
        View.WORDS: Counter(chain(words, map(" ".join, pairwise(words)))),
        View.PIECES: Counter(chain.from_iterable(part[1] for part in parts)),
        View.SHAPES: Counter(shapes_of(text[:MAX_CHARACTERS])),
    }


@lru_cache(maxsize=4096)
def taken_apart(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of `chunk` and the pieces of it: 2 to 5 characters that follow each other, edges as spaces."""
    folded = fold(chunk)
    edged = f" {folded} "
    pieces = (
        edged[start : start + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(edged) - size + 1)
    )
    return tuple(WORD.findall(folded)), tuple(pieces)


def fold(chunk: str) -> str:
    """Return `chunk` as it is compared: small letters without accents, lookalikes as Latin, nothing invisible."""
    folded = chunk.lower() if chunk.isascii() else "".join(map(_folded, chunk))
    return DIGIT.sub("0", folded)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return the letters that `character` stands for: none for what is invisible or a mark on a letter."""
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", character).casefold()
        if unicodedata.category(each) not in {"Mn", "Me", "Cf"}
    )
    if plain.isascii() or not plain.isalpha():
        return plain
    latin = skeleton(plain)
    # A skeleton does not tell "i" from "l", nor "m" from "rn". The first of each is what is meant nearly always.
    return {"l": "i", "rn": "m"}.get(latin, latin) if latin.isascii() else plain
