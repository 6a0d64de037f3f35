"""Motifs of things seen close: leaves, and a window's grid."""

from __future__ import annotations

import math

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Gradient, glow, linear
from demo.drawing.geometry import Path, Point, box, ellipse, moved, ribbon, smooth
from demo.drawing.palette import (
    AMBER,
    CREAM,
    DEEP,
    DUSK,
    FROST,
    INK,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    TEAL,
    blend,
    mix,
)


def leaves(size: tuple[int, int], seed: str) -> Image:
    """Draw overlapping green leaves with fine veins, on a pale ground."""
    canvas = Canvas(
        size, seed, Gradient((CREAM, PAPER, mix(PAPER, MIST, 0.55)), linear((0, 0), (1500, 1000)), grain=0.06)
    )
    random = canvas.random
    branches = (
        (smooth([(1700, 330), (1400, 300), (1120, 190), (900, 40)]), 0.62, 8),
        (smooth([(-60, 980), (330, 800), (700, 640), (1090, 560), (1400, 470)]), 1.0, 14),
    )
    for stem, nearness, count in branches:
        canvas.paint(shape(ribbon(stem, lambda share: 7 - 5 * share)), mix(mix(MIST, PAPER, 0.3), DEEP, nearness * 0.8))
        for number in range(count, -1, -1):
            share = min(0.999, (number + 0.6) / (count + 0.6))
            index = min(int(share * len(stem)), len(stem) - 2)
            (x, y), (next_x, next_y) = stem[index], stem[index + 1]
            along = math.degrees(math.atan2(next_y - y, next_x - x))
            side = (-1, 1)[number % 2]
            turn = along + side * random.uniform(34, 58) if number < count else along
            length = (520 - 230 * share) * random.uniform(0.9, 1.1) * (0.75 + 0.25 * nearness)
            color = blend((TEAL, SAGE, DEEP, mix(SAGE, AMBER, 0.3), TEAL), random.random())
            _leaf(canvas, (x, y), turn, length, mix(mix(MIST, PAPER, 0.35), color, nearness), nearness)
    return canvas.finish()


def _leaf(
    canvas: Canvas, foot: Point, turn: float, length: float, color: tuple[int, int, int], nearness: float
) -> None:
    """Draw one leaf from its foot on the stem."""
    bend = canvas.random.uniform(-0.1, 0.1) * length
    midrib = smooth([(0, 0), (length * 0.35, bend * 0.7), (length * 0.7, bend * 0.9), (length, bend * 0.2)], steps=20)
    plump = length * canvas.random.uniform(0.19, 0.235)

    def half_width(share: float) -> float:
        body = max(0.0, (share - 0.08) / 0.92)
        return 3 + plump * math.sin(math.pi * body**0.82) ** 0.9 * (1 - 0.25 * body) * 1.15 if body else 3

    def placed(points: Path) -> Path:
        return moved(points, by=foot, turn=turn)

    outline = shape(placed(ribbon(midrib, half_width)))
    canvas.shadow(outline, offset=(10, 18), blur=20, strength=0.30 * nearness)
    down = placed([(length * 0.5, -plump), (length * 0.5, plump)])
    fill = Gradient((mix(color, CREAM, 0.26), color, mix(color, NIGHT, 0.25)), linear(down[0], down[1]), grain=0.2)
    canvas.paint(outline, fill, 0.97)
    shade = [(x, y) for x, y in midrib] + [
        (x, y + half_width(index / (len(midrib) - 1))) for index, (x, y) in enumerate(midrib)
    ][::-1]
    canvas.paint(shape(placed(shade)), mix(color, NIGHT, 0.5), 0.22)
    veins = Stencil()
    for step in range(2, 12):
        share = step / 13
        x, y = midrib[int(share * (len(midrib) - 1))]
        for side in (-1, 1):
            reach = half_width(min(1.0, share + 0.1)) * 0.86
            tip = (x + reach * 0.75, y + side * reach)
            middle = (x + reach * 0.3, y + side * reach * 0.55)
            veins.line(placed(smooth([(x, y), middle, tip], steps=6)), 1.7)
    pale = mix(color, CREAM, 0.55)
    canvas.paint(veins, pale, 0.7)
    canvas.paint(shape(placed(ribbon(midrib, lambda share: 3.4 - 2.6 * share))), pale)


PANE = (322.0, 268.0)  # the width and height of one pane


def grid(size: tuple[int, int], seed: str) -> Image:
    """Draw a window grid, with small drops that gather toward the lower panes."""
    outside = Gradient(
        (mix(DUSK, NIGHT, 0.4), DUSK, FROST, mix(FROST, SAND, 0.5)), linear((0, -60), (0, 860)), grain=0.06
    )
    canvas = Canvas(size, seed, outside)
    canvas.veil(CREAM, lambda x, y: 0.45 * glow((1080, 330), 680)(x, y))
    for height, color in ((640, mix(DUSK, FROST, 0.35)), (740, mix(DUSK, DEEP, 0.35))):
        start = canvas.random.uniform(0, math.tau)
        crest = [(x, height + 50 * math.sin(start + x / 290)) for x in range(0, 1601, 20)]
        land = shape([*crest, (1600, 1000), (0, 1000)])
        canvas.shadow(land, offset=(0, 0), blur=26, strength=0.8, color=color)  # out of focus
    panes = [(126 + column * 342, 40 + row * 290) for row in range(3) for column in range(4)]
    canvas.veil(CREAM, lambda _x, y: 0.30 * max(0.0, (y - 300) / 620), grain=0.05)  # the breath on the glass
    for row in range(3):
        _drops(canvas, (126, 40 + row * 290), (1474, 308 + row * 290), count=(26, 70, 150)[row], running=row * 6)
    frame = shape(box(0, 0, 1600, 1000))
    for left, top in panes:
        frame.area(box(left, top, left + PANE[0], top + PANE[1]), opens=False)
    canvas.shadow(frame, offset=(10, 12), blur=12, strength=0.5)
    canvas.paint(frame, Gradient((CREAM, PAPER, SAND), linear((100, 0), (1300, 1000)), grain=0.08))
    edges = Stencil()
    for left, top in panes:
        right, bottom = left + PANE[0], top + PANE[1]
        edges.area([(left, top), (right, top), (right + 5, top - 5), (left - 5, top - 5)])
        edges.area([(left, top), (left, bottom), (left - 5, bottom + 5), (left - 5, top - 5)])
    canvas.paint(edges, mix(SAND, INK, 0.35), 0.6)
    sill = shape([(60, 930), (1540, 930), (1600, 1000), (0, 1000)])
    canvas.shadow(sill, offset=(0, -4), blur=12, strength=0.3)
    canvas.paint(sill, Gradient((CREAM, SAND, mix(SAND, OCHRE, 0.45)), linear((0, 925), (0, 1010)), grain=0.1))
    return canvas.finish()


def _drops(canvas: Canvas, start: Point, end: Point, *, count: int, running: int) -> None:
    """Set drops on a row of panes, most of them low; some have run down and left a clear trail."""
    random = canvas.random
    shades, bodies, lights, trails = Stencil(), Stencil(), Stencil(), Stencil()
    for number in range(count):
        x = random.uniform(start[0], end[0])
        y = start[1] + (end[1] - start[1]) * (1 - random.random() ** 1.9 * 0.95)
        radius = random.uniform(3.5, 8) + 4.5 * random.random() ** 3
        if number < running:
            radius += 5
            top = y - random.uniform(90, 210)
            trails.area(ribbon(smooth([(x + 2, top), (x - 2, (top + y) / 2), (x, y)]), lambda share: 1 + 4.5 * share))
        shades.area(ellipse((x, y), radius, radius * 1.16))
        bodies.area(ellipse((x + radius * 0.1, y + radius * 0.3), radius * 0.78, radius * 0.8))
        lights.disk((x - radius * 0.32, y - radius * 0.42), radius * 0.22)
    canvas.paint(trails, mix(DUSK, NIGHT, 0.2), lambda _x, y: 0.1 + 0.35 * (y - start[1]) / (end[1] - start[1]))
    canvas.shadow(shades, offset=(2, 5), blur=4, strength=0.4)
    canvas.paint(shades, mix(DUSK, NIGHT, 0.25), 0.85)
    canvas.paint(bodies, mix(FROST, CREAM, 0.45), 0.8)
    canvas.paint(lights, CREAM, 0.95)
