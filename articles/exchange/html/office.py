"""Lists as word processors write them into HTML: items that are no lists, and lists that do not nest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from articles.exchange.html.blocks import DEEPEST_INDENT, INDENT, Block

Attributes = Mapping[str, str | None]

WORD_ITEM = re.compile(r"mso-list\s*:\s*l\d+\s+level(?P<level>\d{1,2})", re.IGNORECASE)
WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
GOOGLE_LIST = re.compile(r"(?:^|\s)lst-kix_\w+-(?P<level>\d)(?:\s|$)")
ORDINAL = re.compile(r"\(?(?P<number>\d{1,3})[.)]?")


def word_level(attributes: Attributes) -> int:
    """Return how deep an item of a list in Word is, from 1; 0 if the paragraph is none."""
    item = WORD_ITEM.search(attributes.get("style") or "")
    return int(item["level"]) if item else 0


def is_word_mark(attributes: Attributes) -> bool:
    """Whether an element holds the bullet or the number that Word draws before an item."""
    return WORD_MARK.search(attributes.get("style") or "") is not None


def mark_of(drawn: str) -> str:
    """Return the mark of an item before which Word draws a bullet or a number."""
    ordinal = ORDINAL.fullmatch(drawn.strip())
    return f"{int(ordinal['number'])}. " if ordinal else "- "


def google_level(attributes: Attributes) -> int | None:
    """Return how deep the items of a list in Google Docs are, from 0; None if the list is none of theirs."""
    found = GOOGLE_LIST.search(attributes.get("class") or "")
    return int(found["level"]) if found else None


def add_part(blocks: list[Block], part: Block, level: int) -> None:
    """Add the list `part` to `blocks`, set in by `level`, to the list that it goes on with if one is there."""
    indent = INDENT * min(level, DEEPEST_INDENT)
    follows = bool(blocks) and blocks[-1].kind == "list"
    if follows and (level or _is_bulleted(blocks[-1]) == _is_bulleted(part)):
        blocks[-1].lines += [indent + line for line in part.lines]
    else:
        blocks.append(part)


def office_title(tree: LexborHTMLParser) -> str:
    """Return the paragraph that a word processor calls the title, or nothing."""
    found = tree.css_first("p.MsoTitle, body.doc-content p.title")
    return " ".join(found.text().split()) if found is not None else ""


def remove_review(tree: LexborHTMLParser) -> int:
    """Remove the comments that reviewers left in Google Docs, and return how many there were."""
    remarks = tree.css('div:has(> p:first-child > a[href^="#cmnt_ref"]:first-child)')
    for node in [*remarks, *tree.css('sup:has(> a[href^="#cmnt"])')]:
        node.decompose()
    return len(remarks)


def _is_bulleted(block: Block) -> bool:
    return block.lines[0].startswith("- ")
