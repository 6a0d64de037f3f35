"""Text as it is searched: without case, accents and disguises."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return what `character` is searched as: small, without accents."""
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def fold(text: str) -> str:
    """Return `text` as it is searched and compared, with single spaces."""
    return " ".join("".join(map(fold_character, text)).split())
