"""Words in the form in which they are searched: the same for texts and for what readers ask."""

from __future__ import annotations

import unicodedata
from functools import cache

import snowballstemmer
from django.conf import settings

from prose.words import words

LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "nl": "dutch"}


def folded(text: str) -> str:
    """Return `text` without case, accents and compatibility forms."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order. Hyphens, quotes and operators are no part of words."""
    stemmer = _stemmer(settings.LANGUAGE_CODE)
    return [str(stemmer.stemWord(word)) for word in words(folded(text))]


def search_text(text: str) -> str:
    """Return the stems of `text`, with a space between them."""
    return " ".join(stems(text))


@cache
def _stemmer(language_code: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(LANGUAGES.get(language_code.partition("-")[0], "english"))
