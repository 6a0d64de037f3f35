"""What a source may say of a block beside its words: fields of the right shape, and no key of this site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from articles.blocks.registry import kinds
from articles.blocks.table.grid import GridBlock
from articles.exchange.inline import Html
from prose.sanitize import MAX_LENGTH, clean_rich_text


def fitting(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `fields` that a block of `kind` has and could store as they are.

    What it names by key (a picture, a person) is none of them: a key means something else on every site.
    """
    block = kinds().get(kind)
    known = block.child_blocks if isinstance(block, blocks.BaseStructBlock) else {}
    return {name: value for name, value in fields.items() if name in known and _fits(known[name], value)}


def with_fields(kind: str, value: Any, fields: Mapping[str, Any]) -> Any:
    """Return the `value` of a block with `fields` in place of its own; a text is all one field, called "html"."""
    if isinstance(value, dict):
        return value | fitting(kind, fields)
    html = fields.get("html")
    return Html(clean_rich_text(html)) if isinstance(html, str) and len(html) <= MAX_LENGTH else value


def _fits(block: blocks.Block, value: Any) -> bool:
    if isinstance(block, blocks.BaseStructBlock):
        known = block.child_blocks
        return isinstance(value, dict) and all(name in known and _fits(known[name], value[name]) for name in value)
    if isinstance(block, blocks.ListBlock):
        return isinstance(value, list) and all(_fits(block.child_block, each) for each in value)
    if isinstance(block, blocks.RichTextBlock):
        return isinstance(value, str)
    if isinstance(block, GridBlock):
        return isinstance(value, dict)
    if isinstance(block, blocks.BooleanBlock):
        return isinstance(value, bool)
    if isinstance(block, blocks.IntegerBlock):
        return value is None or (isinstance(value, int) and not isinstance(value, bool) and _is_valid(block, value))
    if isinstance(block, blocks.ChooserBlock) or not isinstance(block, blocks.FieldBlock):
        return False
    return value == "" or (isinstance(value, str) and _is_valid(block, value))


def _is_valid(block: blocks.FieldBlock, value: Any) -> bool:
    try:
        block.field.clean(value)
    except ValidationError:
        return False
    return True
