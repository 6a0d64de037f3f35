"""The body of an article: a stream of every kind of block that there is."""

from functools import cached_property
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from articles.blocks import registry
from findable.visibility import find_out_who_sees
from pictures.models import Picture


class BodyField(StreamField):
    """A StreamField that asks the registry for its kinds, so that block definitions stay out of migrations.

    A historical model has today's kinds: a data migration that saves a page keeps its body. (Deconstructing to an empty
    list of kinds would empty it in silence.) Renaming or removing a kind is a data migration on the raw JSON.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> blocks.StreamBlock:
        """Return the stream block with every kind, made on first use."""
        block = registry.stream_block()
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> Any:
        """Return what a migration needs: the field's own options, and no kinds."""
        return models.Field.deconstruct(self)

    def get_prep_value(self, value: Any) -> Any:
        """Return the JSON to store, with every block made first: a block cleans its rich text when it is prepared.

        A stream that was assigned as JSON is otherwise written back as it came.
        """
        if isinstance(value, StreamValue):
            for _child in value:
                pass
        return super().get_prep_value(value)


def pictures_in(body: StreamValue) -> list[Picture]:
    """Return the pictures that the blocks of `body` show, in order."""
    return [picture for child in body for picture in child.block.pictures(child.value)]


def texts_in(body: StreamValue) -> list[str]:
    """Return the text of every block of `body`, in order."""
    return [child.block.text(child.value) for child in body]


def fetch_what_is_shown(body: StreamValue) -> None:
    """Fetch what rendering `body` would ask for block by block: people with their portraits, and sizes of pictures.

    Wagtail itself loads the pictures and pages that blocks choose in one query for each kind.
    """
    people = [person for child in body for person in child.block.people(child.value)]
    models.prefetch_related_objects(people, "portrait__renditions")
    find_out_who_sees(people)
    models.prefetch_related_objects(pictures_in(body), "renditions")
