"""How good a model is, and when its verdicts are good enough to act on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

PRECISION = 0.99
"""Of a hundred comments that the model calls spam, at most one may be none."""

FEWEST_OUTCOMES, MOST_OUTCOMES = 300, 1000
"""How many verdicts "spam" a moderator has to have seen before the model acts, and how far back it is judged."""


def area_under_curve(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Return how likely a spam comment has a higher score than a benign one, a tie counting half (0 to 1).

    Raises ZeroDivisionError if all labels are the same.
    """
    benign_below = won = 0.0
    for _score, tied in _by_score(labels, scores):
        spam = sum(tied)
        benign = len(tied) - spam
        won += spam * (benign_below + benign / 2)
        benign_below += benign
    return won / (sum(labels) * benign_below)


def recall_at_precision(labels: Sequence[bool], scores: Sequence[float], precision: float = PRECISION) -> float:
    """Return the greatest share of spam that a threshold finds while its precision is at least `precision`.

    Raises ZeroDivisionError if nothing is spam.
    """
    weights = [1.0] * len(labels)
    found = (right for _score, right, flagged in _thresholds(labels, scores, weights) if right >= precision * flagged)
    return max(found, default=0.0) / sum(labels)


def lowest_threshold(
    labels: Sequence[bool], scores: Sequence[float], weights: Sequence[float], precision: float = PRECISION
) -> float | None:
    """Return the lowest score from which on the verdict "spam" has at least `precision`, or None if there is none.

    Half an error more is counted than was seen, of mean weight: among few verdicts, no error may be luck.
    """
    more = sum(weights) / len(weights) / 2
    found = _thresholds(labels, scores, weights)
    return min((score for score, right, flagged in found if right >= precision * (flagged + more)), default=None)


def lower_bound(right: int, seen: int, confidence: float = 0.95) -> float:
    """Return the exact one-sided lower bound of a share of which `right` of `seen` were right.

    Clopper and Pearson (1934): the share at which `right` or more would come by chance with 1 - `confidence`. It is 0
    if none was right or none was seen. Raises ValueError unless 0 <= right <= seen.
    """
    if not 0 <= right <= seen:
        raise ValueError(f"{right} of {seen} cannot be right.")
    if right == 0:
        return 0.0
    ways = [math.lgamma(seen + 1) - math.lgamma(hits + 1) - math.lgamma(seen - hits + 1) for hits in range(seen + 1)]

    def chance(share: float) -> float:
        """Return the chance that `right` or more of `seen` are right if the true share is `share`."""
        hit, miss = math.log(share), math.log1p(-share)
        return math.fsum(math.exp(ways[hits] + hits * hit + (seen - hits) * miss) for hits in range(right, seen + 1))

    low, high = 0.0, 1.0
    for _step in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) > 1 - confidence else (middle, high)
    return low


def may_act(outcomes: Sequence[bool], precision: float = PRECISION) -> bool:
    """Return whether the model may act on its own.

    `outcomes` are the verdicts "spam" that a moderator saw, the newest first: True where the moderator agreed. The last
    1,000 count, and 300 have to be there; then the lower bound of their precision decides.
    """
    last = list(islice(outcomes, MOST_OUTCOMES))
    return len(last) >= FEWEST_OUTCOMES and lower_bound(sum(last), len(last)) >= precision


def _by_score(labels: Sequence[bool], scores: Sequence[float]) -> Iterator[tuple[float, list[bool]]]:
    """Yield each score, the lowest first, with the labels that have it."""
    ordered = sorted(zip(scores, labels, strict=True))
    for score, tied in groupby(ordered, key=itemgetter(0)):
        yield score, [label for _score, label in tied]


def _thresholds(
    labels: Sequence[bool], scores: Sequence[float], weights: Sequence[float]
) -> Iterator[tuple[float, float, float]]:
    """Yield each score as a threshold, the highest first, the weight of the spam that it finds, and of all it flags."""
    ordered = sorted(zip(scores, labels, weights, strict=True), reverse=True)
    right = flagged = 0.0
    for score, tied in groupby(ordered, key=itemgetter(0)):
        for _score, spam, weight in tied:
            flagged += weight
            right += weight * spam
        yield score, right, flagged
