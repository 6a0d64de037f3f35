"""The figure of a night: how deep one sleeps, hour by hour."""

from __future__ import annotations

from PIL.Image import Image

from demo.drawing.canvas import Stencil, shape
from demo.drawing.figures.board import FINE, LINE, board, dashes
from demo.drawing.fills import Gradient, linear
from demo.drawing.geometry import Path, ellipse
from demo.drawing.palette import AMBER, BRICK, DEEP, DUSK, INK, MIST, NIGHT, OCHRE, PAPER, SAND, TEAL, mix

AWAKE, LEVEL = 250.0, 126.0  # where one is awake, and how far down each level of sleep lies
# Each level of sleep (0 is awake, 4 is deepest) and how long it lasts.
STEPS: tuple[tuple[int, float], ...] = (
    (0, 50), (1, 26), (2, 26), (3, 26), (4, 110), (3, 20), (1, 34),
    (2, 24), (3, 22), (4, 96), (3, 20), (1, 40),
    (2, 26), (3, 24), (4, 72), (2, 30), (1, 46),
    (2, 26), (3, 26), (4, 46), (3, 26), (2, 24), (1, 30), (0, 26),
    (1, 36), (2, 96), (1, 62), (2, 80), (1, 60), (0, 22), (1, 40), (2, 40), (1, 60), (0, 64),
)  # fmt: skip


def sleep_curve(size: tuple[int, int]) -> Image:
    """Draw the steps of one night's sleep: four deep dips at first, then shallower ones toward morning."""
    canvas = board(size, "sleep curve")
    left, right = 130.0, 1470.0
    stretch = (right - left) / sum(length for _, length in STEPS)
    for level in range(5):
        rule = [(left + (right - left) * step / 120, AWAKE + level * LEVEL) for step in range(121)]
        dashes(canvas, rule, mix(SAND, INK, 0.2), width=3, length=1, gap=1)
    curve: Path = []
    x = left
    for depth, length in STEPS:
        y = AWAKE + depth * LEVEL
        curve += [(x, y), (x + length * stretch, y)]
        x += length * stretch
    depths = Gradient(
        (mix(MIST, PAPER, 0.4), mix(MIST, TEAL, 0.4), TEAL, DEEP), linear((0, AWAKE), (0, 770)), grain=0.14
    )
    canvas.paint(shape([(left, AWAKE), *curve, (right, AWAKE)]), depths)
    canvas.line(curve, LINE)
    ticks = Stencil().line([(left, 860), (right, 860)], FINE)
    for hour in range(9):
        place = left + (right - left) * hour / 8
        ticks.line([(place, 860), (place, 884)], FINE)
    canvas.paint(ticks, INK)
    wakings = [
        point for point, (_, y) in zip(curve, curve, strict=True) if y == AWAKE and left + 200 < point[0] < right - 90
    ]
    for start, end in zip(wakings[::2], wakings[1::2], strict=True):
        canvas.paint(Stencil().disk(((start[0] + end[0]) / 2, AWAKE), 17), BRICK)
    crescent = Stencil().disk((168, 140), 46).disk((190, 126), 40, opens=False)
    canvas.paint(crescent, mix(DUSK, NIGHT, 0.3))
    canvas.paint(Stencil().disk((1432, 140), 34), Gradient((AMBER, OCHRE), linear((1400, 106), (1466, 174))))
    for turn in range(0, 360, 45):
        start, end = (
            ellipse((1432, 140), 46, start=turn, end=turn)[0],
            ellipse((1432, 140), 60, start=turn, end=turn)[0],
        )
        canvas.line([start, end], 6, OCHRE)
    return canvas.finish()
