"""What on the page of an article depends on its readers' responses, apart from all else.

The rest of the page, its shell, is made without them and has places for them: it stays when somebody votes or writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.models import ArticlePage
from ratings.molds import rendered
from ratings.thread import Responses

PLACE = re.compile("<!--responses:([a-z_]+)-->")
"""A comment, which no text of an editor or reader can bring into a page."""


@dataclass(frozen=True)
class Line:
    """What the rating line says."""

    mean: Decimal | None
    count: int


def place(name: str) -> SafeString:
    """Return the place of the piece called `name`."""
    return mark_safe(f"<!--responses:{name}-->")


def pieces(responses: Responses, article: ArticlePage, *, preview: bool) -> dict[str, SafeString]:
    """Return the pieces of the page of `article` by name; `preview` makes them harmless."""
    values = {"responses": responses, "article": article, "preview": preview}
    line = Line(responses.summary.mean, responses.summary.count)
    return {
        "rating_line": rendered("ratings/rating_line.html", summary=line),
        "rating": render_to_string("ratings/rating_facts.html", values),
        "comments": render_to_string("ratings/comments.html", values),
    }


def filled(shell: str, found: Mapping[str, str]) -> SafeString:
    """Return `shell` with each of the pieces that were `found` in its place."""
    return mark_safe(PLACE.sub(lambda each: found[each[1]], shell))
