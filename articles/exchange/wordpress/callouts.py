"""Boxes beside the text, which every plugin and every theme calls by another name."""

from __future__ import annotations

import re

from articles.exchange.markers import given_as

Kind = tuple[str, dict[str, str]]

KINDS: dict[str, Kind] = {
    "tip": ("tip", {"variant": "tip"}),
    "protip": ("tip", {"variant": "tip"}),
    "pro-tip": ("tip", {"variant": "tip"}),
    "success": ("tip", {"variant": "tip"}),
    "note": ("tip", {"variant": "note"}),
    "info": ("tip", {"variant": "note"}),
    "notice": ("tip", {"variant": "note"}),
    "callout": ("tip", {"variant": "note"}),
    "important": ("tip", {"variant": "important"}),
    "caution": ("tip", {"variant": "important"}),
    "alert": ("tip", {"variant": "important"}),
    "did-you-know": ("tip", {"variant": "did_you_know"}),
    "warning": ("warning", {}),
    "danger": ("warning", {}),
    "error": ("warning", {}),
    "checklist": ("checklist", {}),
    "key-takeaways": ("takeaways", {}),
    "takeaways": ("takeaways", {}),
}
GENERAL = ("notice", "callout", "alert", "info", "note")
"""Names of boxes as such: a word beside them says more."""

CLASS = re.compile(
    r"(?:is-style-|wp-block-|su-)?(?:(?:alert|callout|notice|box|message|panel|admonition)-)?"
    rf"(?P<kind>{'|'.join(KINDS)})(?:-?(?:box|block|callout|panel|notice|alert|message))?"
)
CALLOUT_BLOCK = re.compile(r"/(?:\w{2,4}-)?(?:notice|alert|callout|notification|message-box|notice-box|tip|note)s?$")
CALLOUT_SHORTCODE = re.compile(
    r"(?:\w{2,4}_)?(?:note|notice|tip|protip|pro_tip|alert|callout|warning|info|important|message)(?:[_-]?box)?"
)


def kind_of_class(names: str) -> Kind | None:
    """Return the kind of block that the class `names` say a box is, with its fields, or None if they say nothing."""
    found = [match["kind"] for name in names.lower().split() if (match := CLASS.fullmatch(name))]
    found.sort(key=lambda name: name in GENERAL)
    return KINDS[found[0]] if found else None


def callout(names: str, html: str) -> str:
    """Return `html` as the box that `names` say it is; as a note if they say nothing more."""
    kind, fields = kind_of_class(names) or KINDS["note"]
    return given_as(kind, html, **fields)
