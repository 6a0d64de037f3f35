"""The colors every picture of the demo is mixed from: paper, ink, one brand hue, and two accents."""

from __future__ import annotations

Color = tuple[int, int, int]

PAPER: Color = (244, 238, 224)
CREAM: Color = (251, 247, 237)
SAND: Color = (230, 214, 182)
INK: Color = (34, 47, 49)

TEAL: Color = (37, 94, 89)
DEEP: Color = (21, 62, 63)
SAGE: Color = (120, 157, 142)
MIST: Color = (184, 205, 193)

NIGHT: Color = (18, 38, 51)
DUSK: Color = (60, 97, 113)
FROST: Color = (164, 190, 195)

AMBER: Color = (224, 181, 108)
OCHRE: Color = (199, 147, 66)
BRICK: Color = (164, 83, 61)
CLAY: Color = (209, 151, 122)


def mix(first: Color, second: Color, share: float) -> Color:
    """Return `first` with a `share` (0 to 1) of `second` stirred in."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def blend(colors: tuple[Color, ...], position: float) -> Color:
    """Return the color at `position` (0 to 1) on an even scale of `colors`."""
    place = min(max(position, 0.0), 1.0) * (len(colors) - 1)
    index = min(int(place), len(colors) - 2)
    return mix(colors[index], colors[index + 1], place - index)
