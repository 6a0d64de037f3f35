"""Figures of the body: the leg in bed, the wall stretch, two hands."""

from __future__ import annotations

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.figures.board import FINE, arrow, board, dashes, joined, outlined, tinted
from demo.drawing.fills import Gradient, linear
from demo.drawing.geometry import Path, Point, box, ellipse, mirrored, moved, ribbon, smooth
from demo.drawing.palette import (
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

SKIN = (232, 196, 165)


def _limb(points: list[Point], start: float, end: float) -> Stencil:
    """Return an arm or a leg along `points` that narrows from one half width to the other."""
    path = smooth(points)
    limb = shape(ribbon(path, lambda share: start + (end - start) * share))
    return limb.disk(path[0], start).disk(path[-1], end)


LEG: Path = [
    (-40, 440), (200, 424), (400, 396), (540, 372), (622, 374), (690, 408), (810, 446), (930, 490),
    (1030, 524), (1110, 532), (1200, 538), (1300, 562), (1376, 582), (1402, 602), (1392, 626),
    (1330, 644), (1250, 652), (1176, 672), (1120, 706), (1068, 712), (1030, 690), (1008, 640),
    (930, 622), (830, 650), (740, 640), (660, 592), (600, 574), (520, 592), (380, 652), (200, 700),
    (-40, 712),
]  # fmt: skip
CALF: Path = [(632, 566), (690, 536), (770, 546), (850, 586), (892, 616), (826, 638), (744, 626), (676, 590)]
COVER: Path = [
    (-40, 380), (260, 360), (460, 330), (590, 312), (690, 340), (840, 402), (1000, 458), (1130, 480),
    (1270, 498), (1390, 532), (1450, 588), (1480, 716),
]  # fmt: skip


def leg_in_bed(size: tuple[int, int]) -> Image:
    """Draw a leg under a blanket: the toes point down, and the calf is drawn short."""
    canvas = board(size, "leg in bed")
    for foot in (240, 1400):
        outlined(canvas, box(foot, 860, foot + 44, 940, 6), mix(OCHRE, INK, 0.25))
    outlined(canvas, box(-60, 714, 1530, 866, 40), tinted(mix(SAND, PAPER, 0.3), 714, 866))
    canvas.line([(-20, 790), (1490, 790)], FINE, mix(SAND, INK, 0.3), 0.6)
    cover = smooth(COVER)
    canvas.paint(shape([*cover, (-40, 716)]), tinted(mix(SAGE, MIST, 0.55), 320, 716), 0.7)
    leg = smooth(LEG)
    canvas.shadow(shape(leg), offset=(0, 8), blur=10, strength=0.3)
    outlined(canvas, leg, tinted(SKIN, 380, 720))
    calf = shape(smooth(CALF, closed=True))
    canvas.paint(calf, Gradient((mix(BRICK, CLAY, 0.5), BRICK), linear((660, 600), (860, 690)), grain=0.16))
    canvas.line(smooth([(884, 616), (950, 606), (1012, 622), (1044, 676)]), 9, BRICK)
    for shift in (0, 26, 52):
        fibers = smooth([(660 + shift * 0.3, 562 + shift * 0.5), (760, 560 + shift), (860, 604 + shift * 0.3)])
        canvas.line(fibers, 3, mix(BRICK, CREAM, 0.45))
    canvas.line(smooth([(1330, 606), (1356, 614), (1382, 612)]), FINE)
    canvas.line(ellipse((1076, 586), 17, start=-20, end=200), FINE, mix(SKIN, INK, 0.5))
    quilt = shape(ribbon(cover, lambda _share: 13))
    canvas.shadow(quilt, offset=(0, 10), blur=10, strength=0.25)
    canvas.paint(quilt, tinted(TEAL, 360, 720))
    arrow(canvas, [(610, 764), (660, 764), (724, 764)], BRICK, width=11, head=36)
    arrow(canvas, [(930, 764), (880, 764), (816, 764)], BRICK, width=11, head=36)
    arrow(canvas, [(1250, 372), (1388, 418), (1472, 548)], OCHRE, width=13, head=44)
    return canvas.finish()


def wall_stretch(size: tuple[int, int]) -> Image:
    """Draw a person who leans toward a wall: both hands on it, one leg back, its heel on the floor."""
    canvas = board(size, "wall stretch")
    outlined(canvas, box(1262, -20, 1640, 880), tinted(mix(SAGE, PAPER, 0.45), 0, 880))
    outlined(canvas, box(-20, 880, 1640, 1020), tinted(mix(SAND, OCHRE, 0.2), 880, 1020))
    canvas.paint(shape(ellipse((690, 884), 400, 15)), INK, 0.22)
    sleeve, cloth = mix(OCHRE, INK, 0.22), tinted(TEAL, 460, 880)
    far_arm = _limb([(946, 318), (1080, 392), (1178, 372)], 34, 22)
    joined(canvas, far_arm.line([(1170, 376), (1240, 326)], 34), mix(SKIN, INK, 0.2))
    near_leg = _limb([(770, 560), (960, 680), (946, 830)], 72, 36)
    _shoe(canvas, (930, 862))
    joined(canvas, near_leg, tinted(mix(TEAL, INK, 0.35), 540, 860))
    _shoe(canvas, (424, 862))
    back_leg = _limb([(762, 540), (600, 690), (438, 832)], 80, 36)
    joined(canvas, back_leg, cloth)
    calf = smooth([(560, 668), (566, 708), (530, 770), (474, 808), (462, 792), (486, 742)], closed=True)
    canvas.paint(shape(calf), Gradient((mix(BRICK, CLAY, 0.5), BRICK), linear((560, 668), (460, 800)), grain=0.16))
    body = smooth(
        [
            (700, 500),
            (760, 390),
            (850, 290),
            (930, 262),
            (990, 300),
            (984, 372),
            (910, 480),
            (850, 580),
            (760, 616),
            (692, 570),
        ],
        closed=True,
    )
    joined(canvas, Stencil().line([(944, 300), (1010, 212)], 74), SKIN)
    outlined(canvas, body, tinted(OCHRE, 260, 620))
    near_arm = _limb([(930, 330), (1060, 372), (1180, 318)], 40, 24)
    joined(canvas, near_arm.line([(1176, 320), (1242, 262)], 36), SKIN)
    joined(canvas, _limb([(930, 330), (1010, 362)], 46, 40), sleeve)
    face = moved(ellipse((0, 0), 66, 82), by=(1034, 168), turn=22)
    outlined(canvas, face, SKIN)
    hair = smooth(
        [
            (1092, 108),
            (1040, 74),
            (976, 88),
            (944, 150),
            (962, 226),
            (996, 240),
            (1004, 178),
            (1030, 136),
            (1080, 126),
        ],
        closed=True,
    )
    canvas.paint(shape(hair), INK)
    arrow(canvas, [(560, 470), (620, 476), (676, 492)], BRICK, width=12, head=40)
    arrow(canvas, [(330, 700), (336, 760), (352, 836)], BRICK, width=12, head=40)
    dashes(canvas, [(438 + 3.24 * step, 832 - 2.92 * step) for step in range(0, 101, 3)], mix(TEAL, CREAM, 0.6))
    return canvas.finish()


def _shoe(canvas: Canvas, ankle: Point) -> None:
    """Draw a shoe, flat on the floor, that points to the right."""
    x, y = ankle
    upper = [(x - 36, y - 20), (x - 20, y - 48), (x + 40, y - 44), (x + 110, y - 12), (x + 134, y + 6)]
    outlined(canvas, [(x - 34, y + 14), *smooth(upper), (x + 132, y + 14)], mix(BRICK, INK, 0.35))


FINGERS: tuple[tuple[Path, float], ...] = (
    ([(352, 800), (262, 690), (176, 560)], 74),
    ([(344, 560), (322, 430), (300, 286)], 74),
    ([(412, 540), (406, 370), (400, 216)], 76),
    ([(482, 545), (494, 400), (506, 256)], 72),
    ([(544, 590), (576, 470), (604, 366)], 62),
)


def two_hands(size: tuple[int, int]) -> Image:
    """Draw two hands: in one, vessels reach the fingertips; in the other they are narrow and end early."""
    canvas = board(size, "two hands")
    _hand(canvas, tinted(mix(SKIN, CLAY, 0.12), 200, 1000), mirror=False, reach=0.94, width=11)
    cold = Gradient(
        (mix(FROST, DUSK, 0.35), FROST, mix(SKIN, FROST, 0.45), SKIN), linear((0, 200), (0, 900)), grain=0.14
    )
    _hand(canvas, cold, mirror=True, reach=0.36, width=5.5)
    canvas.line([(800, 170), (800, 890)], FINE, mix(SAND, INK, 0.15))
    return canvas.finish()


def _hand(canvas: Canvas, fill: Gradient, *, mirror: bool, reach: float, width: float) -> None:
    """Draw an open hand, reflected if `mirror`, with vessels that go `reach` of the fingers' length."""

    def placed(points: Path) -> Path:
        return mirrored(points, 800) if mirror else points

    palm = [
        (312, 570), (330, 522), (440, 506), (560, 552), (574, 640), (560, 760), (530, 850),
        (526, 1040), (356, 1040), (346, 860), (312, 760), (304, 660),
    ]  # fmt: skip
    hand = shape(placed(smooth(palm, closed=True)))
    for finger, thickness in FINGERS:
        hand.line(placed(smooth(finger)), thickness)
    canvas.shadow(hand, offset=(8, 14), blur=14, strength=0.25)
    joined(canvas, hand, fill)
    root = (440.0, 1040.0)
    for finger, _ in FINGERS:
        start, bend, tip = finger
        end = (start[0] + (tip[0] - start[0]) * reach, start[1] + (tip[1] - start[1]) * reach)
        way = [root, (440, 880), ((start[0] + 440) / 2, (start[1] + 800) / 2), start]
        way += [bend, end] if reach > 0.6 else [end]
        path = placed(smooth(way))
        canvas.paint(shape(ribbon(path, lambda share: width * (1 - 0.55 * share))), BRICK)
        canvas.paint(Stencil().disk(path[-1], width * 0.45), BRICK)
