"""Text as it is searched: without case, accents and disguises."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ratings.wording import INVISIBLE

LATIN = frozenset(string.ascii_letters)
LETTER_SIGNS = range(0x1F150, 0x1F18A)
"""White letters on black disks and squares. Unicode decomposes all other letters that are signs."""


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return what `character` is searched as: small, Latin where it looks so, "" where nobody sees it.

    Plain Latin letters stay themselves. Case makes no difference in any script, so that a capital letter goes where the
    small one does, whatever it looks like itself.
    """
    if character.isascii():
        return character.lower()
    folded, before = character, ""
    while folded != before:
        before = folded
        parts = unicodedata.normalize("NFKD", folded.casefold())
        folded = "".join(_plain(part) for part in parts if not unicodedata.combining(part))
    return INVISIBLE.sub("", folded)


def fold(text: str) -> str:
    """Return `text` as it is searched and compared, with single spaces. Folding it again changes nothing."""
    return " ".join("".join(map(fold_character, text)).split())


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A folded text that knows where each of its characters stood before."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """For each character of `text`: where in the original begins what it came from, and where that ends."""

    @classmethod
    def of(cls, text: str) -> Folded:
        """Return `text` folded as by `fold`. Accents and invisible characters go with what stands before them."""
        folded: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for place, character in enumerate(text):
            for part in fold_character(character) or [""]:
                is_space = part.isspace()
                if part and not (is_space and (not folded or folded[-1] == " ")):
                    folded.append(" " if is_space else part)
                    starts.append(place)
                    ends.append(place + 1)
                elif ends:
                    ends[-1] = place + 1
        last = len(folded) - (folded[-1:] == [" "])
        return cls(text="".join(folded[:last]), starts=tuple(starts[:last]), ends=tuple(ends[:last]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original the characters `start` to before `end` of the folded text stand."""
        return self.starts[start], self.ends[end - 1]


def _plain(character: str) -> str:
    """Return the Latin letter or the digit that `character`, small and decomposed, looks like or means; else itself."""
    if character.isascii():
        return character
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    name = unicodedata.name(character, "")
    if ord(character) in LETTER_SIGNS or name.startswith("LATIN LETTER SMALL CAPITAL "):
        letter = name.split()[-1].lower()
        return letter if letter in LATIN else character
    # Letters that run the other way cannot stand unnoticed in a Latin word.
    if not character.isalpha() or unicodedata.bidirectional(character) in ("R", "AL"):
        return character
    return _lookalike(character) or _lookalike(character.upper()) or character


def _lookalike(character: str) -> str:
    """Return the Latin letters that `character` looks like (UTS #39, section 4), small, or ""."""
    # Read when the first foreign letter comes: the data take a moment.
    from confusable_homoglyphs.confusables import confusables_data

    for homoglyph in confusables_data.get(character, ()):
        letters = [each for each in unicodedata.normalize("NFKD", homoglyph["c"]) if not unicodedata.combining(each)]
        if letters and LATIN.issuperset(letters):
            return "".join(letters).lower()
    return ""
