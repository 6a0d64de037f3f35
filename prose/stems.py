"""Words in the form in which they are searched: the same for texts and for what readers ask."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import snowballstemmer
from django.conf import settings

from prose.words import words

LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "nl": "dutch"}

MOST_CHARACTERS = 300_000
"""So much of a text is searched: PostgreSQL refuses to keep the words of a text that is much longer."""

LONGEST_WORD = 50
"""Letters by which words are told apart. Databases refuse words without end."""

POSSESSIVE = re.compile(r"(?<=[^\W_])['’ʼ]s\b")
"""Crohn’s disease is asked for as “crohns”, “crohn's” and “crohn”."""

SMALL_ENGLISH_WORDS = """
a about after all an and any are as at be been before but by can could did do does for from get had has have how i if in
into is it its may me more most my near no not of on or our should so some than that the their them then there these
they this to up us was we were what when where which who why will with would you your
"""

SMALL_WORDS = {"en": frozenset(SMALL_ENGLISH_WORDS.split())}
"""Words that stand on nearly every page, by language. Other languages have none: each of their words has to match."""


def folded(text: str) -> str:
    """Return `text` without case, accents and compatibility forms."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, folded, in order. Hyphens, quotes and operators are no part of words."""
    return words(POSSESSIVE.sub("", folded(text)))


def stem(word: str) -> str:
    """Return the stem of a folded word in the language of the site."""
    return _stem(settings.LANGUAGE_CODE, word)


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order."""
    return [stem(word) for word in folded_words(text)]


def search_text(text: str) -> str:
    """Return the stems of `text`, with a space between them."""
    return " ".join(stems(text[:MOST_CHARACTERS]))


def is_small(word: str) -> bool:
    """Return whether a folded word stands on nearly every page, so that it tells nothing about what is sought."""
    return word in SMALL_WORDS.get(settings.LANGUAGE_CODE.partition("-")[0], frozenset())


@lru_cache(maxsize=50_000)
def _stem(language_code: str, word: str) -> str:
    return str(_stemmer(language_code).stemWord(word))[:LONGEST_WORD]


@cache
def _stemmer(language_code: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(LANGUAGES.get(language_code.partition("-")[0], "english"))
