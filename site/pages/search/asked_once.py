"""What Wagtail itself asks of the search index in SQLite, those who search in the admin above all."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Case, FloatField, QuerySet, Value, When
from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks

from pages.search.index_sqlite import best_entries

MOST = 300
"""So many rows a search finds, the best ones."""


class AsksOnce:
    """Compiles a question to SQLite's index so that it is asked once. Comes before Wagtail's compilers.

    Theirs asks it again for the score of each row that is found. Here the best entries are found first, as in the
    search of readers, and then those of them that the query set holds: at most `MOST`.
    """

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        """Return what is found, in the order of its score if none was asked for."""
        question: Any = self
        asked = normalize(question.query)
        if isinstance(asked, MatchAll | Not):
            found: QuerySet[Any] = super().search(config, start, stop, score_field)  # type: ignore[misc]
            return found
        expression = MatchExpression(
            question.fields or question.FTS_TABLE_FIELDS, question.build_search_query(asked, config=config)
        )
        compiler = question.queryset.query.get_compiler(using=question.queryset.db)
        _sql, (words,) = expression.as_sql(compiler, connection)
        scores = best_entries(words, get_descendants_content_types_pks(question.queryset.model), limit=MOST)
        found = question.queryset.filter(pk__in=list(scores))
        if question.order_by_relevance or score_field:
            score = score_field or "_score"
            kept = found.order_by().values_list("pk", flat=True)
            ranks = [When(pk=key, then=Value(scores[str(key)])) for key in kept]
            found = found.annotate(**{score: Case(*ranks, default=Value(0.0), output_field=FloatField())})
            found = found.order_by(score, "-pk") if question.order_by_relevance else found
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]
