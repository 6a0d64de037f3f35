"""Asking the search index that Wagtail keeps in PostgreSQL (tsvector).

What stands between the quotes of an expression is letters and digits only, so nothing of it can be syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase

# The 1 divides by the logarithm of the length: a long text is not better for being long.
MATCHES = """
SELECT entry.object_id, entry.content_type_id
FROM wagtailsearch_indexentry entry, to_tsquery('simple', %s) asked
WHERE entry.{column} @@ asked AND entry.content_type_id IN ({kinds}) AND entry.object_id IN ({pages})
ORDER BY entry.title @@ asked DESC, ts_rank(entry.{column}, asked, 1) DESC, entry.id DESC
LIMIT %s
"""


def find(groups: Sequence[Group], readable: Readable, *, every: bool, limit: int) -> list[Found]:
    """Return the readable pages that hold a phrase of `every` group, or else of any: by title first, then by rank."""
    asked = (" & " if every else " | ").join(
        "(" + " | ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in group) + ")"
        for group in groups
    )
    return _ask("body", asked, readable, limit)


def find_titles(beginnings: Phrase, readable: Readable, *, limit: int) -> list[Found]:
    """Return the readable pages in whose title a word begins with each of `beginnings`."""
    return _ask("autocomplete", " & ".join(f"'{word}':*" for word in beginnings), readable, limit)


def _ask(column: str, asked: str, readable: Readable, limit: int) -> list[Found]:
    pages, of_pages = readable.keys()
    kinds = ", ".join(["%s"] * len(readable.kinds))
    with connection.cursor() as cursor:
        cursor.execute(
            MATCHES.format(column=column, kinds=kinds, pages=pages), [asked, *readable.kinds, *of_pages, limit]
        )
        return [(int(key), kind) for key, kind in cursor.fetchall()]
