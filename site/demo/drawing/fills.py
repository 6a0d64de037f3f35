"""What a shape is filled with: a plain color, or colors that follow a field of numbers over the scene."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from demo.drawing.geometry import Point
from demo.drawing.palette import Color

Field = Callable[[float, float], float]
"""Gives each point of the scene a number from 0 to 1; what lies beyond is cut off."""


@dataclass(frozen=True)
class Gradient:
    """Colors spread evenly over a field; `grain` roughens the passage from one to the next."""

    colors: tuple[Color, ...]
    field: Field
    grain: float = 0.06


Fill = Color | Gradient


def linear(start: Point, end: Point) -> Field:
    """Return a field that rises from 0 at `start` to 1 at `end` and is level across."""
    run, fall = end[0] - start[0], end[1] - start[1]
    square = run * run + fall * fall
    return lambda x, y: ((x - start[0]) * run + (y - start[1]) * fall) / square


def radial(center: Point, radius: float, *, flatness: float = 1.0) -> Field:
    """Return a field that rises from 0 at `center` to 1 at `radius`; `flatness` makes it a lying oval."""
    return lambda x, y: math.hypot(x - center[0], (y - center[1]) * flatness) / radius


def glow(center: Point, radius: float) -> Field:
    """Return a field of light: 1 at `center`, softly down to 0 at `radius`."""

    def strength(x: float, y: float) -> float:
        distance = math.hypot(x - center[0], y - center[1]) / radius
        return max(0.0, 1.0 - distance) ** 2

    return strength
