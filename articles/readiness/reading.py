"""Reads an article, as it stands in memory, into what the rules are asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from articles.citations.reading import cited_in
from articles.models import ArticlePage
from articles.readiness.around import (
    answered_elsewhere,
    dead_links_of,
    is_medically_reviewed,
    people_of,
    sources_of,
    topics_of,
    unpublished_of,
)
from articles.readiness.draft import WEB, Draft, Part
from prose.sanitize import plain_text

PARAGRAPH = re.compile(r"(?=<p[ >])")
"""Where a paragraph of a rich text begins; a list belongs to the paragraph above it."""


def draft_of(article: ArticlePage, *, today: date) -> Draft:
    """Return what the rules read of `article`, saved or not. The queries are as many for one block as for a hundred."""
    problems = problems_of(article.body)
    parts = tuple(_part(child, problems.get(number, ())) for number, child in enumerate(article.body))
    topics = topics_of(article)
    unreachable = dead_links_of(article, [link for part in parts for link in part.links])
    unpublished = unpublished_of(unreachable)
    is_reviewed, lapsed_on = is_medically_reviewed(article, today)
    return Draft(
        title=article.title or "",
        today=today,
        summary=article.summary or "",
        search_description=article.search_description or "",
        hero_lacks_alternative=_lacks_alternative(article),
        parts=parts,
        people=people_of(article),
        topics=topics.keys,
        has_topics=bool(topics.keys),
        sources=sources_of(key for part in parts for key in part.cites),
        dead_links=unreachable - unpublished,
        links_to_unpublished=unpublished,
        answered_elsewhere=answered_elsewhere(article, [each for part in parts for each in part.questions]),
        is_medically_reviewed=is_reviewed,
        review_lapsed_on=lapsed_on,
        readability_target=topics.readability_target,
        sentence_target=topics.sentence_target,
    )


def problems_of(body: StreamValue) -> dict[int, tuple[str, ...]]:
    """Return what the forms of the blocks say is missing or wrong, by the position of the block."""
    try:
        body.stream_block.clean(body)
    except StreamBlockValidationError as error:
        return {number: tuple(_sentences(each, body[number].block)) for number, each in error.block_errors.items()}
    return {}


def rich_texts_in(value: Any) -> Iterator[str]:
    """Yield every rich text in the value of a block, as it is stored, in reading order."""
    if isinstance(value, RichText):
        yield value.source or ""
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from rich_texts_in(each)
    elif isinstance(value, blocks.list_block.ListValue):
        for each in value:
            yield from rich_texts_in(each)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from rich_texts_in(child.value)


def _links_in(source: str) -> Iterator[str]:
    for tag in FIND_A_TAG.findall(source):
        attributes = extract_attrs(tag)
        if "linktype" in attributes:
            yield f"{attributes['linktype']}:{attributes.get('id', '')}"
        elif attributes.get("href"):
            yield attributes["href"]


def _unsourced_lines(source: str) -> Iterator[str]:
    for paragraph in PARAGRAPH.split(source):
        if not cited_in(paragraph) and not any(link.startswith(WEB) for link in _links_in(paragraph)):
            yield from plain_text(paragraph).splitlines()


def _sentences(error: ValidationError, block: blocks.Block, label: str = "") -> Iterator[str]:
    """Yield what a nested error of `block` says, each with the label of the field that it says it of."""
    below: Any = getattr(error, "block_errors", None) or {}
    if isinstance(below, list):
        below = {number: each for number, each in enumerate(below) if each is not None}
    for name, each in below.items():
        child = block.child_blocks[name] if isinstance(name, str) else getattr(block, "child_block", block)
        yield from _sentences(each, child, str(child.label) if isinstance(name, str) else label)
    own = getattr(error, "non_block_errors", None)
    for message in own.messages if own else () if below else error.messages:
        yield f"{label}: {message}" if label else str(message)


def _part(child: StreamValue.StreamChild, problems: tuple[str, ...]) -> Part:
    block, value = child.block, child.value
    text, level = block.heading(value) or ("", 0)
    rich_texts = list(rich_texts_in(value))
    return Part(
        id=str(child.id or ""),
        kind=child.block_type,
        label=str(block.label),
        text=block.text(value),
        own_words=block.own_words(value),
        heading=text,
        level=level,
        lacks=tuple(block.lacks(value)),
        problems=problems,
        questions=tuple(block.questions(value)),
        is_warning=block.is_warning(value),
        links=tuple(link for source in rich_texts for link in _links_in(source)),
        cites=tuple(key for source in rich_texts for key in cited_in(source)),
        unsourced=frozenset(line for source in rich_texts for line in _unsourced_lines(source)),
    )


def _lacks_alternative(article: ArticlePage) -> bool:
    if article.hero is None or article.hero_is_decorative:
        return False
    return not (article.hero_alt or article.hero.description)
