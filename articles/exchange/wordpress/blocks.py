"""The block editor's marks (`<!-- wp:heading {"level":3} -->`), as HTML that says the same without them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from articles.exchange.wordpress.classic import paragraphs
from articles.exchange.wordpress.kinds import Body, translated

OPENING = re.compile(r"<!--\s+(?P<ends>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?=[\s/])")
DEEPEST = 60
"""Blocks in blocks; marks deeper than this are left out, what stands between them is not."""
FREEFORM = {"freeform", "classic"}


@dataclass(frozen=True)
class Mark:
    """A comment of the block editor: where it stands, and what it says."""

    start: int
    end: int
    name: str
    attributes: dict[str, Any]
    closes: bool
    is_void: bool


@dataclass
class _Open:
    name: str
    attributes: dict[str, Any]
    inner: list[str] = field(default_factory=list)


def has_blocks(text: str) -> bool:
    """Return whether `text` was written in the block editor."""
    return OPENING.search(text) is not None


def without_marks(text: str, body: Body) -> str:
    """Return `text` as HTML, each block as `articles.exchange.wordpress.kinds` translates it.

    What is not closed is closed at the end; what closes nothing is left out.
    """
    opened = [_Open("", {})]
    end = 0
    for mark in marks_of(text):
        _add(opened[-1], text[end : mark.start])
        end = mark.end
        if mark.is_void:
            opened[-1].inner.append(translated(mark.name, mark.attributes, "", body))
        elif not mark.closes:
            if len(opened) < DEEPEST:
                opened.append(_Open(mark.name, mark.attributes))
        elif any(each.name == mark.name for each in opened):
            while _close(opened, body) != mark.name:
                pass
    _add(opened[-1], text[end:])
    while len(opened) > 1:
        _close(opened, body)
    return "".join(opened[0].inner)


def marks_of(text: str) -> Iterator[Mark]:
    """Yield the marks in `text`, in their order and in linear time."""
    position = 0
    while opening := OPENING.search(text, position):
        end = text.find("-->", opening.end())
        if end < 0:
            return
        said = text[opening.end() : end].strip()
        position = end + 3
        is_void = said.endswith("/")
        yield Mark(
            start=opening.start(),
            end=position,
            name=opening["name"].removeprefix("core/"),
            attributes=_attributes(said.removesuffix("/").strip()),
            closes=bool(opening["ends"]),
            is_void=is_void and not opening["ends"],
        )


def _attributes(said: str) -> dict[str, Any]:
    if not said:
        return {}
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _add(block: _Open, html: str) -> None:
    """Add what stands between two marks; text of the older editor has no paragraphs of its own."""
    block.inner.append(paragraphs(html) if not block.name or block.name in FREEFORM else html)


def _close(opened: list[_Open], body: Body) -> str:
    block = opened.pop()
    opened[-1].inner.append(translated(block.name, block.attributes, "".join(block.inner), body))
    return block.name
