"""Styles that decide how text reads: in tags, in `style` attributes, and in rules for classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from articles.exchange.html.runs import Style

Rules = Mapping[str, str]
"""Declarations by the name of a class."""

RULE = re.compile(r"\.(?P<name>c\d{1,4})\s*\{(?P<declarations>[^{}]{1,2000})\}")
MOST_RULES = 2_000
OF_INTEREST = re.compile(r"font-weight|font-style|vertical-align")
WEIGHT = re.compile(r"font-weight\s*:\s*(?P<weight>[a-z]+|\d+)", re.IGNORECASE)
SLANT = re.compile(r"font-style\s*:\s*(?P<slant>[a-z]+)", re.IGNORECASE)
SHIFT = re.compile(r"vertical-align\s*:\s*(?P<shift>super|sub)\b", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)

BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "dfn"})
"""Titles of works (`cite`) and variables (`var`) slant too, but only for the eye."""
SCRIPTS = frozenset({"sub", "sup"})
LEAST_BOLD = 600


def class_rules(style_sheets: str) -> Rules:
    """Return the rules in `style_sheets` that change emphasis, for classes as Google Docs names them (`c1`).

    Those of other pages say how a theme looks, not what a writer has emphasized.
    """
    rules: dict[str, str] = {}
    for count, rule in enumerate(RULE.finditer(style_sheets)):
        if count == MOST_RULES:
            break
        if OF_INTEREST.search(rule["declarations"]):
            rules[rule["name"]] = rule["declarations"]
    return rules


def restyled(style: Style, tag: str, attributes: Mapping[str, str | None], rules: Rules) -> Style:
    """Return `style` as it is within an element with this `tag` and these `attributes`."""
    if tag in BOLD:
        style = replace(style, bold=True)
    elif tag in ITALIC:
        style = replace(style, italic=True)
    elif tag in SCRIPTS:
        style = replace(style, script=tag)
    declared = attributes.get("style") or ""
    if rules and attributes.get("class"):
        declared = ";".join([*(rules.get(name, "") for name in (attributes["class"] or "").split()), declared])
    return _declared(style, declared) if OF_INTEREST.search(declared) else style


def block_style(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element that is not a block by itself is shown as one."""
    return SHOWN_AS_BLOCK.search(attributes.get("style") or "") is not None


def _declared(style: Style, declarations: str) -> Style:
    for weight in WEIGHT.finditer(declarations):
        value = weight["weight"].lower()
        if value.isdigit() and value.isascii():
            style = replace(style, bold=int(value[:5]) >= LEAST_BOLD)
        elif value in ("bold", "bolder", "normal", "lighter"):
            style = replace(style, bold=value.startswith("bold"))
    for slant in SLANT.finditer(declarations):
        style = replace(style, italic=slant["slant"].lower() in ("italic", "oblique"))
    for shift in SHIFT.finditer(declarations):
        style = replace(style, script="sup" if shift["shift"].lower() == "super" else "sub")
    return style
