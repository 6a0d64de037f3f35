"""Portraits in the manner of old paper profiles: head and shoulders, no features but the outline."""

from __future__ import annotations

from PIL import ImageOps
from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Gradient, glow, linear
from demo.drawing.garments import CLOTHES, GARMENTS
from demo.drawing.geometry import Path, ellipse, moved, smooth
from demo.drawing.haircuts import BEARD, HAIRCUTS
from demo.drawing.palette import (
    AMBER,
    BRICK,
    CLAY,
    CREAM,
    DUSK,
    FROST,
    INK,
    MIST,
    NIGHT,
    PAPER,
    SAGE,
    SAND,
    TEAL,
    Color,
    mix,
)

SCENE = (640, 640)
LIGHT = linear((470, 110), (190, 560))
FACE: Path = [
    (388, 136), (428, 172), (441, 208), (443, 232), (438, 252), (449, 276), (465, 302), (461, 313),
    (447, 320), (445, 328), (453, 339), (446, 348), (450, 359), (441, 370), (445, 388), (438, 404),
    (416, 415), (384, 413),
]  # fmt: skip
SKULL: Path = [(232, 372), (207, 310), (196, 250), (204, 190), (238, 142), (288, 118), (340, 118)]
NECK: Path = [
    (362, 408),
    (352, 440),
    (362, 500),
    (420, 560),
    (180, 560),
    (232, 470),
    (238, 420),
    (226, 350),
    (300, 300),
]
DARK: tuple[Color, ...] = (INK, (52, 40, 38), (196, 190, 178))
FAIR: tuple[Color, ...] = (*DARK, (118, 74, 48), (158, 104, 58), mix(BRICK, INK, 0.4))
SKINS: tuple[tuple[Color, tuple[Color, ...]], ...] = (  # each with the colors of hair that go with it
    ((240, 209, 181), FAIR), ((219, 176, 140), FAIR), ((188, 136, 100), DARK), ((140, 94, 68), DARK),
    ((100, 68, 54), DARK),
)  # fmt: skip
GROUNDS: tuple[tuple[Color, Color], ...] = (
    (SAGE, MIST),
    (mix(AMBER, PAPER, 0.2), SAND),
    (mix(DUSK, FROST, 0.35), FROST),
    (mix(CLAY, PAPER, 0.15), SAND),
    (TEAL, SAGE),
)


def portrait(seed: str, size: int = 640) -> Image:
    """Return the portrait of somebody. The same seed and size always give the same picture."""
    canvas = Canvas((size, size), f"sitter {seed}", PAPER, scene=SCENE)
    random = canvas.random
    ground, light = random.choice(GROUNDS)
    skin, hair_colors = random.choice(SKINS)
    hair_color = random.choice(hair_colors)
    cloth = random.choice([color for color in CLOTHES if color != ground])
    hair = random.choice(HAIRCUTS)()
    _ground(canvas, ground, light)
    hair_fill = Gradient((mix(hair_color, AMBER, 0.26), hair_color, mix(hair_color, NIGHT, 0.5)), LIGHT, grain=0.16)
    canvas.shadow(hair.behind, offset=(-6, 10), blur=14, strength=0.3)
    canvas.paint(hair.behind, hair_fill)
    _head(canvas, skin, shows_ear=hair.shows_ear)
    if hair.bearded and random.random() < 0.6:
        canvas.shadow(BEARD, offset=(0, 4), blur=6, strength=0.25)
        canvas.paint(BEARD, hair_fill)
    if random.random() < 0.3:
        _glasses(canvas)
    canvas.shadow(hair.over, offset=(3, 6), blur=7, strength=0.28)
    canvas.paint(hair.over, hair_fill)
    random.choice(GARMENTS)(canvas, cloth)
    picture = canvas.finish()
    return ImageOps.mirror(picture) if random.random() < 0.5 else picture


def _ground(canvas: Canvas, color: Color, light: Color) -> None:
    canvas.paint(
        shape([(0, 0), (640, 0), (640, 640), (0, 640)]),
        Gradient((mix(color, CREAM, 0.12), color, mix(color, INK, 0.22)), linear((560, 0), (80, 640)), grain=0.1),
    )
    halo = Stencil().disk((330, 290), 236)
    canvas.paint(halo, Gradient((mix(light, CREAM, 0.4), light, mix(light, color, 0.5)), LIGHT, grain=0.1), 0.75)
    canvas.veil(CREAM, lambda x, y: 0.25 * glow((480, 180), 360)(x, y))


def _head(canvas: Canvas, skin: Color, *, shows_ear: bool) -> None:
    fill = Gradient((mix(skin, CREAM, 0.22), skin, mix(skin, BRICK, 0.22), mix(skin, INK, 0.38)), LIGHT, grain=0.12)
    shaded = Gradient((mix(skin, BRICK, 0.2), mix(mix(skin, BRICK, 0.3), INK, 0.3)), LIGHT, grain=0.12)
    nose, chin = canvas.random.uniform(-4, 5), canvas.random.uniform(-4, 4)
    longer = {5: nose * 0.6, 6: nose, 7: nose, 14: chin, 15: chin, 16: chin}
    face = [(x + longer.get(index, 0), y) for index, (x, y) in enumerate(FACE)]
    head = smooth([*face, *SKULL], closed=True)
    canvas.paint(shape(smooth(NECK, closed=True)), shaded)
    canvas.shadow(shape(head), offset=(-3, 9), blur=13, strength=0.3)
    canvas.paint(shape(head), fill)
    if shows_ear:
        ear = moved(ellipse((0, 0), 19, 30), by=(306, 300), turn=-12)
        canvas.shadow(shape(ear), offset=(-3, 3), blur=5, strength=0.3)
        canvas.paint(shape(ear), mix(skin, BRICK, 0.16))
        canvas.line(
            moved(ellipse((0, 0), 10, 19, start=120, end=330), by=(307, 299), turn=-12),
            2.5,
            mix(skin, INK, 0.4),
        )


def _glasses(canvas: Canvas) -> None:
    canvas.line([(314, 276), (430, 262)], 4.5, mix(INK, BRICK, 0.25))
    canvas.line(moved(ellipse((0, 0), 12, 24), by=(430, 276), turn=-4), 4.5, mix(INK, BRICK, 0.25))
