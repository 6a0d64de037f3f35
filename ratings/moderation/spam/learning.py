"""Learning from decisions.

A linear support vector machine with squared hinge loss, fitted by dual coordinate descent (Hsieh and others, 2008), on
words and pieces of words. The rarity of a term is sharpened by how unevenly spam and benign texts have it, as in naive
Bayes (Wang and Manning, 2012), which helps most where texts are short and few.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul

from ratings.moderation.spam import calibration
from ratings.moderation.spam.features import Terms, View, counts, vectors
from ratings.moderation.spam.folds import parted
from ratings.moderation.spam.measures import lowest_threshold
from ratings.moderation.spam.model import Model

MOST_TERMS = {View.WORDS: 20_000, View.PIECES: 40_000, View.SHAPES: 100}
"""The most frequent ones are kept: weights of less than 2 MB."""

FEWEST_TEXTS = 2
"""A term that only one text has says nothing about another."""

COST = 1.0
"""How much an error costs, against large weights. Twice or half as much makes little difference."""

SHARPNESS = 0.5
"""How much the rarity of a term gains for each e-fold that one kind of texts has it more often than the other."""

MOST_ROUNDS = 10
"""More move the weights, but no longer what they tell apart."""

TOLERANCE = 0.01
SMALLEST_STEP = 1e-6
FOLDS = 3
MOST_CHECKED = 6000
"""Texts for the cross-validation, at most: enough for a threshold, and training stays below a minute."""

DIGITS = 5
"""Significant digits of what is stored."""


class OneKindOnly(ValueError):
    """All texts are spam, or none is: there is nothing to tell apart."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A decision to learn from."""

    text: str
    spam: bool
    group: str = ""
    """What it was a comment on. What is learned from some groups is tried on others, to choose the threshold."""
    weight: float = 1.0


@dataclass(frozen=True)
class _Row:
    """A text as numbers: where they stand among all weights, and the numbers."""

    places: tuple[int, ...]
    values: tuple[float, ...]


def train(examples: Sequence[Example]) -> Model:
    """Return the model learned from `examples`. The order in which they come makes no difference.

    Threshold and probabilities come from texts that were not learned from, by threefold cross-validation. Raises
    OneKindOnly if there are not both spam and benign texts.
    """
    examples = sorted(examples, key=lambda example: (example.text, example.spam, example.group, example.weight))
    labels = [example.spam for example in examples]
    if len(set(labels)) < 2:
        raise OneKindOnly("To learn, both spam and benign texts are needed.")
    heaviest = max(example.weight for example in examples)
    costs = [COST * example.weight / heaviest for example in examples]
    rarity = _rarity(examples)
    rows, terms = _rows(examples, rarity)
    width = len(terms) + 1

    checked = slice(None, None, -(-len(rows) // MOST_CHECKED))
    sample = rows[checked], labels[checked], costs[checked]
    margins = _margins_unlearned(*sample, _folds(examples[checked]), width)
    slope, offset = calibration.fit(margins, *sample[1:])
    threshold = lowest_threshold(sample[1], margins, sample[2])
    *weights, bias = map(_rounded, _separate(rows, labels, costs, width))
    weights_of_view: dict[View, dict[str, float]] = {view: {} for view in View}
    for (view, term), weight in zip(terms, weights, strict=True):
        weights_of_view[view][term] = weight
    return Model(
        rarity=rarity,
        weights=weights_of_view,
        bias=bias,
        slope=slope,
        offset=offset,
        threshold=None if threshold is None else calibration.probability(slope * threshold + offset),
        learned_from=len(examples),
    )


def _rarity(examples: Sequence[Example]) -> Terms:
    """Return the terms to learn weights for, and how much each tells."""
    spam = [example.text for example in examples if example.spam]
    benign = [example.text for example in examples if not example.spam]
    in_spam, in_benign = _texts_with(spam), _texts_with(benign)
    rarity: dict[View, dict[str, float]] = {}
    for view in View:
        rarity[view] = {}
        having = in_spam[view] + in_benign[view]
        kept = (term for term, texts in having.items() if texts >= FEWEST_TEXTS)
        for term in sorted(kept, key=lambda term: (-having[term], term))[: MOST_TERMS[view]]:
            rare = math.log((1 + len(examples)) / (1 + having[term])) + 1
            share_of_spam = (1 + in_spam[view][term]) / (2 + len(spam))
            share_of_benign = (1 + in_benign[view][term]) / (2 + len(benign))
            rarity[view][term] = _rounded(rare * (1 + SHARPNESS * abs(math.log(share_of_spam / share_of_benign))))
    return rarity


def _texts_with(texts: Iterable[str]) -> dict[View, Counter[str]]:
    """Return for each view how many of `texts` have each term."""
    having = {view: Counter[str]() for view in View}
    for text in texts:
        for view, terms in counts(text).items():
            having[view].update(terms.keys())
    return having


def _rows(examples: Sequence[Example], rarity: Terms) -> tuple[list[_Row], list[tuple[View, str]]]:
    """Return each text as numbers, a constant at the end of each, and what the places stand for."""
    terms = [(view, term) for view in View for term in rarity[view]]
    place_of = {key: place for place, key in enumerate(terms)}
    constant = len(terms)
    rows = []
    for example in examples:
        found = vectors(example.text, rarity)
        places = [place_of[view, term] for view, values in found.items() for term in values]
        values = [value for values in found.values() for value in values.values()]
        rows.append(_Row((*places, constant), (*values, 1.0)))
    return rows, terms


def _folds(examples: Sequence[Example]) -> list[int]:
    """Return the fold of each example: whole groups, but for a group that holds more than half of all."""
    sizes = Counter(example.group for example in examples)
    whole = {group for group, size in sizes.items() if group and 2 * size <= len(examples)}
    return parted([example.group if example.group in whole else example.text for example in examples], FOLDS)


def _margins_unlearned(
    rows: Sequence[_Row], labels: Sequence[bool], costs: Sequence[float], fold_of: Sequence[int], width: int
) -> list[float]:
    """Return the margin of each row by weights that were learned from the other folds."""
    margins = [0.0] * len(rows)
    for fold in range(FOLDS):
        learned = [place for place, its_fold in enumerate(fold_of) if its_fold != fold]
        weights = _separate(
            [rows[place] for place in learned],
            [labels[place] for place in learned],
            [costs[place] for place in learned],
            width,
        )
        for place, its_fold in enumerate(fold_of):
            if its_fold == fold:
                margins[place] = sum(map(mul, rows[place].values, itemgetter(*rows[place].places)(weights)))
    return margins


def _separate(rows: Sequence[_Row], labels: Sequence[bool], costs: Sequence[float], width: int) -> list[float]:
    """Return the `width` weights that separate spam from benign rows best.

    Minimizes |w|² / 2 + Σ cost · max(0, 1 - y · w·x)², over the dual: each row in turn moves the weights as far as it
    alone would have them. Rows that are far on their own side stay out.
    """
    weights = [0.0] * width
    signs = [1.0 if spam else -1.0 for spam in labels]
    duals = [0.0] * len(rows)
    slacks = [0.5 / cost for cost in costs]
    lengths = [sum(map(mul, row.values, row.values)) for row in rows]
    pickers = [itemgetter(*row.places) for row in rows]
    order = list(range(len(rows)))
    shuffle = random.Random(0).shuffle  # noqa: S311 - any fixed order does
    for _round in range(MOST_ROUNDS):
        shuffle(order)
        worst = 0.0
        for each in order:
            row, dual = rows[each], duals[each]
            gradient = signs[each] * sum(map(mul, row.values, pickers[each](weights))) - 1 + slacks[each] * dual
            if dual == 0 and gradient >= 0:
                continue
            worst = max(worst, abs(gradient))
            duals[each] = max(dual - gradient / (lengths[each] + slacks[each]), 0.0)
            step = (duals[each] - dual) * signs[each]
            if abs(step) > SMALLEST_STEP:
                for place, value in zip(row.places, row.values, strict=True):
                    weights[place] += step * value
        if worst < TOLERANCE:
            break
    return weights


def _rounded(value: float) -> float:
    """Return `value` with as many digits as are stored, so that a stored model scores the same."""
    return float(f"{value:.{DIGITS}g}")
