"""How the review screen calls what was recognized."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.blocks.registry import kinds
from articles.exchange.recognizers import block_recognizers

OUTSIDE: dict[str, str | Promise] = {
    "author": _("Author"),
    "biography": _("About the author"),
    "date": _("Date"),
    "dropped": _("Left out by an editor"),
    "label": _("Label, which the block says by itself"),
    "navigation": _("Navigation or advertisement"),
    "ornament": _("Ornament"),
    "rating": _("Rating"),
    "reviewer": _("Reviewer"),
    "subtitle": _("Subtitle, which becomes the summary"),
}
KEYS = {
    "tip": "t",
    "quote": "q",
    "steps": "s",
    "checklist": "c",
    "faq": "f",
    "heading": "h",
    "text": "p",
    "table": "b",
    "warning": "w",
    "takeaways": "k",
    "case_study": "y",
    "conclusion": "e",
    "discussion": "i",
    "myth_fact": "x",
}
"""The key that makes a block one of this kind. A kind without a key is chosen from the list."""
OTHER_KEYS: list[tuple[str, str | Promise]] = [
    ("j", _("Next block")),
    ("J", _("Previous block")),
    ("m", _("Merge with the next block")),
    ("d", _("Leave out of the article, or bring back")),
    ("l", _("Split into columns, for a table")),
    ("u", _("Undo the last decision")),
]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind as it is offered: its name, what people call it, and its key."""

    name: str
    label: str
    key: str = ""


def offered_kinds() -> list[Kind]:
    """Return the kinds that a text may be made, in the order of the picker."""
    ours = [(name, block) for name, block in kinds().items() if name in block_recognizers()]
    ranked = sorted(ours, key=lambda each: each[1].meta.rank)
    return [Kind(name=name, label=str(block.label), key=KEYS.get(name, "")) for name, block in ranked]


def sureness(confidence: float) -> str | Promise:
    """Return in words how sure the recognizer is."""
    if confidence >= 0.9:
        return _("sure")
    return _("fairly sure") if confidence >= 0.7 else _("not sure")
