"""The learned model: what a text scores, and why."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ratings.moderation.spam.calibration import probability
from ratings.moderation.spam.features import CHUNK, MAX_CHARACTERS, Terms, View, fold, taken_apart, vectors
from ratings.moderation.spam.shapes import SHAPES

FORMAT = 1
"""Raised whenever weights of before would mean something else."""

Spans = tuple[tuple[int, int], ...]


class WrongWeights(ValueError):
    """These weights cannot be read: damaged, or of another format. Train anew."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A word or a shape that weighed in a score."""

    words: str
    """The word as the text has it, or what a moderator calls the shape."""
    weight: float
    """Above zero it speaks for spam. All weights of a text and the model's bias add up to its margin."""
    spans: Spans
    """Start and end of each place in the text."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned: plain numbers."""

    rarity: Terms
    """ln((1 + texts) / (1 + texts with the term)) + 1, times how unevenly the two kinds of texts have it."""
    weights: Terms
    """Of the same terms: above zero speaks for spam."""
    bias: float
    slope: float
    offset: float
    """From a margin to a probability: see `calibration.fit`."""
    threshold: float | None
    """The score from which on 99 of 100 verdicts "spam" are right, or None if no score is that sure."""
    learned_from: int
    """How many texts."""

    def score(self, text: str) -> float:
        """Return how likely `text` is spam, 0 to 1."""
        return probability(self.slope * self.margin(text) + self.offset)

    def is_spam(self, text: str) -> bool:
        """Return the verdict on `text`."""
        return self.calls_spam(self.score(text))

    def calls_spam(self, score: float) -> bool:
        """Return the verdict on a text that scored `score`."""
        return self.threshold is not None and score >= self.threshold

    def margin(self, text: str) -> float:
        """Return how far `text` is on the side of spam: above zero leans to it."""
        found = vectors(text, self.rarity).items()
        return self.bias + sum(
            value * self.weights[view][term] for view, values in found for term, value in values.items()
        )

    def explain(self, text: str, most: int = 8) -> list[Reason]:
        """Return what weighed most in the score of `text`, at most `most` reasons, the weightiest first.

        The weight of a pair of words, or of a piece, is shared by the words that hold it.
        """
        reasons = sorted(self._reasons(text[:MAX_CHARACTERS]), key=lambda reason: (-abs(reason.weight), reason.words))
        return [reason for reason in reasons if reason.weight][:most]

    def to_json(self) -> str:
        """Return everything as JSON, for `from_json`."""
        return json.dumps(
            {
                "format": FORMAT,
                "bias": self.bias,
                "slope": self.slope,
                "offset": self.offset,
                "threshold": self.threshold,
                "learned_from": self.learned_from,
                "terms": {
                    view: {term: [rarity, self.weights[view][term]] for term, rarity in self.rarity[view].items()}
                    for view in View
                },
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Return the model that `to_json` wrote. Raises WrongWeights with the reason if it is none."""
        try:
            stored = json.loads(text)
        except ValueError as error:
            raise WrongWeights(f"These weights are no JSON: {error}") from error
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            raise WrongWeights(f"These weights are not of format {FORMAT}.")
        try:
            terms = {view: dict(stored["terms"][view].items()) for view in View}
            return cls(
                rarity={view: {term: _number(pair[0]) for term, pair in terms[view].items()} for view in View},
                weights={view: {term: _number(pair[1]) for term, pair in terms[view].items()} for view in View},
                bias=_number(stored["bias"]),
                slope=_number(stored["slope"]),
                offset=_number(stored["offset"]),
                threshold=None if stored["threshold"] is None else _number(stored["threshold"]),
                learned_from=int(_number(stored["learned_from"])),
            )
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise WrongWeights(f"These weights are incomplete: {error!r}") from error

    def _reasons(self, text: str) -> Iterator[Reason]:
        """Yield a reason for each word of `text`, in any order, then one for each shape."""
        found = vectors(text, self.rarity)
        pulls = {
            view: {term: value * self.weights[view][term] for term, value in values.items()}
            for view, values in found.items()
        }
        chunks = list(CHUNK.finditer(text))
        shares = [0.0] * len(chunks)
        for view, holders in _holders([chunk.group() for chunk in chunks]).items():
            for term, places in holders.items():
                for place in places:
                    shares[place] += pulls[view].get(term, 0.0) / len(places)
        words: defaultdict[str, list[int]] = defaultdict(list)
        for place, chunk in enumerate(chunks):
            words[fold(_word(chunk.group()))].append(place)
        for places in words.values():
            spans = tuple(_span_of_word(chunks[place].group(), chunks[place].start()) for place in places)
            start, end = spans[0]
            yield Reason(words=text[start:end], weight=sum(shares[place] for place in places), spans=spans)
        for name, pull in pulls[View.SHAPES].items():
            shape = SHAPES[name]
            yield Reason(words=str(shape.label), weight=pull, spans=tuple(shape.places(text)))


def _holders(chunks: list[str]) -> dict[View, dict[str, list[int]]]:
    """Return for each word, pair of words and piece the places of the chunks that hold it, one for each time."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    pieces: defaultdict[str, list[int]] = defaultdict(list)
    in_order = []
    for place, chunk in enumerate(chunks):
        words_of_chunk, pieces_of_chunk = taken_apart(chunk)
        in_order += [(word, place) for word in words_of_chunk]
        for piece in pieces_of_chunk:
            pieces[piece].append(place)
    for word, place in in_order:
        words[word].append(place)
    for (first, place), (second, next_place) in pairwise(in_order):
        words[f"{first} {second}"] += [place, next_place]
    return {View.WORDS: words, View.PIECES: pieces}


def _word(chunk: str) -> str:
    """Return `chunk` without the marks around it, or all of it if it has nothing else."""
    start, end = _span_of_word(chunk, 0)
    return chunk[start:end]


def _span_of_word(chunk: str, offset: int) -> tuple[int, int]:
    """Return where the word in `chunk` starts and ends in the text, in which the chunk starts at `offset`."""
    inside = [place for place, character in enumerate(chunk) if character.isalnum()]
    return (offset + inside[0], offset + inside[-1] + 1) if inside else (offset, offset + len(chunk))


def _number(value: Any) -> float:
    """Return `value` if it is a finite number. Raises WrongWeights otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise WrongWeights(f"{value!r} is not a finite number.")
    return value
