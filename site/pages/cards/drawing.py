"""Drawing a card: paper, ink, and the half-moon, as on the site (its colors are those of `tokens.css`, in light)."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from pages.cards.fonts import is_right_to_left, path_for, shapes_scripts, spells, writable
from pages.cards.setting import Setting, length, set_text
from pages.models import SocialCard

SIZE = (SocialCard.WIDTH, SocialCard.HEIGHT)
STYLE = 1
"""Counted up whenever cards are drawn in another way, so that all are drawn anew."""

PAPER = "#fbf9f4"
INK = "#222a2b"
INK_SOFT = "#444e4d"
LINE = "#dcd5c6"
BRAND = "#1d5b4f"
BRAND_SOFT = "#e4ede6"
ACCENT = "#7f2d5c"

MARGIN = 72
TITLE_TOP, TITLE_HEIGHT, TITLE_WIDTH = 152, 310, 860
TITLE_SIZES = (112, 96, 84, 76, 68, 60, 54, 48)
FOOT = 540
MOON = (1110, 110, 215)
"""Center and radius of the large mark, which the edge of the card cuts."""
STAR = 40
OVERSAMPLING = 3


@dataclass(frozen=True, kw_only=True)
class CardText:
    """All that a card says. `mean` and `reviews` are empty for an article without either."""

    title: str
    authors: str
    mean: str
    reviews: str
    site: str

    def digest(self) -> str:
        """Return the SHA-256 of all that is drawn, as hexadecimal digits."""
        return hashlib.sha256(json.dumps([STYLE, asdict(self)], sort_keys=True).encode()).hexdigest()


def can_write(title: str) -> bool:
    """Return whether the fonts of this machine can spell `title`."""
    path = path_for(title)
    said = writable(title, path).strip()
    return bool(said) and spells(title, path) and (shapes_scripts() or not is_right_to_left(title))


def draw(text: CardText) -> Image.Image:
    """Return the card of `text`, whose title can be written: see `can_write`."""
    path = path_for(text.title)
    title = writable(text.title, path)
    turned = is_right_to_left(title)
    ground = _ground()
    pen = Pen(ImageOps.mirror(ground) if turned else ground, turned=turned)
    setting = set_text(title, path, width=TITLE_WIDTH, height=TITLE_HEIGHT, sizes=TITLE_SIZES)
    block = setting.line_height * len(setting.lines)
    pen.lines(setting, top=TITLE_TOP + (TITLE_HEIGHT - block) // 2)
    pen.line(text.site, MARGIN + 62, MARGIN + 22, size=34, color=BRAND)
    end = pen.line(text.authors, MARGIN, FOOT, size=34, color=INK, width=600)
    pen.rating(text, end + 36 if text.authors else MARGIN, FOOT)
    return pen.card


def png(card: Image.Image) -> bytes:
    """Return the card as a PNG file; few colors are in it, so that 128 show them all."""
    data = BytesIO()
    card.quantize(128, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()


class Pen:
    """Writes on a card; one that is turned has its lines at the right. Places are counted from where lines begin."""

    def __init__(self, card: Image.Image, *, turned: bool) -> None:
        self.card = card
        self._draw = ImageDraw.Draw(card)
        self._turned = turned

    def lines(self, setting: Setting, top: int) -> None:
        """Write a text that has been set, from `top` down."""
        for number, line in enumerate(setting.lines):
            middle = top + round((number + 0.5) * setting.line_height)
            self._write(line, MARGIN, middle, setting, INK)

    def line(self, text: str, start: float, middle: int, *, size: int, color: str, width: int = 800) -> float:
        """Write one line around the height `middle`, cut to `width`; return where it ends.

        Nothing is written of what no font here can spell.
        """
        path = path_for(text)
        if not spells(text, path):
            return start
        setting = set_text(writable(text, path), path, width=width, height=size, sizes=(size,))
        self._write(setting.lines[0], start, middle, setting, color)
        return start + length(setting.lines[0], setting.font)

    def rating(self, text: CardText, start: float, middle: int) -> None:
        """Draw a star, the mean of the ratings, and how many there are: nothing where there is none."""
        if text.mean:
            left = SIZE[0] - start - STAR if self._turned else start
            self.card.paste(ACCENT, (round(left), middle - STAR // 2 - 2), _star())
            start = self.line(text.mean, start + 46, middle, size=34, color=ACCENT) + 12
        if text.reviews:
            self.line(text.reviews, start, middle, size=30, color=INK_SOFT)

    def _write(self, line: str, start: float, middle: int, setting: Setting, color: str) -> None:
        right_to_left = setting.is_right_to_left and shapes_scripts()
        place = (SIZE[0] - start, middle) if self._turned else (start, middle)
        anchor = "rm" if self._turned else "lm"
        direction = "rtl" if right_to_left else None
        self._draw.text(place, line, fill=color, font=setting.font, anchor=anchor, direction=direction)


def _ground() -> Image.Image:
    """Return an empty card: paper, the large mark at its edge, the small one before the name, and a line."""
    card = Image.new("RGB", (SIZE[0] * OVERSAMPLING, SIZE[1] * OVERSAMPLING), PAPER)
    draw = ImageDraw.Draw(card)
    _mark(draw, *MOON, ring=BRAND_SOFT, half=BRAND_SOFT, width=26)
    _mark(draw, MARGIN + 22, MARGIN + 22, 14, ring=BRAND, half=BRAND, width=3.5)
    line = [(MARGIN, FOOT - 58), (SIZE[0] - MARGIN, FOOT - 58)]
    draw.line([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in line], fill=LINE, width=2 * OVERSAMPLING)
    return card.reduce(OVERSAMPLING)


def _star() -> Image.Image:
    """Return a star as a mask."""
    center = STAR * OVERSAMPLING / 2
    points = [
        (center + radius * math.sin(turn * math.pi / 5), center - radius * math.cos(turn * math.pi / 5))
        for turn, radius in enumerate([center, center * 0.42] * 5)
    ]
    mask = Image.new("L", (STAR * OVERSAMPLING, STAR * OVERSAMPLING))
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return mask.reduce(OVERSAMPLING)


def _mark(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, *, ring: str, half: str, width: float) -> None:
    """Draw the half-moon with its eight rays."""
    x, y, radius, width = (value * OVERSAMPLING for value in (x, y, radius, width))
    box = (x - radius, y - radius, x + radius, y + radius)
    draw.ellipse(box, outline=ring, width=round(width))
    draw.pieslice(box, -90, 90, fill=half)
    for turn in range(8):
        sine, cosine = math.sin(turn * math.pi / 4), math.cos(turn * math.pi / 4)
        inner, outer = radius * 1.36, radius * 1.62
        ends = [(x + inner * sine, y + inner * cosine), (x + outer * sine, y + outer * cosine)]
        draw.line(ends, fill=ring, width=round(width))
        for end_x, end_y in ends:
            draw.ellipse((end_x - width / 2, end_y - width / 2, end_x + width / 2, end_y + width / 2), fill=ring)
