"""What the model sees of a text: its words and pairs of words, the pieces that words consist of, and its shapes.

A text is cut at white space into chunks. A chunk is folded, so that "FREE", "Free" and one with Cyrillic letters or
invisible characters in it are one word, and is taken apart only once: chunks come again and again.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise

from ratings.moderation.spam.shapes import shapes_of
from ratings.wording import skeleton


class View(StrEnum):
    """One way to look at a text. Each has a vocabulary of its own."""

    WORDS = "words"
    PIECES = "pieces"
    SHAPES = "shapes"


SAY = {View.WORDS: 1.0, View.PIECES: 1.0, View.SHAPES: 0.5}
"""The length of the vector that a text has in each view."""

Terms = Mapping[View, Mapping[str, float]]
"""A number for each term of each view."""

CHUNK = re.compile(r"\S{1,40}")
"""No word is longer; and so what has no spaces costs no more than other texts."""

WORD = re.compile(r"\w+")
DIGIT = re.compile(r"\d")
PIECES = range(1, 6)
MAX_CHARACTERS = 5000
"""What comes after these is not looked at."""


def vectors(text: str, rarity: Terms) -> dict[View, dict[str, float]]:
    """Return for each view the terms of `text` that are in `rarity`, and how much each stands out in this text.

    That is (1 + ln count) · rarity, scaled to the length that is the view's say: tf-idf with sublinear counts.
    """
    return {view: _vector(terms, rarity[view], SAY[view]) for view, terms in counts(text).items()}


def counts(text: str) -> dict[View, Counter[str]]:
    """Return how often each term is in `text`, for each view."""
    text = text[:MAX_CHARACTERS]
    words: list[str] = []
    pieces: list[str] = []
    for chunk in CHUNK.findall(text):
        words_of_chunk, pieces_of_chunk = taken_apart(chunk)
        words += words_of_chunk
        pieces += pieces_of_chunk
    return {
        View.WORDS: Counter(chain(words, map(" ".join, pairwise(words)))),
        View.PIECES: Counter(pieces),
        View.SHAPES: Counter(shapes_of(text)),
    }


@lru_cache(maxsize=4096)
def taken_apart(chunk: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of `chunk`, and its pieces: 1 to 5 characters that follow each other, edges shown as spaces."""
    folded = fold(chunk)
    edged = f" {folded} "
    pieces = (edged[start : start + size] for size in PIECES for start in range(len(edged) - size + 1))
    return tuple(WORD.findall(folded)), tuple(pieces)


def fold(chunk: str) -> str:
    """Return `chunk` as it is compared: small letters without accents, lookalikes as Latin, every digit as 0."""
    folded = chunk.lower() if chunk.isascii() else "".join(map(_folded, chunk))
    return DIGIT.sub("0", folded)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return the letters that `character` stands for: none for a mark on a letter and for what is invisible."""
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", character).casefold()
        if unicodedata.category(each) not in {"Mn", "Me", "Cf"}
    )
    if plain.isascii() or not plain.isalpha():
        return plain
    latin = skeleton(plain)
    # A skeleton tells neither "i" from "l" nor "m" from "rn". Of each, the first is what is imitated nearly always.
    return {"l": "i", "rn": "m"}.get(latin, latin) if latin.isascii() else plain


def _vector(terms: Counter[str], rarity: Mapping[str, float], say: float) -> dict[str, float]:
    """Return the known ones of `terms`, weighed and scaled to the length `say`."""
    weighed = {
        term: rarity[term] if count == 1 else (1 + math.log(count)) * rarity[term]
        for term, count in terms.items()
        if term in rarity
    }
    length = math.sqrt(sum(value * value for value in weighed.values()))
    return {term: value * say / length for term, value in weighed.items()}
