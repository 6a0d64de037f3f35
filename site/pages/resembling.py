"""Which pages may have been meant by an address that does not exist."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from urllib.parse import unquote

from django.db.models import Q
from rapidfuzz import fuzz, process, utils
from wagtail.models import Page

from findable.visibility import seen_by_everybody

MOST_CHARACTERS = 200
MOST_WORDS = 8
WORD = re.compile(r"[^\W\d_]{3,}")

BEGINNING = 4
"""So many letters of a word are looked for, so that its end may be mistyped."""

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
    """Return the published pages whose address or title is most like `words`, the likeliest first. One query."""
    beginnings = {word[:BEGINNING] for word in words}
    if not beginnings:
        return []
    holds = reduce(or_, (Q(slug__contains=each) | Q(title__icontains=each) for each in sorted(beginnings)))
    pages = list(
        seen_by_everybody(Page.objects.all())
        .filter(holds, depth__gt=2)
        .order_by("-last_published_at", "pk")[:MOST_CANDIDATES]
    )
    names = [f"{page.slug} {page.title}" for page in pages]
    found = process.extract(
        " ".join(words),
        names,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=MOST,
        score_cutoff=ALIKE,
    )
    return [pages[position] for _name, _score, position in found]
