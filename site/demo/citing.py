"""The sources of the demo, and where its articles cite them: a text file has no place for either."""

from __future__ import annotations

from typing import Any

from articles.models import ArticlePage, Source
from demo import content

PLACE = ("article", "after")
"""What a row says of the place where its source is cited; all else is the source itself."""


def cite_sources(article: ArticlePage, slug: str) -> None:
    """Cite in the body of `article` what its texts rely on, each source behind the sentence that needs it.

    Raises ValueError if a sentence is not there: the demo's own content would not fit together.
    """
    for row in content.read("sources"):
        if row["article"] == slug:
            body = article.body.stream_block.get_prep_value(article.body)
            if not _cite(body, row["after"], _source(row)):
                raise ValueError(f"{slug} does not say “{row['after']}”.")
            article.body = body


def _source(row: dict[str, Any]) -> Source:
    told = {name: value for name, value in row.items() if name not in PLACE}
    return Source.objects.get_or_create(title=row["title"], defaults=told)[0]


def _cite(part: Any, sentence: str, source: Source) -> bool:
    """Put a citation of `source` behind `sentence`, wherever within `part` it stands; return whether it was found."""
    found = False
    for name, value in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(value, str) and sentence in value:
            part[name] = value.replace(sentence, f'{sentence}<embed embedtype="source" id="{source.pk}"/>')
            found = True
        elif isinstance(value, dict | list):
            found |= _cite(value, sentence, source)
    return found
