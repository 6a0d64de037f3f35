"""What a reader asks, as it came in the address, within bounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlencode

from prose.stems import folded_words

MOST_CHARACTERS = 200
MOST_WORDS = 12

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows, beyond the question itself."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question: `text` as the reader sees it again, and the id of a topic and the name of a kind, if chosen.

    `is_cut` says that the reader asked for more than is searched.
    """

    text: str
    is_cut: bool = False
    topic: str = ""
    kind: str = ""

    @classmethod
    def of(cls, text: str, *, topic: str = "", kind: str = "") -> Question:
        """Return the question for what was typed, of any length and with any characters."""
        shown = shown_text(text[: MOST_CHARACTERS * 10])
        is_cut = len(text) > MOST_CHARACTERS * 10 or len(shown) > MOST_CHARACTERS
        shown = shown[:MOST_CHARACTERS]
        return cls(text=shown, is_cut=is_cut or len(folded_words(shown)) > MOST_WORDS, topic=topic, kind=kind)

    @property
    def words(self) -> list[str]:
        """The words to look for, folded, small ones among them."""
        return folded_words(self.text)[:MOST_WORDS]

    def address(self, **changes: str) -> str:
        """Return the query of the same question with `changes` (q, topic, kind, page), from its “?” on."""
        parameters = {"q": self.text, "topic": self.topic, "kind": self.kind} | changes
        return "?" + urlencode({name: value for name, value in parameters.items() if value})


def shown_text(text: str) -> str:
    """Return `text` on one line, without what no page can show."""
    visible = (" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in TURNS.sub("", text))
    return " ".join("".join(visible).split())
