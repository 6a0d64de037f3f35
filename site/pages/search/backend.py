"""The search backend of Wagtail, made safe for what people type: SQLite takes a quote for syntax.

It drives every search that goes through Wagtail, those of the admin among them.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from modelsearch.backends import database

SYNTAX = str.maketrans({'"': " ", "\\": " ", "\0": " "})


class KeepsPace:
    """A search index to which a page is added in the same time, however many there are. Comes before Wagtail's.

    Wagtail's reads all entries, texts and all, after each addition, for the mean length of their titles. Only a rebuild
    (`manage.py update_index`) works it out here; until then the length of a title counts for nothing in the admin's
    search. Ours asks for other things.
    """

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]  # the index that follows


class CleansQuestions:
    """A search backend to which nothing that is asked can be syntax. Comes before a backend of Wagtail's."""

    def _search(self, compiler: type, query: Any, *args: Any, **options: Any) -> Any:
        if isinstance(query, str):
            # A letter that is no letter at all: half of a pair, which no database stores.
            query = " ".join(query.encode("utf-8", "ignore").decode().translate(SYNTAX).split())
        return super()._search(compiler, query, *args, **options)  # type: ignore[misc]  # the backend that follows


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name that Wagtail looks for
    """Return Wagtail's backend of the database in use, cleaning what it is asked.

    Words are kept as they are: our texts are stemmed when they get there.
    """
    vendor = type(database.SearchBackend(params))
    index = type("Index", (KeepsPace, vendor.index_class), {})
    own: dict[str, Any] = {"index_class": index}
    if connection.vendor == "sqlite":
        # Only there is what it is made of.
        from pages.search.asked_once import AsksOnce

        for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
            own[name] = type("Compiler", (AsksOnce, getattr(vendor, name)), {})
    kind = type("SearchBackend", (CleansQuestions, vendor), own)
    return kind({"SEARCH_CONFIG": "simple"} | params)
