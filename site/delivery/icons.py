"""The mark of the site as pictures, for programs that ask for them at fixed addresses and read no SVG."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

LEAF = "#1d5b4f"
PAPER = "#fbf9f4"
UNITS = 32
"""The mark is drawn on a square of so many units, as in `favicon.svg`."""

FINER = 8
"""It is drawn so many times larger, then made smaller: that smooths its edges."""


@cache
def icon(*, size: int, kind: str) -> bytes:
    """Return the mark as a file of that `kind` ("ICO" or "PNG"), `size` pixels each way. An ICO holds smaller ones."""
    file = BytesIO()
    _drawn(size * FINER).resize((size, size), Image.Resampling.LANCZOS).save(file, kind)
    return file.getvalue()


def _drawn(size: int) -> Image.Image:
    """Return a half moon in a ring of rays, as large as `size` pixels each way."""
    picture = Image.new("RGB", (size, size), LEAF)
    draw = ImageDraw.Draw(picture)
    unit = size / UNITS
    width = round(2 * unit)
    disk = [9 * unit, 9 * unit, 23 * unit, 23 * unit]
    draw.ellipse(disk, outline=PAPER, width=width)
    draw.pieslice(disk, -90, 90, fill=PAPER)
    for eighth in range(8):
        x, y = cos(eighth * pi / 4), sin(eighth * pi / 4)
        ray = (
            [(16 + x * radius) * unit for radius in (10.5, 12.5)],
            [(16 + y * radius) * unit for radius in (10.5, 12.5)],
        )
        draw.line(list(zip(*ray, strict=True)), fill=PAPER, width=width)
    return picture
