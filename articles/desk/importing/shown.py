"""The value of a recognized block as the review screen shows it: its fields, as the editor will have them."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from articles.exchange.inline import Html

NOTHING = mark_safe("")


def shown(block: blocks.Block, value: Any) -> SafeString:
    """Return the raw `value` of `block` as HTML: field by field, item by item. What is empty is left out."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, dict) and "columns" in value and "rows" in value:
        return _table(value)
    if isinstance(block, blocks.StructBlock):
        return _fields(block, value)
    if isinstance(block, blocks.ListBlock):
        items = [each["value"] if isinstance(each, dict) and "value" in each else each for each in value]
        return _list((shown(block.child_block, each),) for each in items)
    if isinstance(block, blocks.StreamBlock):
        return _list((shown(block.child_blocks[each["type"]], each["value"]),) for each in value)
    if isinstance(block, blocks.ChoiceBlock):
        return SafeString(escape(dict(block.field.choices).get(value, value)))
    if isinstance(block, blocks.BooleanBlock):
        return NOTHING
    # Only what we made ourselves is HTML; whatever else there is, is text.
    return mark_safe(value) if isinstance(value, Html) else SafeString(escape(value))


def _fields(block: blocks.StructBlock, value: dict[str, Any]) -> SafeString:
    fields = [(child.label, shown(child, value.get(name))) for name, child in block.child_blocks.items()]
    filled = [(label, inner) for label, inner in fields if inner]
    if len(filled) == 1:
        return filled[0][1]
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", filled)
    return format_html('<dl class="import-fields">{}</dl>', rows) if filled else NOTHING


def _list(items: Any) -> SafeString:
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", items))


def _table(value: dict[str, Any]) -> SafeString:
    headings = format_html_join(
        "", '<th scope="col">{}</th>', ((column.get("heading", ""),) for column in value["columns"])
    )
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", ((each,) for each in row["values"])),) for row in value["rows"]),
    )
    caption = format_html("<caption>{}</caption>", value["caption"]) if value.get("caption") else NOTHING
    return format_html("<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>", caption, headings, rows)
