"""One description of every field of a block: the JSON that the read API gives, and the JSON Schema (2020-12) of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from articles.links import Link, link_to, linked
from findable.nodes import absolute
from pictures.models import Picture
from prose.fields import AddressBlock

Schema = dict[str, Any]


class UndescribedBlock(TypeError):
    """A block is made of something that has no description yet."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """How the values of a block become JSON, and the schema of what they become."""

    data: Callable[[Any], Any]
    schema: Callable[[], Schema]


def data_of(block: blocks.Block, value: Any) -> Any:
    """Return `value` of `block` as plain JSON with absolute addresses. Texts are "" where empty; all else is null."""
    return describe(block).data(value)


def schema_of(block: blocks.Block) -> Schema:
    """Return the JSON Schema of what `data_of` returns for `block`, under its label, with its help text."""
    # A field block hands its help on to the field of its form.
    help_text = getattr(getattr(block, "field", block.meta), "help_text", None)
    words = {"title": str(block.label or ""), "description": str(help_text or "")}
    return {name: text for name, text in words.items() if text} | describe(block).schema()


@singledispatch
def describe(block: blocks.Block) -> Description:
    """Return the description of `block`; raises UndescribedBlock for a class that has none."""
    raise UndescribedBlock(f"{type(block).__module__}.{type(block).__name__} has no description in {__name__}.")


@describe.register(blocks.CharBlock)
@describe.register(blocks.TextBlock)
@describe.register(blocks.RegexBlock)
@describe.register(blocks.EmailBlock)
def _text(block: blocks.FieldBlock) -> Description:
    longest = getattr(block.field, "max_length", None)
    return Description(data=lambda value: str(value or ""), schema=lambda: _present(type="string", maxLength=longest))


@describe.register(blocks.RichTextBlock)
def _rich_text(block: blocks.RichTextBlock) -> Description:
    return Description(
        data=lambda value: linked(value.source) if value else "",
        schema=lambda: {"type": "string", "contentMediaType": "text/html"},
    )


@describe.register(blocks.ChoiceBlock)
def _choice(block: blocks.ChoiceBlock) -> Description:
    names = [name for name, _label in block.field.choices]
    optional = [] if block.field.required or "" in names else [""]
    return Description(data=lambda value: str(value or ""), schema=lambda: {"enum": [*optional, *names]})


@describe.register(blocks.IntegerBlock)
def _integer(block: blocks.IntegerBlock) -> Description:
    field = block.field
    return Description(
        data=lambda value: value,
        schema=lambda: _present(type=_or_null("integer", block), minimum=field.min_value, maximum=field.max_value),
    )


@describe.register(blocks.BooleanBlock)
def _boolean(block: blocks.BooleanBlock) -> Description:
    return Description(data=bool, schema=lambda: {"type": "boolean"})


@describe.register(blocks.DateBlock)
def _date(block: blocks.DateBlock) -> Description:
    def data(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return Description(data=data, schema=lambda: {"type": _or_null("string", block), "format": "date"})


@describe.register(blocks.URLBlock)
@describe.register(AddressBlock)
def _address(block: blocks.FieldBlock) -> Description:
    return Description(
        data=lambda value: value or None, schema=lambda: {"type": _or_null("string", block), "format": "uri"}
    )


@describe.register(blocks.PageChooserBlock)
def _page(block: blocks.PageChooserBlock) -> Description:
    return Description(data=lambda page: _link(link_to("page", page.pk) if page else None), schema=_link_schema)


@describe.register(DocumentChooserBlock)
def _document(block: DocumentChooserBlock) -> Description:
    return Description(
        data=lambda document: _link(link_to("document", document.pk) if document else None), schema=_link_schema
    )


@describe.register(ImageChooserBlock)
def _picture(block: ImageChooserBlock) -> Description:
    def schema() -> Schema:
        text: Schema = {"type": "string"}
        size: Schema = {"type": "integer", "minimum": 1}
        address: Schema = {"format": "uri"}
        properties: dict[str, Schema] = {
            "url": text | address,
            "width": size,
            "height": size,
            **dict.fromkeys(("alt", "credit"), text),
            **dict.fromkeys(("license", "source"), {"type": ["string", "null"]} | address),
        }
        return _object(properties) | {"type": ["object", "null"]}

    return Description(data=picture_data, schema=schema)


@describe.register(blocks.StaticBlock)
def _static(block: blocks.StaticBlock) -> Description:
    return Description(data=lambda value: None, schema=lambda: {"type": "null"})


@describe.register(blocks.StructBlock)
def _struct(block: blocks.StructBlock) -> Description:
    children = block.child_blocks.items()
    return Description(
        data=lambda value: {name: data_of(child, value.get(name)) for name, child in children},
        schema=lambda: _object({name: schema_of(child) for name, child in children}),
    )


@describe.register(blocks.ListBlock)
def _list(block: blocks.ListBlock) -> Description:
    return Description(
        data=lambda value: [data_of(block.child_block, item) for item in value or ()],
        schema=lambda: {"type": "array", "items": schema_of(block.child_block)},
    )


def picture_data(picture: Picture | None) -> dict[str, Any] | None:
    """Return what machines are told of `picture`: the largest size that exists or else the upload, and its rights."""
    if picture is None:
        return None
    shown = picture.largest
    return {
        "url": absolute(shown.file.url),
        "width": shown.width,
        "height": shown.height,
        "alt": picture.description,
        "credit": picture.credit,
        "license": picture.license_url or None,
        "source": picture.source_url or None,
    }


def _link(link: Link | None) -> dict[str, str] | None:
    return {"title": link.title, "url": link.url} if link else None


def _link_schema() -> Schema:
    properties = {"title": {"type": "string"}, "url": {"type": "string", "format": "uri"}}
    return _object(properties) | {"type": ["object", "null"]}


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _or_null(kind: str, block: blocks.FieldBlock) -> str | list[str]:
    return kind if block.field.required else [kind, "null"]


def _present(**keywords: Any) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}
