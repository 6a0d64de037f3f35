"""The sheet a picture is made on: stencils are cut, painted and shaded, and grain is laid over all."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.drawing.fills import Field, Fill, Gradient, linear
from demo.drawing.geometry import Path, Point, ellipse
from demo.drawing.palette import INK, NIGHT, Color, blend

OVERSAMPLING = 3
FIELD_STEP = 16  # pixels between two samples of a field; between them it is interpolated
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Cut:
    """One shape of a stencil: an area, or a line of some width. It opens, or closes what was open."""

    points: Sequence[Point]
    width: float = 0
    opens: bool = True


@dataclass
class Stencil:
    """Shapes that are cut together and painted with one fill."""

    cuts: list[Cut] = field(default_factory=list)

    def area(self, points: Sequence[Point], *, opens: bool = True) -> Stencil:
        """Cut the polygon `points`."""
        self.cuts.append(Cut(points, opens=opens))
        return self

    def disk(self, center: Point, radius: float, *, opens: bool = True) -> Stencil:
        """Cut a full circle."""
        return self.area(ellipse(center, radius), opens=opens)

    def line(self, points: Sequence[Point], width: float, *, opens: bool = True) -> Stencil:
        """Cut a line with round ends."""
        self.cuts.append(Cut(points, width=width, opens=opens))
        return self


def shape(points: Sequence[Point]) -> Stencil:
    """Return a stencil of one area."""
    return Stencil().area(points)


class Canvas:
    """A picture in the making, measured in units of a `scene` that covers it and is centered on it."""

    def __init__(
        self, size: tuple[int, int], seed: str, ground: Fill, *, scene: tuple[int, int] = (1600, 1000)
    ) -> None:
        self.size = size
        self.scene = scene
        self.random = random.Random(seed)  # noqa: S311 - a picture is no secret
        self.scale = max(size[0] / scene[0], size[1] / scene[1])
        self._shift = tuple((size[axis] - scene[axis] * self.scale) / 2 for axis in (0, 1))
        # Image.effect_noise cannot be seeded, so the noise is made from bytes that can.
        self._noise = Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))
        self._picture = Image.new("RGB", size)
        self._picture.paste(self._filling(ground, (0, 0, *size)))

    def paint(self, stencil: Stencil, fill: Fill, opacity: float | Field = 1.0) -> None:
        """Paint through `stencil`."""
        mask, bounds = self._mask(stencil)
        if mask is None:
            return
        if callable(opacity):
            mask = ImageChops.multiply(mask, self._samples(opacity, bounds))
        elif opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self._picture.paste(self._filling(fill, bounds), bounds, mask)

    def line(self, points: Sequence[Point], width: float, color: Color = INK, opacity: float | Field = 1.0) -> None:
        """Draw one line with round ends."""
        self.paint(Stencil().line(points, width), color, opacity)

    def veil(self, color: Color, strength: Field, *, grain: float = 0.05) -> None:
        """Lay `color` over the whole picture, as strong as the field `strength` says."""
        bounds = (0, 0, *self.size)
        self._picture.paste(color, bounds, self._roughened(self._samples(strength, bounds), bounds, grain))

    def shadow(
        self,
        stencil: Stencil,
        *,
        offset: Point = (0, 10),
        blur: float = 16,
        strength: float = 0.3,
        color: Color = NIGHT,
    ) -> None:
        """Let what will be painted through `stencil` throw a soft shadow."""
        margin = math.ceil(blur * self.scale * 2.5)
        mask, bounds = self._mask(stencil, shifted=offset, margin=margin)
        if mask is None:
            return
        coarse = max(1, min(4, int(blur * self.scale / 3)))
        soft = mask.reduce(coarse).filter(ImageFilter.GaussianBlur(blur * self.scale / coarse))
        soft = soft.resize(mask.size, Image.Resampling.BILINEAR)
        self._picture.paste(color, bounds, soft.point([round(value * strength) for value in range(256)]))

    def finish(self, *, grain: float = 0.03) -> Image.Image:
        """Lay soft light and fine grain over the picture and return it."""
        width, height = self.scene
        self.veil(NIGHT, lambda x, y: 0.10 * linear((0, 0), (width, height))(x, y) ** 2, grain=0)
        tooth = self._noise.filter(ImageFilter.GaussianBlur(0.6))
        mottle = self._noise.reduce(8).resize(self.size, Image.Resampling.BICUBIC)
        fine = Image.blend(tooth, mottle, 0.3)
        level = fine.point([round(128 + (value - 128) * grain * 3) for value in range(256)])
        return ImageChops.add(self._picture, Image.merge("RGB", (level, level, level)), 1, -128)

    def _mask(self, stencil: Stencil, *, shifted: Point = (0, 0), margin: int = 0) -> tuple[Image.Image | None, Box]:
        """Return the stencil as a mask of the part of the picture it touches, and that part."""
        placed = [(cut, self._placed(cut.points, shifted)) for cut in stencil.cuts]
        reach = margin + max((cut.width for cut in stencil.cuts), default=0) * self.scale / 2 + 1
        columns = [x for _, points in placed for x, _ in points]
        rows = [y for _, points in placed for _, y in points]
        if not columns:
            return None, (0, 0, 0, 0)
        left, top = max(0, math.floor(min(columns) - reach)), max(0, math.floor(min(rows) - reach))
        right = min(self.size[0], math.ceil(max(columns) + reach))
        bottom = min(self.size[1], math.ceil(max(rows) + reach))
        if right <= left or bottom <= top:
            return None, (0, 0, 0, 0)
        mask = Image.new("L", ((right - left) * OVERSAMPLING, (bottom - top) * OVERSAMPLING))
        pen = ImageDraw.Draw(mask)
        for cut, points in placed:
            fine = [((x - left) * OVERSAMPLING, (y - top) * OVERSAMPLING) for x, y in points]
            _cut(pen, fine, cut.width * self.scale * OVERSAMPLING, 255 if cut.opens else 0)
        return mask.reduce(OVERSAMPLING), (left, top, right, bottom)

    def _placed(self, points: Sequence[Point], shifted: Point) -> Path:
        return [
            ((x + shifted[0]) * self.scale + self._shift[0], (y + shifted[1]) * self.scale + self._shift[1])
            for x, y in points
        ]

    def _filling(self, fill: Fill, bounds: Box) -> Image.Image:
        if not isinstance(fill, Gradient):
            return Image.new("RGB", (bounds[2] - bounds[0], bounds[3] - bounds[1]), fill)
        level = self._roughened(self._samples(fill.field, bounds), bounds, fill.grain)
        scale = [blend(fill.colors, value / 255) for value in range(256)]
        return Image.merge("RGB", [level.point([color[band] for color in scale]) for band in range(3)])

    def _roughened(self, level: Image.Image, bounds: Box, grain: float) -> Image.Image:
        if not grain:
            return level
        noise = self._noise.crop(bounds).point([round(value * grain) for value in range(256)])
        return ImageChops.add(level, noise, 1, -round(128 * grain))

    def _samples(self, value: Field, bounds: Box) -> Image.Image:
        """Return the field over a part of the picture: sampled coarsely, then interpolated."""
        left, top, right, bottom = bounds
        columns, rows = (max(2, -(-length // FIELD_STEP)) for length in (right - left, bottom - top))
        across, down = (right - left) / columns, (bottom - top) / rows
        levels = bytearray()
        for row in range(rows):
            y = (top + (row + 0.5) * down - self._shift[1]) / self.scale
            for column in range(columns):
                x = (left + (column + 0.5) * across - self._shift[0]) / self.scale
                levels.append(round(255 * min(1.0, max(0.0, value(x, y)))))
        coarse = Image.frombytes("L", (columns, rows), bytes(levels))
        return coarse.resize((right - left, bottom - top), Image.Resampling.BICUBIC)


def _cut(pen: ImageDraw.ImageDraw, points: Path, width: float, value: int) -> None:
    if not width:
        pen.polygon(points, fill=value)
        return
    whole = max(1, round(width))
    pen.line(points, fill=value, width=whole)
    radius = (whole - 1) / 2
    for x, y in points:  # Pillow's own joints leave hair-thin gaps in wide lines
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=value)
