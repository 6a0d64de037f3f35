"""Ways to wear the hair, as stencils laid over the head of a portrait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from demo.drawing.canvas import Stencil, shape
from demo.drawing.geometry import Point, smooth


@dataclass(frozen=True)
class Hair:
    """A way to wear the hair: what lies behind the head, and what lies over it."""

    behind: Stencil
    over: Stencil
    shows_ear: bool
    bearded: bool = False  # whether a beard may go with it


def _cap(*hairline: Point) -> Stencil:
    """Return hair that follows the skull and ends at `hairline`, from the nape to the forehead."""
    crown = [
        (436, 180),
        (418, 134),
        (366, 98),
        (304, 92),
        (238, 110),
        (192, 156),
        (176, 226),
        (186, 304),
        (216, 374),
    ]
    return shape(smooth([*crown, *hairline], closed=True))


def _short() -> Hair:
    line = ((240, 382), (262, 350), (276, 306), (296, 262), (322, 288), (332, 244), (346, 206), (392, 196))
    return Hair(Stencil(), _cap(*line), shows_ear=True, bearded=True)


def _cropped() -> Hair:
    """Return hair cut close to the skull, and thin at the temple."""
    outline = [
        (406, 146), (386, 124), (340, 110), (286, 110), (234, 136), (198, 190), (190, 252), (202, 316),
        (226, 374), (248, 352), (266, 318), (292, 264), (314, 284), (326, 246), (350, 224), (356, 190),
        (380, 172),
    ]  # fmt: skip
    return Hair(Stencil(), shape(smooth(outline, closed=True)), shows_ear=True, bearded=True)


def _swept() -> Hair:
    """Return hair combed back into a knot low on the neck."""
    line = ((238, 366), (264, 332), (292, 276), (322, 262), (356, 222), (400, 190))
    return Hair(Stencil().disk((180, 328), 54), _cap(*line), shows_ear=True)


def _topknot() -> Hair:
    line = ((236, 366), (258, 336), (288, 270), (326, 250), (366, 206), (404, 186))
    return Hair(Stencil().disk((238, 84), 50), _cap(*line), shows_ear=True)


def _bob() -> Hair:
    """Return hair to the jaw, falling over the ear."""
    outline = [
        (436, 178), (416, 132), (364, 94), (300, 88), (232, 108), (184, 160), (164, 240), (166, 330),
        (178, 412), (240, 430), (318, 424), (362, 402), (352, 336), (356, 272), (380, 222), (414, 196),
    ]  # fmt: skip
    return Hair(Stencil(), shape(smooth(outline, closed=True)), shows_ear=False)


def _long() -> Hair:
    """Return hair down the back."""
    back = [
        (260, 130),
        (206, 150),
        (176, 210),
        (156, 310),
        (128, 440),
        (118, 560),
        (220, 590),
        (290, 520),
        (280, 330),
    ]
    line = ((230, 420), (290, 404), (318, 330), (340, 260), (376, 214), (410, 190))
    return Hair(shape(smooth(back, closed=True)), _cap(*line), shows_ear=False)


def _curls() -> Hair:
    """Return a round head of close curls."""
    line = ((252, 372), (280, 316), (310, 274), (336, 250), (360, 204), (404, 176))
    curls = _cap(*line)
    for x, y in smooth([(410, 138), (352, 88), (274, 74), (202, 104), (164, 172), (162, 256), (190, 334)], steps=3):
        curls.disk((x, y), 34)
    return Hair(Stencil(), curls, shows_ear=True)


HAIRCUTS: tuple[Callable[[], Hair], ...] = (_short, _cropped, _swept, _bob, _curls, _long, _topknot)

BEARD = shape(
    smooth(
        [
            (322, 306), (346, 338), (384, 352), (422, 336), (444, 334), (438, 348), (444, 366), (452, 392),
            (440, 424), (400, 434), (352, 420), (322, 380), (312, 340),
        ],
        closed=True,
    )
)  # fmt: skip
