"""Figures of the kitchen: the thermometer and the bean."""

from __future__ import annotations

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.figures.board import FINE, LINE, arrow, board, drop, flake, outlined, tinted, vapor
from demo.drawing.fills import Gradient, linear, radial
from demo.drawing.geometry import box, ellipse, moved, smooth
from demo.drawing.palette import (
    AMBER,
    BRICK,
    CLAY,
    CREAM,
    DUSK,
    FROST,
    INK,
    MIST,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    TEAL,
    mix,
)

HOT, COLD = 330.0, 630.0  # where 140 and 40 degrees lie
DEGREE = (COLD - HOT) / 100


def thermometer(size: tuple[int, int]) -> Image:
    """Draw a tall thermometer with a band from 40 to 140 degrees: cold storage below it, hot food above."""
    canvas = board(size, "thermometer")
    zone = box(330, HOT, 1400, COLD, 18)
    canvas.paint(
        shape(zone),
        Gradient((mix(BRICK, CLAY, 0.4), mix(CLAY, AMBER, 0.3)), linear((0, HOT), (0, COLD)), grain=0.14),
        0.62,
    )
    for y in (HOT, COLD):
        canvas.line([(330, y), (1400, y)], LINE, BRICK)
    tube = Stencil().line([(500, 110), (500, 800)], 84).disk((500, 846), 88)
    canvas.shadow(tube, offset=(8, 12), blur=12, strength=0.25)
    canvas.paint(Stencil().line([(500, 110), (500, 800)], 98).disk((500, 846), 95), INK)
    canvas.paint(tube, CREAM)
    canvas.paint(Stencil().line([(500, 470), (500, 830)], 34).disk((500, 846), 62), tinted(BRICK, 470, 920))
    ticks = Stencil()
    for degrees in range(0, 211, 10):
        y = COLD - (degrees - 40) * DEGREE
        ticks.line([(556, y), (600 if degrees in (40, 140) else 578, y)], FINE + 3 * (degrees in (40, 140)))
    canvas.paint(ticks, INK)
    canvas.paint(shape(ellipse((478, 830), 14, 22)), CREAM, 0.5)
    _pot(canvas)
    _plate(canvas)
    _refrigerator(canvas)
    return canvas.finish()


def _pot(canvas: Canvas) -> None:
    for x in (970, 1040, 1110):
        vapor(canvas, (x, 130), 86, mix(SAGE, INK, 0.15), width=6)
    for x in (892, 1188):
        canvas.line(ellipse((x, 204), 26, 18), LINE)
    outlined(canvas, box(900, 160, 1180, 292, 26), tinted(TEAL, 160, 292))
    outlined(canvas, box(884, 146, 1196, 176, 12), tinted(mix(TEAL, SAGE, 0.5), 146, 176))


def _plate(canvas: Canvas) -> None:
    """Draw food that was left out."""
    meal = smooth([(916, 498), (950, 440), (1010, 446), (1044, 410), (1104, 424), (1150, 452), (1168, 498)])
    outlined(canvas, meal, tinted(OCHRE, 410, 500))
    for x, y in ((980, 474), (1046, 452), (1108, 470)):
        canvas.paint(Stencil().disk((x, y), 11), mix(OCHRE, BRICK, 0.6))
    outlined(
        canvas,
        smooth([(850, 498), (1236, 498), (1150, 548), (936, 548)], closed=False),
        tinted(PAPER, 498, 548),
    )
    canvas.line([(850, 498), (1236, 498)], LINE)


def _refrigerator(canvas: Canvas) -> None:
    outlined(canvas, box(930, 676, 1154, 950, 22), tinted(mix(FROST, PAPER, 0.35), 676, 950))
    canvas.line([(930, 770), (1154, 770)], LINE)
    for top, bottom in ((704, 744), (796, 866)):
        canvas.line([(960, top), (960, bottom)], 9)
    flake(canvas, (1064, 862), 48, mix(DUSK, TEAL, 0.3))


def bean(size: tuple[int, int]) -> Image:
    """Draw a bean cut open: water enters through the small scar on its curved side."""
    canvas = board(size, "bean")
    half = [
        (800, 408),
        (880, 396),
        (1000, 336),
        (1160, 304),
        (1330, 400),
        (1376, 590),
        (1270, 770),
        (1040, 870),
        (800, 884),
    ]
    outline = [*half, *[(1600 - x, y) for x, y in half[-2:0:-1]]]
    coat = smooth(outline, closed=True)
    middle = (800, 610)
    flesh = [(middle[0] + (x - middle[0]) * 0.93, middle[1] + (y - middle[1]) * 0.89) for x, y in coat]
    canvas.shadow(shape(coat), offset=(10, 18), blur=20, strength=0.3)
    outlined(canvas, coat, tinted(mix(BRICK, INK, 0.12), 300, 890))
    wet = Gradient(
        (mix(FROST, TEAL, 0.4), FROST, mix(MIST, SAND, 0.4), mix(SAND, CREAM, 0.4), mix(SAND, CREAM, 0.2)),
        radial((800, 400), 520),
        grain=0.16,
    )
    outlined(canvas, flesh, wet, width=FINE)
    canvas.line(smooth([(800, 470), (804, 640), (800, 838)]), FINE, mix(SAND, INK, 0.45), 0.8)
    germ = smooth([(840, 500), (900, 476), (960, 492), (1004, 540), (980, 560), (930, 530), (870, 536)], closed=True)
    outlined(canvas, germ, mix(AMBER, CREAM, 0.35), width=FINE)
    scar = moved(ellipse((0, 0), 62, 20), by=(800, 420))
    canvas.paint(shape(box(770, 392, 830, 480, 14)), mix(FROST, TEAL, 0.25))
    outlined(canvas, scar, mix(CREAM, SAND, 0.4), width=FINE)
    blue = mix(DUSK, TEAL, 0.35)
    arrow(canvas, [(800, 190), (800, 280), (800, 384)], blue, width=14, head=46)
    arrow(canvas, [(620, 200), (690, 280), (752, 376)], blue, width=10, head=38)
    arrow(canvas, [(980, 200), (910, 280), (848, 376)], blue, width=10, head=38)
    arrow(canvas, [(776, 500), (700, 580), (560, 610)], blue, width=7, head=30)
    arrow(canvas, [(824, 580), (900, 640), (1040, 650)], blue, width=7, head=30)
    arrow(canvas, [(790, 540), (760, 650), (690, 730)], blue, width=7, head=30)
    for x, y, height in ((560, 150, 60), (700, 120, 76), (800, 140, 92), (900, 120, 76), (1040, 150, 60)):
        canvas.paint(
            shape(drop((x, y), height)),
            Gradient((FROST, blue), linear((0, y - height), (0, y + height * 0.4))),
        )
    return canvas.finish()
