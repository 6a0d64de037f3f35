"""From margins to probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST_STEPS = 100
RIDGE = 1e-9
"""Keeps the curvature above zero where all margins are the same."""


def probability(margin: float) -> float:
    """Return the logistic function of `margin`, without overflow."""
    if margin >= 0:
        return 1 / (1 + math.exp(-margin))
    return math.exp(margin) / (1 + math.exp(margin))


def fit(margins: Sequence[float], labels: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """Return slope and offset so that probability(slope · margin + offset) is how often such a margin is spam.

    Platt's method: logistic regression on margins of texts that the model has not learned from, by Newton steps with
    halving (Lin, Lin and Weng 2007). The slope is never negative: a higher margin is never less likely spam.
    """
    spam = sum(weight for weight, label in zip(weights, labels, strict=True) if label)
    benign = sum(weights) - spam
    targets = [(spam + 1) / (spam + 2) if label else 1 / (benign + 2) for label in labels]
    points = list(zip(margins, targets, weights, strict=True))

    def loss(slope: float, offset: float) -> float:
        """Return the cross entropy between targets and probabilities."""
        values = ((slope * margin + offset, target, weight) for margin, target, weight in points)
        # ln(1 + e^v) - t · v, written so that it cannot overflow.
        return math.fsum(w * (max(v, 0.0) + math.log1p(math.exp(-abs(v))) - t * v) for v, t, w in values)

    slope, offset = 0.0, math.log((spam + 1) / (benign + 1))
    now = loss(slope, offset)
    for _step in range(MOST_STEPS):
        by_slope = by_offset = twice_slope = both = twice_offset = 0.0
        for margin, target, weight in points:
            likely = probability(slope * margin + offset)
            error, curvature = weight * (likely - target), weight * likely * (1 - likely)
            by_slope += error * margin
            by_offset += error
            twice_slope += curvature * margin * margin
            both += curvature * margin
            twice_offset += curvature
        twice_slope, twice_offset = twice_slope + RIDGE, twice_offset + RIDGE
        determinant = twice_slope * twice_offset - both * both
        step_slope = (both * by_offset - twice_offset * by_slope) / determinant
        step_offset = (both * by_slope - twice_slope * by_offset) / determinant
        size = 1.0
        while (then := loss(slope + size * step_slope, offset + size * step_offset)) > now and size > 1e-10:
            size /= 2
        if now - then < 1e-10:
            break
        slope, offset, now = slope + size * step_slope, offset + size * step_offset, then
    return max(slope, 0.0), offset
