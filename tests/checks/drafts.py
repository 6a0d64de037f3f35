"""Drafts to try rules on."""

from __future__ import annotations

from datetime import date
from typing import Any

from articles.readiness.draft import Draft, Part

TODAY = date(2026, 11, 23)


def part(text: str = "", **fields: Any) -> Part:
    """Return a block that says `text` in the article's own name."""
    return Part(**{"id": "b1", "kind": "text", "label": "Text", "text": text, "own_words": text} | fields)


def heading(text: str, level: int = 2, **fields: Any) -> Part:
    """Return a heading."""
    return part(text, kind="heading", label="Heading", heading=text, level=level, **fields)


def draft(*parts: Part | str, **fields: Any) -> Draft:
    """Return a draft with these blocks."""
    made = tuple(part(each) if isinstance(each, str) else each for each in parts)
    return Draft(**{"title": "Why the Kettle Whistles", "today": TODAY, "parts": made} | fields)
