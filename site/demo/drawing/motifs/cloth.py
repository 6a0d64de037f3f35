"""Motifs of bands and lines: arcs, waves, threads."""

from __future__ import annotations

import math
from random import Random

from PIL.Image import Image

from demo.drawing.canvas import Canvas, Stencil, shape
from demo.drawing.fills import Field, Gradient, radial
from demo.drawing.geometry import Path, beside, smooth
from demo.drawing.palette import (
    AMBER,
    BRICK,
    CLAY,
    CREAM,
    DEEP,
    DUSK,
    INK,
    NIGHT,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    TEAL,
    blend,
    mix,
)


def arcs(size: tuple[int, int], seed: str) -> Image:
    """Draw wide, quiet arcs of color that darken from amber to deep blue."""
    scale = (
        mix(AMBER, CREAM, 0.5),
        AMBER,
        OCHRE,
        mix(OCHRE, BRICK, 0.7),
        mix(BRICK, NIGHT, 0.5),
        mix(DUSK, NIGHT, 0.25),
        DEEP,
        NIGHT,
    )
    canvas = Canvas(size, seed, NIGHT)
    center = (canvas.random.uniform(420, 640), 1040.0)
    radii = [150.0]
    while radii[-1] < 1320:
        radii.append(radii[-1] + canvas.random.uniform(112, 150))
    for rank in range(len(radii) - 1, -1, -1):
        radius = radii[rank]
        color = blend(scale, rank / (len(radii) - 1))
        arc = Stencil().disk(center, radius)
        canvas.shadow(arc, offset=(0, 0), blur=24, strength=0.34)
        edge = mix(color, CREAM, 0.2)
        canvas.paint(arc, Gradient((mix(color, NIGHT, 0.22), color, edge), _band(center, radius - 150, radius), 0.18))
    return canvas.finish()


def _band(center: tuple[float, float], inner: float, outer: float) -> Field:
    return lambda x, y: (math.hypot(x - center[0], y - center[1]) - inner) / (outer - inner)


def waves(size: tuple[int, int], seed: str) -> Image:
    """Draw soft waves of warm color that turn cool blue toward the edges."""
    canvas = Canvas(size, seed, DUSK)
    warmth = (
        mix(AMBER, CREAM, 0.35),
        AMBER,
        CLAY,
        mix(CLAY, BRICK, 0.45),
        mix(DUSK, CLAY, 0.45),
        DUSK,
        mix(DUSK, NIGHT, 0.6),
    )
    distance = radial((800, 500), 860, flatness=1.5)
    rows = 13
    phase, pace = canvas.random.uniform(0, math.tau), canvas.random.uniform(1.15, 1.5)
    for row in range(rows):
        height = -70 + row * 88
        crest: Path = []
        for x in range(-20, 1641, 20):
            turn = x / 1600 * math.tau * pace + phase + row * 0.42
            crest.append((x, height + 46 * math.sin(turn) + 20 * math.sin(turn * 1.9 + row)))
        band = shape([*crest, (1640, 1040), (-20, 1040)])
        canvas.shadow(band, offset=(0, -6), blur=22, strength=0.26)
        tone = 0.05 if row % 2 else -0.05
        canvas.paint(band, Gradient(warmth, _shifted(distance, tone, height), grain=0.12))
    return canvas.finish()


def _shifted(field: Field, tone: float, height: float) -> Field:
    """Return `field` a tone deeper, and darker still just below the crest of the next band."""
    return lambda x, y: field(x, y) + tone + 0.07 * max(0.0, (y - height) / 88 - 0.2)


STRANDS = (TEAL, DEEP, OCHRE, TEAL, SAGE, BRICK, DEEP, CLAY, TEAL)
PITCH = 11.0
KNOT = (800.0, 420.0)
TAIL = 54  # points of the line, at each end, that lie outside the knot


def threads(size: tuple[int, int], seed: str) -> Image:
    """Draw long parallel threads that draw together into a tight knot and then run loose again."""
    ground = Gradient((CREAM, PAPER, mix(SAND, PAPER, 0.3)), radial((700, 420), 1050), grain=0.06)
    canvas = Canvas(size, seed, ground)
    spine, heights = _knot()
    strands = [_strand(canvas.random, spine, number) for number in range(len(STRANDS))]
    whole = Stencil()
    for strand in strands:
        whole.line(strand, 10)
    canvas.shadow(whole, offset=(6, 16), blur=18, strength=0.28)
    for over in (False, True):
        for start, end in _stretches(heights, over=over):
            if over:  # what it passes above lies in its shade
                inner = slice(max(start + 8, TAIL), min(end - 8, len(spine) - TAIL))
                under = Stencil().line(spine[inner], PITCH * len(STRANDS))
                canvas.shadow(under, offset=(0, 3), blur=10, strength=0.5)
            for strand, color in zip(strands, STRANDS, strict=True):
                canvas.line(strand[start:end], PITCH, mix(color, INK, 0.4))
                part = strand[max(0, start - 3) : end + 3]  # beyond the outline's round ends, so that no seam shows
                canvas.line(beside(part, lambda _share: 0.8), PITCH * 0.66, mix(color, PAPER, 0.08))
                canvas.line(beside(part, lambda _share: 2.0), PITCH * 0.16, mix(color, CREAM, 0.45))
    return canvas.finish()


def _knot() -> tuple[Path, list[float]]:
    """Return a line with an overhand knot in its middle, and how high each of its points lies.

    The knot is a trefoil, open below: where its height is above zero it passes over, where below, under.
    """
    steps, opening = 48, 0.76
    turns = [math.pi + opening + (math.tau - 2 * opening) * step / steps for step in range(steps + 1)]
    middle = [
        (
            KNOT[0] + 112 * (math.sin(turn) + 2 * math.sin(2 * turn)),
            KNOT[1] - 92 * (math.cos(turn) - 2 * math.cos(2 * turn)),
        )
        for turn in turns
    ]
    right = [
        (1720.0, 608.0),
        (1600.0, 610.0),
        (1480.0, 622.0),
        (1360.0, 648.0),
        (1245.0, 678.0),
        (1140.0, 688.0),
    ]
    right += [(1050.0, 664.0), (985.0, 606.0)]
    left = [(2 * KNOT[0] - x, y) for x, y in reversed(right)]
    line = smooth([*right, *middle, *left], steps=6)
    heights = [math.sin(3 * turn) for turn in turns]
    coarse = [heights[0]] * len(right) + heights + [heights[-1]] * len(left)
    return line, [coarse[index // 6] for index in range(len(line))]


def _strand(random: Random, spine: Path, number: int) -> Path:
    """Return one thread beside the spine: close to the others in the knot, loose and wandering outside."""
    rank = number - (len(STRANDS) - 1) / 2
    waves = [(random.uniform(0, math.tau), random.uniform(7, 12)) for _ in range(2)]

    def away(share: float) -> float:
        loose = max(0.0, abs(share - 0.5) - 0.385) / 0.115
        phase, pace = waves[share > 0.5]
        return PITCH * rank * (1 + 5.6 * loose**1.4) + 24 * loose**2 * math.sin(phase + share * math.tau * pace)

    return beside(spine, away)


def _stretches(heights: list[float], *, over: bool) -> list[tuple[int, int]]:
    """Return where the line runs over (or under) itself, as slices that overlap a little."""
    stretches: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(heights) + 1):
        if index == len(heights) or (heights[index] > 0) != (heights[start] > 0):
            if (heights[start] > 0) == over:
                stretches.append((max(0, start - 1), index + 2))
            start = index
    return stretches
