"""What the figures share: their ground, their lines, and the signs they are told with."""

from __future__ import annotations

import math
from collections.abc import Sequence

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Fill, Gradient, linear, radial
from demo.drawing.geometry import Path, Point, ellipse, smooth
from demo.drawing.palette import CREAM, INK, PAPER, SAND, Color, mix

LINE = 7.0  # the width of an outline
FINE = 4.0


def board(size: tuple[int, int], name: str) -> Canvas:
    """Return a clean sheet of paper."""
    return Canvas(size, name, Gradient((CREAM, PAPER, mix(PAPER, SAND, 0.45)), radial((700, 400), 1150), grain=0.05))


def tinted(color: Color, top: float, bottom: float) -> Gradient:
    """Return a quiet fill of `color`, lighter at the top."""
    return Gradient((mix(color, CREAM, 0.22), color, mix(color, INK, 0.16)), linear((0, top), (0, bottom)), grain=0.14)


def outlined(canvas: Canvas, points: Sequence[Point], fill: Fill, *, width: float = LINE, color: Color = INK) -> None:
    """Paint an area and draw its outline."""
    canvas.paint(shape(points), fill)
    canvas.line([*points, points[0]], width, color)


def grown(stencil: Stencil, by: float) -> Stencil:
    """Return `stencil`, wider by `by` on every side."""
    wider = Stencil()
    for cut in stencil.cuts:
        if cut.width:
            wider.line(cut.points, cut.width + 2 * by)
        else:
            wider.area(cut.points).line([*cut.points, cut.points[0]], 2 * by)
    return wider


def joined(canvas: Canvas, stencil: Stencil, fill: Fill, *, width: float = LINE, color: Color = INK) -> None:
    """Paint shapes that overlap as one, with one outline around them all."""
    canvas.paint(grown(stencil, width), color)
    canvas.paint(stencil, fill)


def arrow(canvas: Canvas, points: Sequence[Point], color: Color, *, width: float = 9, head: float = 30) -> None:
    """Draw an arrow along a soft curve through `points`."""
    path = smooth(points)
    tip, before = path[-1], path[-4]
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - head * math.cos(angle + turn), tip[1] - head * math.sin(angle + turn)) for turn in (-0.5, 0.5)]
    arrow = Stencil().line([*path[:-2]], width).area([tip, *wings])
    arrow.line([tip, wings[0], wings[1], tip], width * 0.5)
    canvas.paint(arrow, color)


def dashes(canvas: Canvas, path: Path, color: Color, *, width: float = FINE, length: int = 3, gap: int = 3) -> None:
    """Draw `path` as a broken line; `length` and `gap` count its points."""
    broken = Stencil()
    for start in range(0, len(path) - length, length + gap):
        broken.line(path[start : start + length + 1], width)
    canvas.paint(broken, color)


def drop(center: Point, height: float) -> Path:
    """Return the outline of a hanging drop."""
    x, y = center
    bulb = ellipse((x, y), height * 0.34, start=-35, end=215)
    return [(x, y - height * 0.72), *smooth([(x + height * 0.1, y - height * 0.46), bulb[0]], steps=4), *bulb]


def flake(canvas: Canvas, center: Point, radius: float, color: Color) -> None:
    """Draw a snow crystal."""
    star = Stencil()
    for turn in range(0, 360, 60):
        angle = math.radians(turn + 30)
        x, y = math.cos(angle), math.sin(angle)
        star.line([center, (center[0] + x * radius, center[1] + y * radius)], radius * 0.12)
        for side in (-0.6, 0.6):
            knee = (center[0] + x * radius * 0.6, center[1] + y * radius * 0.6)
            tip = (
                knee[0] + math.cos(angle + side) * radius * 0.34,
                knee[1] + math.sin(angle + side) * radius * 0.34,
            )
            star.line([knee, tip], radius * 0.1)
    canvas.paint(star, color)


def vapor(canvas: Canvas, foot: Point, height: float, color: Color, *, width: float = FINE) -> None:
    """Draw a thin curl of steam."""
    x, y = foot
    sway = height * 0.13
    path = smooth([(x, y), (x + sway, y - height / 3), (x - sway, y - height * 2 / 3), (x + sway * 0.6, y - height)])
    canvas.line(path, width, color)
