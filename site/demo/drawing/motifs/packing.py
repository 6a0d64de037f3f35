"""A motif of things packed close: cells."""

from __future__ import annotations

import math

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Gradient, linear, radial
from demo.drawing.geometry import Path, Point, box, ellipse, moved, rounded, smooth
from demo.drawing.palette import (
    BRICK,
    CLAY,
    CREAM,
    DEEP,
    INK,
    OCHRE,
    SAND,
    TEAL,
    blend,
    mix,
)


def cells(size: tuple[int, int], seed: str) -> Image:
    """Draw rounded cells packed close together, some pale and dry, some swollen and glossy."""
    canvas = Canvas(size, seed, Gradient((mix(BRICK, INK, 0.45), mix(DEEP, INK, 0.3)), linear((0, 0), (1600, 1000))))
    random = canvas.random
    seats = [
        (
            (column + 0.5 * (row % 2)) * 205 - 60 + random.uniform(-34, 34),
            row * 178 - 40 + random.uniform(-30, 30),
            random.random(),
        )
        for row in range(7)
        for column in range(9)
    ]
    for seat in seats:
        x, y, dryness = seat
        swollen = dryness < 0.5
        outline = _cell(seat, seats, gap=5 if swollen else 12)
        if len(outline) < 3:
            continue
        cell = shape(outline)
        canvas.shadow(cell, offset=(8, 12), blur=12, strength=0.5)
        if swollen:
            color = blend((BRICK, mix(BRICK, OCHRE, 0.55), BRICK, TEAL), dryness * 2)
            lit = radial((x - 34, y - 40), 165)
            canvas.paint(cell, Gradient((mix(color, CREAM, 0.42), color, color, mix(color, INK, 0.5)), lit, grain=0.14))
            shine = moved(ellipse((0, 0), 26, 10), by=(x - 36, y - 44), turn=-35)
            canvas.shadow(shape(shine), offset=(0, 0), blur=5, strength=0.9, color=CREAM)
        else:
            color = blend((SAND, CREAM, mix(SAND, CLAY, 0.4)), dryness * 2 - 1)
            fill = Gradient((color, color, mix(color, OCHRE, 0.45)), radial((x - 20, y - 30), 135), grain=0.22)
            canvas.paint(cell, fill)
            _wrinkles(canvas, (x, y), mix(color, BRICK, 0.42))
    return canvas.finish()


Seat = tuple[float, float, float]  # where a cell sits, and how dry it is
SWELLING = 0.06


def _cell(seat: Seat, seats: list[Seat], *, gap: float) -> Path:
    """Return the ground nearer to `seat` than to all others, less a gap, with round corners."""
    x, y, dryness = seat
    path: Path = box(x - 260, y - 260, x + 260, y + 260)
    for other_x, other_y, other_dryness in seats:
        run, fall = other_x - x, other_y - y
        distance = math.hypot(run, fall)
        if not 0 < distance < 520:
            continue
        share = 0.5 + SWELLING * ((dryness < 0.5) - (other_dryness < 0.5))  # a swollen cell pushes a dry one back
        away = distance * share - gap
        path = _cut_off(path, (x, y), (run / distance, fall / distance), away)
    return rounded(path, 4) if len(path) > 2 else []


def _cut_off(path: Path, center: Point, direction: Point, away: float) -> Path:
    """Return the part of a convex polygon that lies no further than `away` from `center` in `direction`."""

    def beyond(point: Point) -> float:
        return (point[0] - center[0]) * direction[0] + (point[1] - center[1]) * direction[1] - away

    kept: Path = []
    for index, end in enumerate(path):
        start = path[index - 1]
        before, after = beyond(start), beyond(end)
        if (before > 0) != (after > 0):
            share = before / (before - after)
            kept.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
        if after <= 0:
            kept.append(end)
    return kept


def _wrinkles(canvas: Canvas, center: Point, color: tuple[int, int, int]) -> None:
    """Draw the fine folds of a dry skin."""
    turn = canvas.random.uniform(0, 180)
    folds = Stencil()
    for number in range(-2, 3):
        reach = 42 - 9 * abs(number) + canvas.random.uniform(-6, 6)
        bend = canvas.random.uniform(-7, 7)
        fold = smooth([(-reach, number * 15), (0, number * 15 + bend), (reach, number * 15)])
        folds.line(moved(fold, by=center, turn=turn), 2.2)
    canvas.paint(folds, color, 0.6)
