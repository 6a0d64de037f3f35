"""Indexes of ours on Wagtail's table of pages: with them, a list of very many articles is as quick as a short one.

They belong to no migration, since the table is Wagtail's: on SQLite, a migration of Wagtail's that changes it makes it
anew, and with it only the indexes that Wagtail knows. So those that are missing are made after every `migrate`.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import F, Index, Q
from django.db.models.functions import Lower
from wagtail.models import Page

from articles.listing import FirstCharacter

LIVE = Q(live=True)

INDEXES = (
    Index(fields=["content_type", "first_published_at", "id"], condition=LIVE, name="listed_newest"),
    Index(F("content_type"), Lower("title"), F("id"), condition=LIVE, name="listed_title"),
    Index(fields=["depth", "-latest_revision_created_at", "path"], name="listed_latest_edit"),
    Index(F("content_type"), FirstCharacter("title"), Lower("title"), F("id"), condition=LIVE, name="listed_letter"),
    # With `live`, though all are: SQLite would look into the table for it.
    Index(fields=["content_type", "path", "last_published_at", "id", "live"], condition=LIVE, name="listed_path"),
    Index(fields=["content_type", "id"], condition=~LIVE, name="listed_not"),
)
"""One for each order of a list, that of the admin among them, one for letters, one for the sitemap, and one for what is
not listed; rows are counted in the smallest."""


def make_missing_indexes(using: str, **_signal: Any) -> None:
    """Make those of `INDEXES` that the database `using` has not got."""
    connection = connections[using]
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, Page._meta.db_table)
        for index in INDEXES:
            if index.name not in known:
                cursor.execute(str(index.create_sql(Page, connection.schema_editor())))
