"""Labels: a few words before a colon that say what the rest of the line is ("Pro tip: …")."""

import re
from dataclasses import dataclass

from articles.exchange.lines import Line


def one_of(*alternatives: str) -> str:
    """Return a regular expression that matches any of `alternatives`, each of them one too."""
    return f"(?:{'|'.join(alternatives)})"


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Return the compiled `one_of(*alternatives)`; case does not matter."""
    return re.compile(one_of(*alternatives), re.IGNORECASE)


MARKS_BEFORE = r"(?:[^\w\s\"“”„«»‹›‘’'(\[<|]|_|\s){0,12}"
"""Emoji, Markdown's `#` and `>`, and emphasis: what may stand before a label."""
MARKS = r"[*_]{0,2}"
COLON = rf"(?:{MARKS}\s?[:：]|{MARKS}\s[–—-]{{1,2}}(?=\s)){MARKS}\s*"
"""A colon or a dash, perhaps with the end of the label's emphasis before or behind it."""


@dataclass(frozen=True)
class Labelled:
    """A line that starts with a label: the label as written, the name in it, and the rest of the line."""

    label: str
    name: str
    rest: str


class Label:
    """A label that goes by any of several names."""

    def __init__(self, *names: str, colon: str = COLON) -> None:
        """`names` and `colon` are regular expressions; case does not matter."""
        name = one_of(*names)
        self._start = re.compile(rf"(?P<label>{MARKS_BEFORE}(?P<name>{name}){colon})", re.IGNORECASE)
        self._whole = re.compile(rf"{name}[.!?]?", re.IGNORECASE)

    def read(self, line: Line) -> Labelled | None:
        """Return the parts of `line` if it starts with this label and is no list item."""
        return None if line.item else self.read_text(line.plain)

    def read_text(self, text: str) -> Labelled | None:
        """Return the parts of `text` if it starts with this label."""
        match = self._start.match(text)
        return Labelled(label=match["label"], name=match["name"], rest=text[match.end() :]) if match else None

    def is_all_of(self, line: Line) -> bool:
        """Whether `line` says nothing but this label, perhaps behind an emoji."""
        return not line.bulleted and self._whole.fullmatch(line.title) is not None
