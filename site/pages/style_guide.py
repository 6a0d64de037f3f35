"""The style guide: what every page is made of, read from the tokens and the kinds themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe
from wagtail.blocks.stream_block import StreamValue

from articles.blocks.registry import kinds, stream_block
from pages import tokens


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A kind of block, and a body that holds nothing but its sample."""

    kind: str
    label: str | Promise
    description: str | Promise
    body: StreamValue


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show colors with their contrast, sizes, spaces, controls, and a sample of every kind of block."""
    shown = {
        "colors": tokens.colors().values(),
        "pairs": tokens.pairs(),
        "sizes": tokens.sizes(),
        "spaces": {name: value for name, value in tokens.tokens().items() if name in SPACES},
        "samples": samples(),
    }
    return render(request, "pages/style_guide.html", shown)


SPACES = ("step", "measure", "page", "gutter", "radius")
"""The tokens that are lengths of the layout."""


def samples() -> list[Sample]:
    """Return a sample of every kind, in the order of their names."""
    stream = stream_block()
    return [
        Sample(
            kind=name,
            label=kind.label,
            description=kind.meta.description,
            # The first eight characters of an id make the anchor.
            body=stream.to_python(
                [{"type": name, "value": kind.get_prep_value(kind.get_preview_value()), "id": f"sample{number:02}"}]
            ),
        )
        for number, (name, kind) in enumerate(kinds().items())
    ]
