"""Points and curves, in the units of a scene."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Point = tuple[float, float]
Path = list[Point]


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 14) -> Path:
    """Return a soft curve through all `points` (a Catmull-Rom spline)."""
    count = len(points)
    path: Path = []
    for index in range(count if closed else count - 1):
        if closed:
            before, start, end, after = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            before, start = points[max(index - 1, 0)], points[index]
            end, after = points[index + 1], points[min(index + 2, count - 1)]
        path.extend(_between(before, start, end, after, step / steps) for step in range(steps))
    if not closed:
        path.append(points[-1])
    return path


def _between(before: Point, start: Point, end: Point, after: Point, share: float) -> Point:
    square, cube = share * share, share * share * share
    x, y = (
        0.5 * (2 * b + (c - a) * share + (2 * a - 5 * b + 4 * c - d) * square + (3 * b - a - 3 * c + d) * cube)
        for a, b, c, d in zip(before, start, end, after, strict=True)
    )
    return x, y


def rounded(points: Sequence[Point], times: int = 3) -> Path:
    """Return the closed polygon `points` with its corners cut `times` times (Chaikin)."""
    path = list(points)
    for _ in range(times):
        cut: Path = []
        for index, end in enumerate(path):
            start = path[index - 1]
            cut.append((start[0] * 0.75 + end[0] * 0.25, start[1] * 0.75 + end[1] * 0.25))
            cut.append((start[0] * 0.25 + end[0] * 0.75, start[1] * 0.25 + end[1] * 0.75))
        path = cut
    return path


def ellipse(
    center: Point,
    across: float,
    down: float | None = None,
    *,
    start: float = 0,
    end: float = 360,
    turn: float = 0,
) -> Path:
    """Return an arc of an ellipse by its half axes, from `start` to `end` degrees, turned by `turn`."""
    down = across if down is None else down
    steps = max(12, int(abs(end - start) / 4))
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    flat = [(across * math.cos(angle), down * math.sin(angle)) for angle in angles]
    return moved(flat, by=center, turn=turn)


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Path:
    """Return a rectangle with rounded corners."""
    if not radius:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    path: Path = []
    corners = [(right, top, -90), (right, bottom, 0), (left, bottom, 90), (left, top, 180)]
    for x, y, angle in corners:
        center = (x - math.copysign(radius, x - left - radius), y - math.copysign(radius, y - top - radius))
        path.extend(ellipse(center, radius, start=angle, end=angle + 90))
    return path


def moved(points: Sequence[Point], *, by: Point = (0, 0), turn: float = 0, scale: float = 1) -> Path:
    """Return `points` scaled and turned (in degrees, clockwise) about the origin, then moved."""
    cosine, sine = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    return [(x * cosine - y * sine + by[0], x * sine + y * cosine + by[1]) for x, y in points]


def mirrored(points: Sequence[Point], axis: float) -> Path:
    """Return `points` reflected left to right about the upright line at `axis`."""
    return [(2 * axis - x, y) for x, y in points]


def beside(points: Sequence[Point], distance: Callable[[float], float]) -> Path:
    """Return the curve to the right of `points`, at a `distance` that depends on the share of the way."""
    path: Path = []
    last = len(points) - 1
    for index, (x, y) in enumerate(points):
        before, after = points[max(index - 1, 0)], points[min(index + 1, last)]
        run, fall = after[0] - before[0], after[1] - before[1]
        length = math.hypot(run, fall) or 1.0
        away = distance(index / last)
        path.append((x - fall / length * away, y + run / length * away))
    return path


def ribbon(points: Sequence[Point], half_width: Callable[[float], float]) -> Path:
    """Return the outline of a band along `points` whose half width changes with the share of the way."""
    return beside(points, half_width) + beside(points, lambda share: -half_width(share))[::-1]
