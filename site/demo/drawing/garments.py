"""What the people of the portraits wear."""

from __future__ import annotations

from collections.abc import Callable

from demo.drawing.canvas import Canvas, shape
from demo.drawing.fills import Gradient, linear
from demo.drawing.geometry import Path, ellipse, smooth
from demo.drawing.palette import (
    AMBER,
    BRICK,
    CREAM,
    DEEP,
    DUSK,
    FROST,
    INK,
    NIGHT,
    OCHRE,
    PAPER,
    SAGE,
    TEAL,
    Color,
    mix,
)

CLOTHES: tuple[Color, ...] = (TEAL, BRICK, DUSK, OCHRE, DEEP)
FOLDS = linear((470, 110), (190, 560))
SHOULDERS: Path = [
    (300, 470), (352, 486), (402, 516), (478, 552), (534, 604), (552, 680), (70, 680), (84, 604), (138, 548),
    (204, 508), (244, 480),
]  # fmt: skip


def _body(canvas: Canvas, cloth: Color, *, neckline: Path | None = None) -> Gradient:
    """Paint the shoulders and return their fill, for what belongs to them."""
    body = shape(smooth(SHOULDERS, closed=True))
    if neckline:
        body.area(neckline, opens=False)
    fill = Gradient(
        (mix(cloth, CREAM, 0.22), cloth, mix(cloth, NIGHT, 0.45)), linear((480, 480), (120, 680)), grain=0.16
    )
    canvas.shadow(body, offset=(0, -4), blur=12, strength=0.3)
    canvas.paint(body, fill)
    return fill


def _sweater(canvas: Canvas, cloth: Color) -> None:
    """Draw a sweater with a high, folded collar."""
    fill = _body(canvas, cloth)
    collar = smooth([(228, 446), (300, 462), (360, 446), (376, 496), (310, 522), (214, 498)], closed=True)
    canvas.shadow(shape(collar), offset=(0, 6), blur=8, strength=0.35)
    canvas.paint(shape(collar), fill)


def _shirt(canvas: Canvas, cloth: Color) -> None:
    """Draw a jacket over a pale shirt with a pointed collar."""
    _body(canvas, mix(PAPER, FROST, 0.3))
    canvas.paint(shape([(232, 462), (300, 486), (358, 470), (402, 540), (346, 524), (300, 506), (212, 516)]), CREAM)
    fill = Gradient(
        (mix(cloth, CREAM, 0.16), cloth, mix(cloth, NIGHT, 0.5)), linear((480, 480), (120, 680)), grain=0.16
    )
    outer = smooth(SHOULDERS, closed=True)
    jacket = shape(outer).area([(218, 470), (380, 460), (404, 524), (376, 690), (330, 690), (300, 530)], opens=False)
    canvas.shadow(jacket, offset=(2, 4), blur=8, strength=0.3)
    canvas.paint(jacket, fill)


def _round_neck(canvas: Canvas, cloth: Color) -> None:
    """Draw a plain top with a round neck and a fine hem."""
    _body(canvas, cloth, neckline=ellipse((298, 470), 82, 46))
    hem = ellipse((298, 470), 84, 48, start=8, end=172)
    canvas.line(hem, 7, mix(cloth, CREAM, 0.35))


def _scarf(canvas: Canvas, cloth: Color) -> None:
    """Draw a coat with a scarf laid around the neck."""
    _body(canvas, mix(cloth, INK, 0.35))
    wool = mix(cloth, AMBER, 0.45) if cloth in (TEAL, DEEP, DUSK) else mix(TEAL, SAGE, 0.3)
    end = smooth([(318, 510), (384, 512), (404, 600), (400, 680), (330, 680), (334, 590)], closed=True)
    wrap = smooth([(214, 446), (290, 472), (372, 440), (402, 488), (368, 532), (280, 548), (200, 512)], closed=True)
    for part in (end, wrap):
        canvas.shadow(shape(part), offset=(0, 6), blur=9, strength=0.4)
        canvas.paint(shape(part), Gradient((mix(wool, CREAM, 0.3), wool, mix(wool, INK, 0.4)), FOLDS, grain=0.18))


GARMENTS: tuple[Callable[[Canvas, Color], None], ...] = (_sweater, _shirt, _round_neck, _scarf)
