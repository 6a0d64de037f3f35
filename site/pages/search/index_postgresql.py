"""Asking the search index that Wagtail keeps in PostgreSQL (tsvector).

What stands between the quotes of an expression is letters and digits only, so nothing of it can be syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase

MOST_WEIGHED = 1500
"""Of a word that more pages hold, so many are weighed: the newest of those with it in the title, and of all."""

# The 1 divides by the logarithm of the length: a long text is not better for being long.
MATCHES = """
SELECT entry.object_id, entry.content_type_id
FROM to_tsquery('simple', %s) asked, LATERAL (
    (SELECT id FROM wagtailsearch_indexentry WHERE title @@ asked ORDER BY id DESC LIMIT {most})
    UNION (SELECT id FROM wagtailsearch_indexentry WHERE {column} @@ asked ORDER BY id DESC LIMIT {most})
) found
JOIN wagtailsearch_indexentry entry ON entry.id = found.id
WHERE entry.{column} @@ asked AND entry.content_type_id IN ({kinds}) AND {readable}
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


def find_titles(beginnings: Phrase, readable: Readable, *, every: bool = True, limit: int) -> list[Found]:
    """Return the readable pages in whose title a word begins with each of `beginnings`, or else with any."""
    asked = (" & " if every else " | ").join(f"'{word}':*" for word in beginnings)
    return _ask("autocomplete", asked, readable, limit)


def _ask(column: str, asked: str, readable: Readable, limit: int) -> list[Found]:
    condition, values = readable.condition()
    kinds = ", ".join(["%s"] * len(readable.kinds))
    statement = MATCHES.format(column=column, most=MOST_WEIGHED, kinds=kinds, readable=condition)
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked, *readable.kinds, *values, limit])
        return [(int(key), kind) for key, kind in cursor.fetchall()]
