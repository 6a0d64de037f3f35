"""Asking the search index that Wagtail keeps in PostgreSQL (tsvector).

What stands between the quotes of an expression is letters and digits only, so nothing of it can be syntax.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from wagtail.models import Page, PageQuerySet

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase

MOST_WEIGHED = 1500
"""Of a word that more pages hold, so many are weighed: the newest of those with it in the title, and of all."""

# The 1 divides by the logarithm of the length: a long text is not better for being long.
MATCHES = """
SELECT {columns}
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
    with connection.cursor() as cursor:
        cursor.execute(*_statement("entry.object_id, entry.content_type_id", "body", asked, readable, limit))
        return [(int(key), kind) for key, kind in cursor.fetchall()]


def titled(beginnings: Phrase, readable: Readable, *, every: bool = True, limit: int) -> PageQuerySet:
    """Return the readable pages in whose title a word begins with each of `beginnings`, or else with any."""
    asked = (" & " if every else " | ").join(f"'{word}':*" for word in beginnings)
    statement, values = _statement("CAST(entry.object_id AS integer)", "autocomplete", asked, readable, limit)
    return Page.objects.filter(pk__in=RawSQL(statement, values))  # noqa: S611  # our own words


def _statement(columns: str, column: str, asked: str, readable: Readable, limit: int) -> tuple[str, list[Any]]:
    condition, values = readable.condition()
    kinds = ", ".join(["%s"] * len(readable.kinds))
    statement = MATCHES.format(columns=columns, column=column, most=MOST_WEIGHED, kinds=kinds, readable=condition)
    return statement, [asked, *readable.kinds, *values, limit]
