"""HTML that a template makes once and that is then filled in: for what stands on a page many times, or on many pages.

A template stays the only place that knows the markup. It is rendered with a mark in place of each value that only
differs in its letters (a name, an address), and what differs in more (a kind, a state) has a mold of its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 1_000
"""So many molds are kept. Each is a page's comment at the most: three megabytes together."""

Fixed = tuple[tuple[str, Hashable], ...]

NUMBER = 987654321012345678
IDENTIFIER = UUID("9e6f1a60-3d1c-4f0e-8b55-7c2d9a4e6b13")
OTHER = UUID("4b0d7c52-86fe-4a7d-9a31-d5e2f8c01b96")
"""Stand for a key and for public ids, since addresses are made of no other marks."""


def mark(name: str) -> str:
    """Return what stands for the value called `name`: characters that no text of ours holds."""
    return f"\ue000{name}\ue001"


class Mold:
    """HTML with gaps, each named by the value that belongs there."""

    def __init__(self, html: str, marks: Mapping[str, Any]) -> None:
        names = {str(mark): name for name, mark in marks.items()}
        pieces = re.split(f"({'|'.join(map(re.escape, names))})", html) if names else [html]
        self.texts = pieces[::2]
        self.names = [names[piece] for piece in pieces[1::2]]

    def filled(self, values: Mapping[str, str]) -> SafeString:
        """Return the HTML with `values`, which are HTML themselves."""
        found = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            found += values[name], text
        return mark_safe("".join(found))


def mold(template: str, fixed: Fixed, marks: Fixed = ()) -> Mold:
    """Return what `template` makes of the values `fixed`, with gaps for those that have `marks`.

    The template may depend on nothing else. In development it is made anew each time, since templates change.
    """
    make = _mold.__wrapped__ if settings.DEBUG else _mold
    return make(template, get_language(), fixed, marks)


def rendered(template: str, **values: Hashable) -> SafeString:
    """Return what `template` makes of `values`, on which alone it may depend."""
    return mold(template, tuple(values.items())).filled({})


@lru_cache(maxsize=KEPT)
def _mold(template: str, _language: str | None, fixed: Fixed, marks: Fixed) -> Mold:
    # A mark is safe as it is; escaping would not change it.
    return Mold(render_to_string(template, dict([*fixed, *marks])), dict(marks))
