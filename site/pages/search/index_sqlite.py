"""Asking the search index that Wagtail keeps in SQLite (FTS5).

The questions are written by hand: Wagtail's own would search the index once for every page that it finds.
What stands between the quotes of an expression is letters and digits only, so nothing of it can be syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL
from wagtail.models import Page, PageQuerySet

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase

MOST_WEIGHED = 1500
"""Of a word that more pages hold, so many are weighed: the newest of those with it in the title, and of all."""

NEWEST = """
SELECT rowid AS id, {preferred} AS is_preferred, bm25(wagtailsearch_indexentry_fts, {weights}) AS score
FROM wagtailsearch_indexentry_fts
WHERE wagtailsearch_indexentry_fts MATCH %s AND rowid > ifnull((
    SELECT rowid FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH %s
    ORDER BY rowid DESC LIMIT 1 OFFSET {most}
), 0)
"""
# The weights of bm25 are those of the columns in the order of the table: autocomplete, body, title. What asks of titles
# as they are typed looks into the first alone.
WEIGHTS = "1.0, 1.0, 5.0"

MATCHES = f"""
SELECT entry.object_id, entry.content_type_id
FROM ({NEWEST.format(preferred=1, weights=WEIGHTS, most=MOST_WEIGHED)}
    UNION ALL {NEWEST.format(preferred=0, weights=WEIGHTS, most=MOST_WEIGHED)}) found
JOIN wagtailsearch_indexentry entry ON entry.id = found.id
WHERE entry.content_type_id IN ({{kinds}}) AND {{readable}}
GROUP BY entry.id
ORDER BY max(found.is_preferred) DESC, min(found.score), entry.id DESC
LIMIT %s
"""  # noqa: S608  # our own words

BEST = NEWEST.format(preferred=0, weights=WEIGHTS, most=MOST_WEIGHED)

TITLED = f"""
SELECT CAST(entry.object_id AS integer)
FROM ({BEST}) found
JOIN wagtailsearch_indexentry entry ON entry.id = found.id
WHERE entry.content_type_id IN ({{kinds}}) AND {{readable}}
ORDER BY found.score, entry.id DESC
LIMIT %s
"""  # noqa: S608  # the same

ENTRIES = f"""
SELECT entry.object_id, found.score
FROM ({BEST}) found
JOIN wagtailsearch_indexentry entry ON entry.id = found.id
WHERE entry.content_type_id IN ({{kinds}})
ORDER BY found.score, entry.id DESC
LIMIT %s
"""  # noqa: S608  # the same


def find(groups: Sequence[Group], readable: Readable, *, every: bool, limit: int) -> list[Found]:
    """Return the readable pages that hold a phrase of `every` group, or else of any: by title first, then by rank."""
    asked = (" AND " if every else " OR ").join(
        "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in group) + ")" for group in groups
    )
    return _ask(f"{{body}} : ({asked})", f"{{title}} : ({asked})", readable, limit)


def titled(beginnings: Phrase, readable: Readable, *, every: bool = True, limit: int) -> PageQuerySet:
    """Return the readable pages in whose title a word begins with each of `beginnings`, or else with any."""
    asked = "{autocomplete} : (" + (" AND " if every else " OR ").join(f'"{word}"*' for word in beginnings) + ")"
    condition, values = readable.condition()
    statement = TITLED.format(kinds=", ".join(["%s"] * len(readable.kinds)), readable=condition)
    found = RawSQL(statement, (asked, asked, *readable.kinds, *values, limit))  # noqa: S611  # our own words
    return Page.objects.filter(pk__in=found)


def best_entries(asked: str, kinds: Sequence[int], *, limit: int) -> dict[str, float]:
    """Return the keys of the rows of those content types that `asked` finds, with their scores: the less, the better.

    `asked` is in the language of FTS5.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES.format(kinds=", ".join(["%s"] * len(kinds))), [asked, asked, *kinds, limit])
        return dict(cursor.fetchall())


def _ask(asked: str, preferred: str, readable: Readable, limit: int) -> list[Found]:
    condition, values = readable.condition()
    kinds = ", ".join(["%s"] * len(readable.kinds))
    statement = MATCHES.format(kinds=kinds, readable=condition)
    with connection.cursor() as cursor:
        cursor.execute(statement, [preferred, preferred, asked, asked, *readable.kinds, *values, limit])
        return [(int(key), kind) for key, kind in cursor.fetchall()]
