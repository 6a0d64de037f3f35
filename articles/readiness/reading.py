"""Reads an article, as it stands in memory, into what the rules are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from articles.models import ArticlePage
from articles.readiness.draft import Draft, Part


def draft_of(article: ArticlePage, *, today: date) -> Draft:
    """Return what the rules read of `article`, saved or not."""
    problems = problems_of(article.body)
    return Draft(
        title=article.title,
        today=today,
        summary=article.summary,
        search_description=article.search_description,
        parts=tuple(_part(child, problems.get(number, ())) for number, child in enumerate(article.body)),
    )


def problems_of(body: StreamValue) -> dict[int, tuple[str, ...]]:
    """Return what the forms of the blocks say is missing or wrong, by the position of the block."""
    try:
        body.stream_block.clean(body)
    except StreamBlockValidationError as error:
        return {number: tuple(_sentences(each)) for number, each in error.block_errors.items()}
    return {}


def _sentences(error: ValidationError, label: str = "") -> Iterator[str]:
    """Yield what a nested error says, each with the field that it says it of."""
    below: dict[Any, Any] = getattr(error, "block_errors", None) or {}
    if isinstance(below, list):
        below = {number: each for number, each in enumerate(below) if each is not None}
    for name, each in below.items():
        yield from _sentences(each, str(name) if isinstance(name, str) else label)
    own = getattr(error, "non_block_errors", None)
    for message in own.messages if own else () if below else error.messages:
        yield f"{label}: {message}" if label else str(message)


def _part(child: StreamValue.StreamChild, problems: tuple[str, ...]) -> Part:
    block, value = child.block, child.value
    text, level = block.heading(value) or ("", 0)
    return Part(
        id=str(child.id or ""),
        kind=child.block_type,
        label=str(block.label),
        text=block.text(value),
        heading=text,
        level=level,
        lacks=tuple(block.lacks(value)),
        problems=problems,
        questions=tuple(block.questions(value)),
        is_warning=block.is_warning(value),
    )
