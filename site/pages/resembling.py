"""Which pages may have been meant by an address that does not exist."""

from __future__ import annotations

import re
from urllib.parse import unquote

from rapidfuzz import fuzz, process, utils
from wagtail.models import Page

from findable.visibility import seen_by_everybody
from pages.search.finding import index
from pages.search.readable import Readable
from prose.stems import folded_words

MOST_CHARACTERS = 200
MOST_WORDS = 8
WORD = re.compile(r"[^\W\d_]{3,}")

BEGINNING = 4
"""So many letters of a word are looked for, so that its end may be mistyped."""

LAST_CHARACTER = "\U0010ffff"

MOST_CANDIDATES = 200
MOST = 5

ALIKE = 55
"""From this likeness on, of 100, a page is named."""


def words_of(path: str) -> list[str]:
    """Return the words of the last part of `path` that has any, at most `MOST_WORDS`. `path` may be anything."""
    for part in reversed(unquote(path[-MOST_CHARACTERS:]).split("/")):
        if words := WORD.findall(part.lower()):
            return words[:MOST_WORDS]
    return []


def resembling(words: list[str]) -> list[Page]:
    """Return the published pages whose address or title is most like `words`, the likeliest first.

    Asks the search for titles, and the index of slugs for those that begin alike, in one query.
    """
    beginnings = sorted({letters[:BEGINNING] for word in words for letters in folded_words(word)})
    if not beginnings:
        return []
    readable = Readable.now()
    titled = index().titled(tuple(beginnings), readable, every=False, limit=MOST_CANDIDATES)
    first = words[0][:BEGINNING]
    # Of all pages, in the order of their slugs: any other condition would lead past that index.
    alike = Page.objects.filter(slug__gte=first, slug__lt=first + LAST_CHARACTER).order_by("slug")
    alike = Page.objects.filter(pk__in=alike.values("pk")[:MOST_CANDIDATES])
    found = titled.order_by().values("pk").union(alike.order_by().values("pk"))
    pages = [
        page for page in seen_by_everybody(Page.objects.filter(pk__in=found)) if page.content_type_id in readable.kinds
    ]
    names = [f"{page.slug} {page.title}" for page in pages]
    likely = process.extract(
        " ".join(words),
        names,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=MOST,
        score_cutoff=ALIKE,
    )
    return [pages[position] for _name, _score, position in likely]
