"""One description of every field of a block: the JSON that the read API gives, and the JSON Schema of it."""

from __future__ import annotations

from typing import Any

from wagtail import blocks


def data_of(block: blocks.Block, value: Any) -> Any:
    """Return `value` of `block` as plain JSON."""
    return block.get_prep_value(value)


def schema_of(block: blocks.Block) -> dict[str, Any]:
    """Return the JSON Schema of what `data_of` returns for `block`."""
    return {}
