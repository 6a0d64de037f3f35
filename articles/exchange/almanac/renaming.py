"""The walk over what a body names: every reference in it gets another name, and all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.exchange.source import Refused
from articles.models.source import Source

Rename = Callable[[type[Model], Any], Any]
"""Returns the other name of an object of that model, or None if there is no such object.

A page that is not named but by its address is returned as that address, which begins with a slash.
"""

LINK = re.compile(r'<a (?=[^>]*\blinktype="(?P<type>page|document)")[^>]*>')
LINK_TYPE = re.compile(r' ?\blinktype="[^"]*"')
LINK_ID = re.compile(r'\bid="([^"]*)"')
CITED = re.compile(r'<embed embedtype="source" id="([^"]*)"/>')
NOBODY = "0"
"""What a link or a citation names whose object is gone: it leads nowhere, here as there."""


def renamed_text(source: str, rename: Rename) -> str:
    """Return the rich text `source` with other names in its links and citations."""

    def link(tag: re.Match[str]) -> str:
        model = Page if tag["type"] == "page" else get_document_model()
        named = LINK_ID.search(tag[0])
        name = rename(model, unescape(named[1])) if named and named[1] != NOBODY else None
        if isinstance(name, str) and name.startswith("/"):
            return LINK_ID.sub(lambda _id: f'href="{escape(name)}"', LINK_TYPE.sub("", tag[0]))
        return LINK_ID.sub(lambda _id: f'id="{escape(str(name or NOBODY))}"', tag[0])

    def citation(embed: re.Match[str]) -> str:
        name = rename(Source, unescape(embed[1])) if embed[1] != NOBODY else None
        return f'<embed embedtype="source" id="{escape(str(name or NOBODY))}"/>'

    return CITED.sub(citation, LINK.sub(link, source))


def renamed(block: blocks.Block, value: Any, rename: Rename) -> Any:
    """Return the stored `value` of `block` with other names; raises Refused for what `block` has no place for."""
    if isinstance(block, blocks.RichTextBlock):
        return renamed_text(str(value or ""), rename)
    if isinstance(block, blocks.ChooserBlock):
        name = None if value is None else rename(block.model_class, value)
        return None if isinstance(name, str) and name.startswith("/") else name
    if isinstance(block, blocks.BaseStreamBlock):
        return [_member(block.child_blocks, each, rename) for each in _items(value)]
    if isinstance(block, blocks.ListBlock):
        return [_item(block.child_block, each, rename) for each in _items(value)]
    if isinstance(block, blocks.BaseStructBlock):
        return _struct(block, value, rename)
    return value


def _member(kinds: Any, member: Any, rename: Rename) -> dict[str, Any]:
    kind = member.get("type") if isinstance(member, dict) else None
    if kind not in kinds:
        raise Refused(f"The body holds a block of a kind that is not known here: “{kind}”.")
    return member | {"value": renamed(kinds[kind], member.get("value"), rename)}


def _item(block: blocks.Block, item: Any, rename: Rename) -> Any:
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return item | {"value": renamed(block, item["value"], rename)}
    # As lists were stored before their items had ids.
    return renamed(block, item, rename)


def _struct(block: blocks.BaseStructBlock, value: Any, rename: Rename) -> dict[str, Any]:
    fields = value if isinstance(value, dict) else {}
    if unknown := sorted(fields.keys() - block.child_blocks.keys()):
        raise Refused(f"A block “{block.name}” holds a field that is not known here: “{unknown[0]}”.")
    return {
        name: renamed(child, fields[name] if name in fields else child.get_prep_value(child.get_default()), rename)
        for name, child in block.child_blocks.items()
    }


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
