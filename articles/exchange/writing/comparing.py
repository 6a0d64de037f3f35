"""Values of blocks in a form that two have in common if they say the same, here and on any other site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from wagtail import blocks

from articles.links import linked
from prose.fields import AddressBlock
from prose.sanitize import CITATION

BETWEEN_BLOCKS = re.compile(r"\s*(</?(?:p|ul|ol|li)>|<br ?/?>)\s*")
BLANKS = re.compile(r"[ \t\n\r\f]+")
EMPTY = re.compile(r"<p>(?:<br/>)*</p>")


TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.ChoiceBlock, AddressBlock)


def comparable(block: blocks.Block, value: Any, numbers: Mapping[int, int]) -> Any:
    """Return the stored `value` of `block` without keys of this site, ids of items and blanks that nobody sees.

    `numbers` are those of the footnotes for sources, by their keys.
    """
    if isinstance(block, blocks.RichTextBlock):
        return comparable_text(str(value or ""), numbers)
    if isinstance(block, blocks.ChooserBlock):
        return None
    if isinstance(block, blocks.ListBlock):
        return [comparable(block.child_block, _item(each), numbers) for each in value or []]
    if isinstance(block, blocks.BaseStructBlock):
        return {name: comparable(child, (value or {}).get(name), numbers) for name, child in block.child_blocks.items()}
    if isinstance(block, TEXTS):
        return str(value or "").strip()
    if isinstance(value, date):
        return value.isoformat()
    return bool(value) if isinstance(block, blocks.BooleanBlock) else value


def comparable_text(source: str, numbers: Mapping[int, int]) -> str:
    """Return the rich text `source` with addresses instead of keys, and footnotes instead of citations."""
    numbered = CITATION.sub(lambda citation: _footnote(numbers.get(int(citation["key"]))), source)
    html = linked(numbered).replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = html.replace("<em>", "<i>").replace("</em>", "</i>").replace("<br>", "<br/>")
    return EMPTY.sub("", BETWEEN_BLOCKS.sub(r"\1", BLANKS.sub(" ", html)))


def _footnote(number: int | None) -> str:
    return f"<sup>[{number}]</sup>" if number else ""


def _item(each: Any) -> Any:
    return each["value"] if isinstance(each, dict) and each.get("type") == "item" and "value" in each else each
