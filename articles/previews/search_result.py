"""An article as a search engine lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import ArticlePage

TITLE_LENGTH = 60
"""About so many characters of a title are shown (600 pixels, to be exact)."""
DESCRIPTION_LENGTH = 155
"""About so many characters of a description are shown."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A text, of which search engines show `shown` and not `rest`."""

    shown: str
    rest: str
    limit: int

    @property
    def length(self) -> int:
        """How many characters it has in all."""
        return len(self.shown) + len(self.rest)


def cut(text: str, limit: int) -> Cut:
    """Cut `text` before the word that goes beyond `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return Cut(shown=text, rest="", limit=limit)
    shown = text[: limit + 1].rpartition(" ")[0] or text[:limit]
    return Cut(shown=shown, rest=text[len(shown) :], limit=limit)


def title_of(article: ArticlePage) -> Cut:
    """Return the title that `article` gives to search engines."""
    return cut(article.seo_title or article.title, TITLE_LENGTH)


def description_of(article: ArticlePage) -> Cut:
    """Return what `article` tells search engines of itself."""
    return cut(article.short_description, DESCRIPTION_LENGTH)
