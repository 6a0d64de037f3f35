"""The design tokens, read from the stylesheet that defines them, and which colors may stand on which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

TEXT = 4.5
"""Least contrast of text on level AA (WCAG 2.2, 1.4.3)."""
BEST = 7.0
"""Least contrast of text on level AAA (1.4.6)."""
SIGN = 3.0
"""Least contrast of what has to be seen to use a control or to understand a graphic (1.4.11)."""

PAIRS = (
    ("ink", "paper", BEST),
    ("ink", "paper-raised", BEST),
    ("ink", "brand-soft", BEST),
    ("ink", "non-urgent-soft", BEST),
    ("ink", "urgent-soft", BEST),
    ("ink", "emergency-soft", BEST),
    ("ink-soft", "paper", BEST),
    ("ink-soft", "paper-raised", BEST),
    ("ink-soft", "brand-soft", BEST),
    ("brand", "paper", BEST),
    ("brand", "paper-raised", TEXT),
    ("brand", "brand-soft", TEXT),
    ("accent", "paper", BEST),
    ("accent", "paper-raised", BEST),
    ("accent", "brand-soft", BEST),
    ("accent", "non-urgent-soft", BEST),
    ("accent", "urgent-soft", BEST),
    ("accent", "emergency-soft", BEST),
    ("accent-strong", "paper", BEST),
    ("accent-strong", "paper-raised", BEST),
    ("on-action", "action", TEXT),
    ("on-action", "action-strong", BEST),
    ("non-urgent", "non-urgent-soft", TEXT),
    ("on-urgent", "urgent", TEXT),
    ("on-emergency", "emergency", TEXT),
    ("line-strong", "paper", SIGN),
    ("line-strong", "paper-raised", SIGN),
)
"""What stands on what, and how well it must be told apart. `line` alone is missing: it separates and says nothing."""

_SCREEN = re.compile(r":root\s*{(.*?)}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_COLOR = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_REM = re.compile(r"([\d.]+)rem")


@dataclass(frozen=True, kw_only=True)
class Color:
    """A color as `#rrggbb`, in the light and in the dark scheme."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A color in front of another one, and the contrast that the pair must have."""

    front: Color
    back: Color
    least: float

    @property
    def light(self) -> float:
        """The contrast in the light scheme."""
        return contrast(self.front.light, self.back.light)

    @property
    def dark(self) -> float:
        """The contrast in the dark scheme."""
        return contrast(self.front.dark, self.back.dark)


@dataclass(frozen=True, kw_only=True)
class Size:
    """A size of type in pixels, on the smallest and on the largest screen."""

    name: str
    smallest: float
    largest: float


def tokens() -> dict[str, str]:
    """Return the custom properties of the screen by name, without the two hyphens."""
    path = finders.find("css/tokens.css")
    found = _SCREEN.search(Path(path).read_text(encoding="utf-8")) if path else None
    return dict(_TOKEN.findall(found.group(1))) if found else {}


def colors() -> dict[str, Color]:
    """Return the colors by name."""
    found = {name: _COLOR.fullmatch(value) for name, value in tokens().items()}
    return {name: Color(name=name, light=match[1], dark=match[2]) for name, match in found.items() if match}


def pairs() -> list[Pair]:
    """Return the pairs of colors that pages put on each other; raises KeyError for a color that is none."""
    named = colors()
    return [Pair(front=named[front], back=named[back], least=least) for front, back, least in PAIRS]


def sizes() -> list[Size]:
    """Return the scale of type: `clamp()` names its ends first and last."""
    found = {name: _REM.findall(value) for name, value in tokens().items() if name.startswith("size-")}
    return [Size(name=name, smallest=16 * float(rem[0]), largest=16 * float(rem[-1])) for name, rem in found.items()]


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
