"""Asking the search index that Wagtail keeps in SQLite (FTS5).

The questions are written by hand: Wagtail's own would search the index once for every page that it finds.
What stands between the quotes of an expression is letters and digits only, so nothing of it can be syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase

# The weights of bm25 are those of the columns in the order of the table: autocomplete, body, title.
MATCHES = """
SELECT entry.object_id, entry.content_type_id
FROM wagtailsearch_indexentry_fts
JOIN wagtailsearch_indexentry entry ON entry.id = wagtailsearch_indexentry_fts.rowid
WHERE wagtailsearch_indexentry_fts MATCH %s
    AND entry.content_type_id IN ({kinds}) AND entry.object_id IN ({pages})
ORDER BY
    entry.id IN (SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s) DESC,
    bm25(wagtailsearch_indexentry_fts, 0.0, 1.0, 5.0),
    entry.id DESC
LIMIT %s
"""


def find(groups: Sequence[Group], readable: Readable, *, every: bool, limit: int) -> list[Found]:
    """Return the readable pages that hold a phrase of `every` group, or else of any: by title first, then by rank."""
    asked = (" AND " if every else " OR ").join(
        "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in group) + ")" for group in groups
    )
    return _ask(f"{{body}} : ({asked})", f"{{title}} : ({asked})", readable, limit)


def find_titles(beginnings: Phrase, readable: Readable, *, limit: int) -> list[Found]:
    """Return the readable pages in whose title a word begins with each of `beginnings`."""
    asked = "{autocomplete} : (" + " AND ".join(f'"{word}"*' for word in beginnings) + ")"
    return _ask(asked, asked, readable, limit)


def _ask(asked: str, preferred: str, readable: Readable, limit: int) -> list[Found]:
    pages, of_pages = readable.keys()
    kinds = ", ".join(["%s"] * len(readable.kinds))
    with connection.cursor() as cursor:
        cursor.execute(MATCHES.format(kinds=kinds, pages=pages), [asked, *readable.kinds, *of_pages, preferred, limit])
        return [(int(key), kind) for key, kind in cursor.fetchall()]
