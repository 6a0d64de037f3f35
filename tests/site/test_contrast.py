"""Every pair of colors that the pages put on each other can be read, in the light and in the dark scheme (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "site" / "static" / "css" / "tokens.css"
COLOR = re.compile(r"^\s*--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);$", re.MULTILINE)
COLORS = {name: {"light": light, "dark": dark} for name, light, dark in COLOR.findall(TOKENS.read_text())}

TEXT = 4.5
"""Least contrast of text (1.4.3)."""
SIGN = 3.0
"""Least contrast of what has to be seen to use a control or to understand a graphic (1.4.11)."""

PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "paper-raised", TEXT),
    ("ink", "brand-soft", TEXT),
    ("ink", "non-urgent-soft", TEXT),
    ("ink", "urgent-soft", TEXT),
    ("ink", "emergency-soft", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "paper-raised", TEXT),
    ("ink-soft", "brand-soft", TEXT),
    ("brand", "paper", TEXT),
    ("brand", "paper-raised", TEXT),
    ("brand", "brand-soft", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "paper-raised", TEXT),
    ("accent", "brand-soft", TEXT),
    ("accent", "non-urgent-soft", TEXT),
    ("accent", "urgent-soft", TEXT),
    ("accent", "emergency-soft", TEXT),
    ("accent-strong", "paper", TEXT),
    ("accent-strong", "paper-raised", TEXT),
    ("on-action", "action", TEXT),
    ("on-action", "action-strong", TEXT),
    ("non-urgent", "non-urgent-soft", TEXT),
    ("on-urgent", "urgent", TEXT),
    ("on-emergency", "emergency", TEXT),
    ("line-strong", "paper", SIGN),
    ("line-strong", "paper-raised", SIGN),
]
"""What stands on what, and how well it must be told apart. `line` alone is missing: it separates and says nothing."""


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb` as WCAG defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pair_can_be_told_apart(front, back, least, scheme):
    found = contrast(COLORS[front][scheme], COLORS[back][scheme])

    assert found >= least, f"{front} on {back} in the {scheme} scheme has {found:.2f}, not {least}"


def test_every_color_stands_in_a_pair():
    used = {name for front, back, _ in PAIRS for name in (front, back)}

    assert set(COLORS) - used == {"line"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_never_pure_white_and_ink_never_pure_black(scheme):
    assert {COLORS["paper"][scheme], COLORS["ink"][scheme]}.isdisjoint({"#000000", "#ffffff"})
