"""What does not come along from HTML, and how it is called in a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from articles.exchange.documents import Removed
from prose.sanitize import SAFE_LINK

SILENT = frozenset({"head", "meta", "link", "base", "source", "track", "param", "map", "area", "col", "colgroup", "rp"})
"""Elements that show nothing and do nothing."""
NAMES = {
    "script": "script",
    "style": "style sheet",
    "template": "template",
    "noscript": "text for browsers without scripts",
    "iframe": "embedded page",
    "frame": "embedded page",
    "object": "embedded object",
    "embed": "embedded object",
    "applet": "embedded object",
    "svg": "drawing",
    "canvas": "drawing",
    "audio": "sound file",
    "video": "video file",
    "input": "form field",
    "select": "form field",
    "textarea": "form field",
    "datalist": "form field",
    "button": "button",
    "dialog": "dialog",
    "annotation": "annotation of a formula",
    "annotation-xml": "annotation of a formula",
}
"""Elements that go with all that is in them, and what a report calls them."""
HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
FOR_SCREEN_READERS = re.compile(r"(?:^|[\s_-])(?:screen-reader-text|sr-only|visually-?hidden)(?:$|\s)", re.IGNORECASE)
SCHEME = re.compile(r"[^a-z0-9+.:-]+", re.IGNORECASE)
LONGEST_FORM = 600
"""Characters. A form with more text is one around a page, as some frameworks have them."""


class Removal:
    """A count of what was left out."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str) -> None:
        """Count one more of `what`."""
        self._counts[what] += 1

    def add_attributes(self, attributes: Mapping[str, str | None]) -> None:
        """Count those of `attributes` that could have run something."""
        for name in attributes:
            if name.startswith("on") and len(name) > 2:
                self.add("script attribute")
            elif name in ("srcdoc", "formaction"):
                self.add(f"{name} attribute")

    def listed(self) -> tuple[Removed, ...]:
        """Return what was counted, in the order in which it first occurred."""
        return tuple(Removed(what=what, count=count) for what, count in self._counts.items())


def removed_name(node: LexborNode, tag: str, attributes: Mapping[str, str | None], *, in_heading: bool) -> str | None:
    """Return what the element is called in a report if no reader sees it, empty if it is not worth a word, or None."""
    if tag in SILENT:
        return ""
    if tag == "button" and (in_heading or "aria-expanded" in attributes):
        return None
    if tag in NAMES:
        return NAMES[tag]
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return "hidden text"
    if HIDING_STYLE.search(attributes.get("style") or ""):
        return "hidden text"
    if not in_heading and FOR_SCREEN_READERS.search(attributes.get("class") or ""):
        return "text for screen readers"
    if tag == "form" and len(node.text()) <= LONGEST_FORM:
        return "form"
    return None


def dangerous_scheme(address: str) -> str:
    """Return the scheme of an `address` that could run something (`javascript`, `data`, `vbscript`), or nothing."""
    scheme = SCHEME.sub("", address.partition(":")[0]).lower() if ":" in address else ""
    return scheme if scheme in ("javascript", "vbscript", "data", "livescript", "mocha") else ""


def is_safe(address: str) -> bool:
    """Whether we link to `address`."""
    return SAFE_LINK.match(address) is not None
