"""Figures of the home: the cold pane, the plant in two rooms, the two rooms and the thought."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.figures.board import FINE, LINE, arrow, board, dashes, drop, flake, joined, outlined, tinted
from demo.drawing.fills import Gradient, linear
from demo.drawing.geometry import Point, box, ellipse, moved, ribbon, smooth
from demo.drawing.palette import (
    AMBER,
    BRICK,
    CLAY,
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
    mix,
)


def cold_pane(size: tuple[int, int]) -> Image:
    """Draw warm, moist room air on its way to a cold pane, and the drops inside the glass, above the sill."""
    canvas = board(size, "cold pane")
    room = Gradient(
        (mix(AMBER, PAPER, 0.45), mix(SAND, PAPER, 0.4), mix(FROST, PAPER, 0.35)),
        linear((0, 0), (1060, 0)),
        0.12,
    )
    canvas.paint(shape(box(0, 0, 1060, 1000)), room)
    canvas.paint(
        shape(box(1060, 0, 1600, 1000)),
        Gradient((DUSK, mix(DUSK, NIGHT, 0.7)), linear((1060, 900), (1600, 0)), 0.1),
    )
    for x, y, radius in (
        (1240, 190, 40),
        (1440, 330, 52),
        (1210, 470, 34),
        (1390, 640, 42),
        (1510, 130, 28),
        (1260, 780, 48),
    ):
        flake(canvas, (x, y), radius, mix(FROST, CREAM, 0.5))
    outlined(canvas, box(1010, -20, 1110, 110), tinted(mix(OCHRE, SAND, 0.4), 0, 110))
    outlined(canvas, box(1010, 800, 1110, 1020), tinted(mix(OCHRE, SAND, 0.4), 800, 1000))
    pane = Gradient((mix(FROST, CREAM, 0.5), FROST), linear((1040, 0), (1080, 0)), grain=0.1)
    outlined(canvas, box(1040, 110, 1080, 800), pane)
    outlined(canvas, box(780, 812, 1030, 862, 10), tinted(mix(SAND, PAPER, 0.3), 812, 862))
    water = Gradient((FROST, mix(DUSK, TEAL, 0.3)), linear((1000, 180), (1040, 830)), grain=0.1)
    drops = Stencil()
    for y, height in ((250, 34), (322, 42), (392, 36), (462, 54), (540, 46), (616, 66), (694, 58), (764, 72)):
        drops.area(drop((1026 - height * 0.14, y), height))
    drops.area(ellipse((950, 811), 88, 17, start=180, end=360))
    joined(canvas, drops, water, width=3)
    for row, y in enumerate((230, 420, 610)):
        arrow(
            canvas,
            _drift(y, 150 + 40 * row),
            (mix(OCHRE, BRICK, 0.35), OCHRE, mix(OCHRE, DUSK, 0.35))[row],
            width=12,
            head=42,
        )
    for x, y in (
        (170, 330),
        (300, 520),
        (260, 150),
        (480, 330),
        (560, 540),
        (700, 250),
        (690, 460),
        (820, 370),
        (210, 690),
    ):
        canvas.paint(Stencil().disk((x, y), 9), mix(DUSK, TEAL, 0.3), 0.55)
    arrow(canvas, [(960, 660), (962, 700), (964, 762)], mix(DUSK, TEAL, 0.3), width=8, head=32)
    return canvas.finish()


def _drift(y: float, start: float) -> list[Point]:
    return [(start, y), (start + 190, y - 42), (start + 400, y + 26), (930 - (610 - y) * 0.05, y + 20)]


def plant_twice(size: tuple[int, int]) -> Image:
    """Draw one plant, twice: under a sealed glass dome, and in a room that air passes through."""
    canvas = board(size, "plant twice")
    canvas.paint(shape(ellipse((400, 842), 300, 26)), INK, 0.16)
    outlined(canvas, box(130, 800, 670, 840, 18), tinted(mix(OCHRE, SAND, 0.3), 800, 840))
    _plant(canvas, (400, 800))
    dome = [(176, 798), (176, 430), *ellipse((400, 430), 224, 250, start=180, end=360), (624, 798)]
    canvas.paint(shape(dome), FROST, 0.28)
    canvas.line([*dome, dome[0]], LINE)
    outlined(canvas, ellipse((400, 152), 26), mix(FROST, CREAM, 0.3))
    canvas.line(ellipse((400, 440), 186, 214, start=196, end=240), 12, CREAM, 0.85)
    outlined(canvas, box(800, 170, 1500, 840), tinted(mix(SAND, CREAM, 0.5), 170, 840))
    canvas.paint(shape(box(804, 780, 1496, 836)), mix(OCHRE, SAND, 0.35))
    canvas.line([(800, 780), (1500, 780)], FINE)
    outlined(canvas, box(852, 290, 1010, 520), tinted(FROST, 290, 520))
    canvas.line([(931, 290), (931, 520)], FINE)
    outlined(canvas, [(852, 290), (816, 262), (816, 548), (852, 520)], mix(FROST, CREAM, 0.6), width=FINE)
    outlined(canvas, box(1330, 400, 1460, 780), tinted(mix(SAGE, MIST, 0.4), 400, 780))
    outlined(canvas, [(1330, 400), (1280, 380), (1280, 812), (1330, 780)], tinted(mix(OCHRE, BRICK, 0.3), 380, 812))
    canvas.paint(Stencil().disk((1294, 606), 7), INK)
    _plant(canvas, (1130, 806), scale=0.74)
    air = mix(DUSK, TEAL, 0.3)
    arrow(canvas, [(720, 372), (820, 350), (960, 392), (1100, 330)], air, width=12, head=42)
    arrow(canvas, [(1130, 328), (1240, 330), (1330, 480), (1420, 560), (1560, 570)], air, width=12, head=42)
    arrow(canvas, [(720, 470), (820, 450), (910, 462), (976, 532)], air, width=8, head=34)
    arrow(canvas, [(1262, 590), (1330, 650), (1420, 680), (1560, 680)], air, width=8, head=34)
    return canvas.finish()


def _plant(canvas: Canvas, foot: Point, *, scale: float = 1) -> None:
    """Draw the potted plant that stands at `foot`."""

    def placed(points: Sequence[Point], turn: float = 0, at: Point = (0, 0)) -> list[Point]:
        return moved(moved(points, by=at, turn=turn), by=foot, scale=scale)

    leaves = ((-62, 250), (58, 240), (-32, 320), (34, 330), (-84, 180), (82, 176), (2, 360))
    for number, (lean, length) in enumerate(leaves):
        stem = smooth([(0, 0), (length * 0.5, 0), (length, 0)])
        blade = ribbon(stem, lambda share: 5 + 44 * math.sin(math.pi * max(0.0, (share - 0.3) / 0.7)) ** 0.9)
        color = (TEAL, mix(TEAL, SAGE, 0.5), SAGE, mix(DEEP, TEAL, 0.5))[number % 4]
        outlined(canvas, placed(blade, lean - 90, (0, -150)), color, width=FINE * scale)
        canvas.line(
            placed([(length * 0.2, 0), (length * 0.92, 0)], lean - 90, (0, -150)),
            3 * scale,
            mix(color, CREAM, 0.5),
        )
    pot = [(-92, -160), (92, -160), (68, 0), (-68, 0)]
    outlined(
        canvas,
        placed(pot),
        Gradient((mix(BRICK, CLAY, 0.6), BRICK), linear(placed(pot)[0], placed(pot)[1]), 0.14),
    )
    outlined(
        canvas,
        placed(box(-104, -186, 104, -146, 8)),
        tinted(mix(BRICK, CLAY, 0.3), foot[1] - 186, foot[1] - 146),
    )


WALL = 26.0


def two_rooms(size: tuple[int, int]) -> Image:
    """Draw a plan of two rooms joined by a door; a thought, a small cloud, stays behind in the first."""
    canvas = board(size, "two rooms")
    floor = box(150, 150, 1450, 850)
    canvas.shadow(shape(floor), offset=(8, 16), blur=18, strength=0.25)
    canvas.paint(shape(box(150, 150, 800, 850)), tinted(mix(MIST, PAPER, 0.35), 150, 850))
    canvas.paint(shape(box(800, 150, 1450, 850)), tinted(mix(SAND, PAPER, 0.25), 150, 850))
    canvas.paint(shape(ellipse((470, 480), 210, 150)), mix(SAGE, MIST, 0.4), 0.7)
    outlined(canvas, box(190, 190, 300, 520, 10), tinted(mix(OCHRE, SAND, 0.3), 190, 520), width=FINE)
    outlined(canvas, box(318, 214, 398, 304, 18), TEAL, width=FINE)
    outlined(canvas, box(200, 690, 560, 812, 26), tinted(mix(TEAL, SAGE, 0.5), 690, 812), width=FINE)
    outlined(canvas, box(1310, 190, 1412, 812, 8), tinted(mix(CLAY, SAND, 0.4), 190, 812), width=FINE)
    for y in (300, 372):
        canvas.line(ellipse((1361, y), 26), FINE)
    outlined(canvas, box(1330, 560, 1392, 660, 12), mix(FROST, PAPER, 0.3), width=FINE)
    outlined(canvas, ellipse((1010, 280), 78), tinted(mix(OCHRE, SAND, 0.5), 200, 360), width=FINE)
    walls = (
        Stencil()
        .line([*floor, floor[0]], WALL)
        .line([(800, 150), (800, 470)], WALL)
        .line([(800, 700), (800, 850)], WALL)
    )
    canvas.paint(walls, INK)
    canvas.line([(800, 700), (1016, 640)], 10, mix(OCHRE, BRICK, 0.5))
    dashes(canvas, ellipse((800, 700), 224, start=-90, end=-16), mix(INK, SAND, 0.4), width=3, length=1, gap=1)
    way = smooth([(560, 520), (660, 590), (800, 580), (960, 540), (1090, 580)], steps=24)
    dashes(canvas, way, BRICK, width=7)
    _cloud(canvas, (500, 400))
    _walker(canvas, (1160, 590))
    return canvas.finish()


def _cloud(canvas: Canvas, center: Point) -> None:
    x, y = center
    cloud = Stencil().disk((x - 74, y + 14), 50).disk((x - 24, y - 30), 62).disk((x + 48, y - 18), 54)
    cloud.disk((x + 88, y + 22), 42).line([(x - 70, y + 36), (x + 84, y + 36)], 56)
    canvas.shadow(cloud, offset=(6, 14), blur=12, strength=0.3)
    joined(canvas, cloud, CREAM, width=FINE + 1)
    for radius, (dot_x, dot_y) in ((13, (x + 58, y + 100)), (8, (x + 84, y + 132))):
        outlined(canvas, ellipse((dot_x, dot_y), radius), CREAM, width=FINE)


def _walker(canvas: Canvas, center: Point) -> None:
    """Draw a person from above, on the way to the right."""
    x, y = center
    shoulders = moved(ellipse((0, 0), 42, 88), by=center, turn=8)
    person = (
        shape(shoulders).line([(x - 10, y - 78), (x + 46, y - 62)], 36).line([(x + 8, y + 78), (x - 40, y + 72)], 36)
    )
    canvas.shadow(person, offset=(6, 12), blur=10, strength=0.35)
    joined(canvas, person, tinted(TEAL, y - 90, y + 90), width=FINE + 1)
    outlined(canvas, ellipse((x + 8, y), 45), mix(INK, BRICK, 0.25), width=FINE)
    canvas.paint(shape(ellipse((x + 50, y), 10, 13)), (232, 196, 165))
