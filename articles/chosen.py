"""What a body names by key (pages, pictures, documents), found for all of its blocks at once.

Wagtail asks for what blocks choose once a kind of block, and for the links of a rich text once a text. A chooser of
this module, and a link in a rich text, takes what was `found` before, and asks for itself only if nothing was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from articles.citations.reading import cited_in
from articles.models.source import Source
from authors.models import AuthorPage
from pictures.models import Picture

Found = Mapping[type[Model], Mapping[int, Model]]
"""Objects by their key, for each model. A model that is missing was not looked for."""

KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
"""A key that a database column can hold."""

_found: ContextVar[Found] = ContextVar("found", default={})  # noqa: B039  # nobody changes it


@contextmanager
def found(objects: Found) -> Iterator[None]:
    """Have all that is chosen or linked to within taken from `objects`."""
    token = _found.set(objects)
    try:
        yield
    finally:
        _found.reset(token)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a body names."""

    pages: set[int]
    """The people whom it quotes, and what its texts link to."""
    pictures: set[int]
    documents: set[int]
    sources: tuple[int, ...]
    """What its texts cite, each once, in reading order."""


def found_of(model: type[Model]) -> Mapping[int, Model] | None:
    """Return what was found of `model`, or None if it was not looked for."""
    return _found.get().get(model)


def keys_in(body: StreamValue) -> Keys:
    """Return the keys that `body` names, as they stand in its JSON: asks for nothing."""
    # A dictionary instead of a set, since it keeps the order.
    named = dict.fromkeys(_keys(body.stream_block, list(body.raw_data)))
    models = {"pages": Page, "pictures": Picture, "documents": get_document_model()}
    return Keys(
        sources=tuple(key for each, key in named if each is Source),
        **{name: {key for each, key in named if issubclass(each, model)} for name, model in models.items()},
    )


def _keys(block: blocks.Block, value: Any) -> Iterator[tuple[type[Model], int]]:
    if not value:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from _links(str(value))
        yield from ((Source, key) for key in cited_in(str(value)))
    elif isinstance(block, blocks.ChooserBlock):
        if isinstance(value, int):
            yield block.model_class, value
    elif isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from _keys(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            is_item = isinstance(child, dict) and child.get("type") == "item"
            yield from _keys(block.child_block, child["value"] if is_item else child)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(value, dict):
        for name, child_block in block.child_blocks.items():
            yield from _keys(child_block, value.get(name))


def _links(source: str) -> Iterator[tuple[type[Model], int]]:
    models = {"page": Page, "document": get_document_model()}
    for tag in FIND_A_TAG.findall(source):
        attributes = extract_attrs(tag)
        key = attributes.get("id", "")
        if attributes.get("linktype") in models and KEY.fullmatch(key):
            yield models[attributes["linktype"]], int(key)


class _Chooser(blocks.ChooserBlock):
    """Takes what was found before."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        """Return the objects with these keys, in their order; None for what there is not."""
        objects = found_of(self.model_class)
        if objects is None:
            chosen: list[Any] = super().bulk_to_python(values)
            return chosen
        return [None if key is None else objects.get(key) for key in values]

    def clean(self, value: Any) -> Any:
        """Return `value`. An object of the right kind was found before: Wagtail would look for each once more."""
        return value if isinstance(value, self.model_class) else super().clean(value)


class PictureChooserBlock(_Chooser, ImageChooserBlock):
    """Chooses a picture."""


class DocumentChooserBlock(_Chooser, WagtailDocumentChooserBlock):
    """Chooses a document."""


class AuthorChooserBlock(_Chooser, blocks.PageChooserBlock):
    """Chooses the page of an author."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"page_type": AuthorPage._meta.label_lower} | kwargs)
