"""Which font can write a text. None is delivered with the site: there are those of the system, and Pillow's own."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont, features

Font = ImageFont.FreeTypeFont

SYSTEM_FONTS = (
    "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf",
    "/usr/share/fonts/noto/NotoSerif-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf",
    "/usr/share/fonts/dejavu-serif-fonts/DejaVuSerif-Bold.ttf",
    "/System/Library/Fonts/Supplemental/Georgia Bold.ttf",
    "C:/Windows/Fonts/georgiab.ttf",
    "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifHebrew-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifDevanagari-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifThai-Bold.ttf",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
)
"""Where systems keep serif fonts, in the order of our liking, then those of further scripts."""

BUILT_IN = ""
"""Stands for the font that Pillow brings along: a sans of the Latin script."""

NO_CHARACTER = "\U0010ffff"
"""What no font has: it is drawn as the sign for a missing character."""


@cache
def font(path: str, size: int) -> Font:
    """Return the font at `path` in so many pixels."""
    if path != BUILT_IN:
        return ImageFont.truetype(path, size)
    found = ImageFont.load_default(size)
    # Without FreeType Pillow has only a font of fixed size, and Wagtail would not run.
    assert isinstance(found, Font)  # noqa: S101
    return found


@cache
def paths() -> tuple[str, ...]:
    """Return the paths of the fonts that there are: `SOCIAL_CARD_FONT`, the system's, and the built-in one."""
    candidates = (settings.SOCIAL_CARD_FONT, *SYSTEM_FONTS)
    return (*(path for path in candidates if path and Path(path).is_file()), BUILT_IN)


def path_for(text: str) -> str:
    """Return the path of the first font that writes as much of `text` as any; symbols and emoji may be lost."""
    words = "".join(character for character in text if unicodedata.category(character)[0] in "LMNP")
    return max(paths(), key=lambda path: len(writable(words, path)))


def writable(text: str, path: str) -> str:
    """Return `text` without the characters that the font at `path` does not have; a dash becomes a hyphen first."""
    dashed = "".join("-" if _is_dash(each) and not _has(path, each) else each for each in text)
    return "".join(character for character in dashed if _has(path, character))


def spells(text: str, path: str) -> bool:
    """Return whether the font at `path` has every letter and digit of `text`: a name without one would be wrong."""
    return all(_has(path, character) for character in text if unicodedata.category(character)[0] in "LMN")


def is_right_to_left(text: str) -> bool:
    """Return whether `text` runs from right to left: whether its first letter of a direction does (UAX #9, P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((found for found in directions if found in ("L", "R", "AL")), "L") != "L"


@cache
def shapes_scripts() -> bool:
    """Return whether Pillow can join letters and turn directions (the library Raqm)."""
    return bool(features.check("raqm"))


def _is_dash(character: str) -> bool:
    return unicodedata.category(character) == "Pd"


@cache
def _has(path: str, character: str) -> bool:
    if character.isspace() or unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
        return True
    drawn, missing = (font(path, 24).getmask(each) for each in (character, NO_CHARACTER))
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))
