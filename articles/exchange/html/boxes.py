"""Boxes beside the text: what their classes say of them, and whether their words bear it out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from articles.exchange.lines import Line
from articles.exchange.recognition import recognize
from articles.exchange.source import Given, Refused, Source
from articles.exchange.wordpress.callouts import Kind, kind_of_class
from prose.words import words

CARE_CARD = re.compile(r"(?:\w+-)?(?:care-card|card--care)")
"""How the services of the NHS call their warnings, in all of their urgencies."""
OF_A_SYSTEM = re.compile(r"^(?:nhsuk|govuk|usa|elementor|kg)-|-card$")
AMBIGUOUS = frozenset({"info", "notice", "error", "success", "alert-box", "notice-box"})
"""Names that boxes have with anything in them."""
MOST_LINES = 40
MOST_WORDS = 250
MOST_BOXES = 60
"""The words of more boxes are read without asking what their classes say."""


def kind_of_box(attributes: Mapping[str, str | None]) -> Kind | None:
    """Return the kind of block, with its fields, that the classes of an element say it is, or None."""
    names = (attributes.get("class") or "").lower().split()[:30]
    if any(CARE_CARD.fullmatch(name) for name in names):
        return "warning", {}
    own = [OF_A_SYSTEM.sub("", name) for name in names if name not in AMBIGUOUS]
    kind = kind_of_class(" ".join(own))
    return kind if kind and kind[0] in ("tip", "warning") else None


def borne_out_by(lines: Sequence[str], given: Given) -> Given | None:
    """Return what the class of a box has `given` of its `lines`, or None if anything else is recognized in them.

    What the words say themselves goes before the fields that the class gives.
    """
    kind, first = given.kind, given.first
    while lines and not words(lines[0]):
        lines, first = lines[1:], first + 1  # The sign of the box.
    if len(lines) > MOST_LINES or not 0 < len(words(" ".join(lines))) <= MOST_WORDS:
        return None
    try:
        recognized = recognize(Source(path="", lines=("# Box", "", *lines), marked=True))
    except Refused:
        return None
    kinds = [block.kind for block in recognized.blocks]
    headings = [index for index, line in enumerate(lines) if Line(1, line).heading_level]
    at_most_titled = not headings if kind == "tip" and kind not in kinds else headings in ([], [0])
    beside = {part.kind for part in recognized.outside}
    if not at_most_titled or not {*kinds} <= {kind, "text", "heading"} or not beside <= {"label", "ornament"}:
        return None
    return replace(given, first=first, fields={} if kind in kinds else given.fields)
