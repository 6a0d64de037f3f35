"""Motifs of the open air and the table: moon, hills, steam."""

from __future__ import annotations

import math
from random import Random

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Field, Gradient, glow, linear
from demo.drawing.geometry import Path, Point, beside, ellipse, ribbon, smooth
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
    blend,
    mix,
)


def moon(size: tuple[int, int], seed: str) -> Image:
    """Draw a pale moon, low over a dark horizon, with thin rings of light around it."""
    sky = Gradient((NIGHT, mix(NIGHT, DEEP, 0.8), DUSK, FROST), linear((0, -60), (0, 980)), grain=0.08)
    canvas = Canvas(size, seed, sky)
    center = (canvas.random.uniform(900, 1080), canvas.random.uniform(540, 580))
    canvas.veil(CREAM, lambda x, y: 0.5 * glow(center, 760)(x, y), grain=0.03)
    radius = 118.0
    for ring in range(1, 10):
        around = ellipse(center, radius + 26 * ring + 3.2 * ring * ring)
        canvas.line(around, 3.2 - ring * 0.16, CREAM, 0.62 - ring * 0.055)
    disk = Stencil().disk(center, radius)
    canvas.shadow(disk, offset=(0, 0), blur=34, strength=0.75, color=CREAM)
    canvas.paint(disk, Gradient((CREAM, CREAM, SAND, mix(SAND, FROST, 0.6)), _lit(center, radius), grain=0.16))
    for row, (height, color) in enumerate(((760, mix(DUSK, DEEP, 0.45)), (838, DEEP), (915, NIGHT))):
        land = shape(_ridge(canvas.random, height, 46 - row * 8))
        canvas.paint(land, Gradient((mix(color, FROST, 0.16), color, NIGHT), linear((0, height - 60), (0, 1080)), 0.1))
    return canvas.finish()


def hills(size: tuple[int, int], seed: str) -> Image:
    """Draw rounded hills, one behind the other, each a little fainter than the last."""
    air = Gradient((CREAM, PAPER, mix(SAND, AMBER, 0.35), mix(PAPER, CLAY, 0.35)), linear((0, 0), (0, 640)), grain=0.06)
    canvas = Canvas(size, seed, air)
    sun = (canvas.random.uniform(1010, 1260), 268.0)
    canvas.veil(CREAM, lambda x, y: 0.8 * glow(sun, 520)(x, y), grain=0.03)
    canvas.paint(Stencil().disk(sun, 84), Gradient((mix(AMBER, CREAM, 0.45), AMBER), _lit(sun, 84), grain=0.16))
    scale = (mix(MIST, PAPER, 0.55), MIST, SAGE, mix(SAGE, TEAL, 0.55), TEAL, DEEP)
    rows = 7
    for row in range(rows):
        near = row / (rows - 1)
        height = 470 + 500 * near**1.05
        color = blend(scale, near)
        hill = shape(_domes(canvas.random, height, 130 + 60 * near))
        canvas.shadow(hill, offset=(0, -8), blur=26, strength=0.05 + 0.2 * near, color=DEEP)
        lit = mix(color, AMBER, 0.22)
        fill = Gradient((lit, color, mix(color, PAPER, 0.34)), linear((0, height - 190), (0, height + 150)), grain=0.2)
        canvas.paint(hill, fill)
    return canvas.finish()


def steam(size: tuple[int, int], seed: str) -> Image:
    """Draw steam that rises in slender curls from a wide, shallow bowl."""
    wall = Gradient((DEEP, TEAL, mix(TEAL, SAGE, 0.6)), linear((0, 0), (0, 900)), grain=0.08)
    canvas = Canvas(size, seed, wall)
    canvas.veil(CREAM, lambda x, y: 0.42 * glow((800, 560), 720)(x, y), grain=0.04)
    table = shape([(0, 782), (1600, 782), (1600, 1000), (0, 1000)])
    canvas.paint(
        table,
        Gradient((mix(OCHRE, SAND, 0.35), OCHRE, mix(OCHRE, BRICK, 0.7)), linear((0, 770), (0, 1040)), 0.14),
    )
    rim = ellipse((800, 668), 430, 50)
    body = smooth([(370, 668), (408, 748), (520, 826), (680, 862), (920, 862), (1080, 826), (1192, 748), (1230, 668)])
    foot = shape([(690, 850), (910, 850), (934, 890), (666, 890)])
    canvas.shadow(shape(ellipse((830, 886), 400, 34)), offset=(0, 8), blur=26, strength=0.6)
    canvas.paint(foot, Gradient((BRICK, mix(BRICK, INK, 0.5)), linear((660, 0), (940, 0)), grain=0.12))
    glaze = Gradient(
        (mix(BRICK, CLAY, 0.75), BRICK, mix(BRICK, INK, 0.45)), linear((420, 640), (1120, 900)), grain=0.16
    )
    canvas.paint(shape(body), glaze)
    canvas.paint(shape(rim), mix(CLAY, CREAM, 0.45))
    canvas.paint(shape(ellipse((800, 670), 414, 42)), mix(BRICK, INK, 0.35))
    broth = Gradient((AMBER, mix(AMBER, CREAM, 0.5), OCHRE), linear((420, 650), (1180, 700)), grain=0.1)
    canvas.paint(shape(ellipse((800, 676), 392, 34)), broth)
    for rank, start in enumerate((560, 680, 800, 920, 1040)):
        _curl(canvas, start, rank)
    return canvas.finish()


def _lit(center: Point, radius: float) -> Field:
    """Return a field over a round thing that is lit from the upper left."""
    x, y = center
    return linear((x - radius, y - radius), (x + radius, y + radius))


def _ridge(random: Random, height: float, swing: float) -> Path:
    """Return land with a long, low outline, down to the lower edge of the scene."""
    waves = [(random.uniform(0.6, 1.9), random.uniform(0, math.tau), swing / (number + 1)) for number in range(3)]
    crest = [
        (
            x,
            height + sum(tall * math.sin(x / 1600 * math.tau * pace + phase) for pace, phase, tall in waves) * 0.5,
        )
        for x in range(-20, 1641, 20)
    ]
    return [*crest, (1640, 1040), (-20, 1040)]


def _domes(random: Random, height: float, swell: float) -> Path:
    """Return land of broad, rounded hills that pass softly into one another."""
    tops = []
    place = random.uniform(-260, 60)
    while place < 1860:
        tops.append((place, random.uniform(230, 330), random.uniform(0.55, 1.25) * swell))
        place += random.uniform(400, 620)
    crest: Path = []
    for x in range(-20, 1641, 16):
        rise = sum((tall * math.exp(-(((x - top) / wide) ** 2))) ** 3 for top, wide, tall in tops) ** (1 / 3)
        crest.append((x, height - rise))
    return [*crest, (1640, 1040), (-20, 1040)]


def _curl(canvas: Canvas, start: float, rank: int) -> None:
    """Draw one curl of steam that rises from `start` on the broth: a broad veil and a fine edge of light."""
    random = canvas.random
    height = (400, 520, 590, 500, 420)[rank] * random.uniform(0.94, 1.05)
    phase = rank * 2.4 + random.uniform(-0.5, 0.5)
    path: Path = []
    for step in range(91):
        share = step / 90
        sway = (18 + 66 * share) * math.sin(share * 7.4 + phase) * min(1.0, share * 4)
        path.append((start + sway + (start - 800) * 0.25 * share, 684 - height * share))

    def half_width(share: float) -> float:
        return 1 + 19 * math.sin(math.pi * share) * math.sin(share * 7.4 + phase - 0.9)

    outline = shape(ribbon(path, half_width))

    def strength(_x: float, y: float) -> float:
        share = (684 - y) / height
        return 0.92 * min(1.0, share * 5) * min(1.0, 2.6 * max(0.0, 1 - share))

    canvas.shadow(outline, offset=(0, 0), blur=18, strength=0.3, color=CREAM)
    canvas.paint(outline, CREAM, lambda x, y: 0.62 * strength(x, y))
    canvas.line(beside(path, half_width), 3.4, CREAM, strength)
