"""The body of an article: a stream of every kind of block that there is."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import CollectionViewRestriction, Page

from articles.blocks import registry
from articles.chosen import Keys, found, keys_in
from articles.models.source import Source
from authors.models import AuthorPage
from findable.prepared import Prepared, put_under
from findable.visibility import is_seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on
from pictures.models import Picture, Rendition


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
    """Fetch what rendering `body` would ask for block by block: pages, pictures with their sizes, and documents.

    At most one query for each.
    """
    keys = keys_in(body)
    fetch_named(body, keys, by_key(_pages(keys=keys.pages)) if keys.pages else {})


def pages_on_page(which: Q) -> QuerySet[Any]:
    """Return the pages that meet `which`, for standing on another page: with the portraits of people."""
    pages = Page.objects.filter(which).annotate(is_for_everybody=is_seen_by_everybody())
    return pages.select_related("authorpage__portrait").order_by()


def by_key(pages: Iterable[Any]) -> dict[int, Any]:
    """Return `pages_on_page` by their keys; each, and of a person `authorpage` too, knows if it `is_for_everybody`."""
    found = {page.pk: page for page in pages}
    for page in found.values():
        depends_on(tags.page(page.pk) if hasattr(page, "authorpage") else tags.link(page.pk))
        if hasattr(page, "authorpage"):
            page.authorpage.is_for_everybody = page.is_for_everybody
    return found


def _documents_of(keys: list[int]) -> QuerySet[Any]:
    # Wagtail's paths begin with those above.
    above = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    restricted = CollectionViewRestriction.objects.annotate(above=above).filter(collection__path=F("above"))
    return get_document_model().objects.filter(pk__in=keys).annotate(is_for_everybody=~Exists(restricted)).order_by()


_pages = Prepared(lambda keys: pages_on_page(Q(pk__in=keys)))
_pictures = Prepared(lambda keys: Picture.objects.filter(pk__in=keys).order_by())
_renditions = Prepared(lambda keys: Rendition.objects.filter(image__in=keys).order_by())
_documents = Prepared(_documents_of)
_sources = Prepared(lambda keys: Source.objects.filter(pk__in=keys).order_by())


def fetch_named(body: StreamValue, keys: Keys, pages: dict[int, Any]) -> dict[int, Picture]:
    """Put `pages`, and what else has `keys`, where `body` names it, and return the pictures by their keys.

    All pictures of these, and the portraits of the people among the pages, get their sizes. At most four queries.
    """
    depends_on(*map(tags.document, keys.documents), *map(tags.source, keys.sources))
    pictures = {picture.pk: picture for picture in _pictures(keys=keys.pictures)} if keys.pictures else {}
    people = {key: page.authorpage for key, page in pages.items() if hasattr(page, "authorpage")}
    sources = {source.pk: source for source in _sources(keys=set(keys.sources))} if keys.sources else {}
    body.named = {
        Page: pages,
        AuthorPage: people,
        Picture: pictures,
        get_document_model(): {each.pk: each for each in _documents(keys=keys.documents)} if keys.documents else {},
        # In the order of their numbers.
        Source: {key: sources[key] for key in keys.sources if key in sources},
    }
    with found(body.named):
        for _child in body:
            pass
    portraits = [person.portrait for person in people.values() if person.portrait]
    shown = [*pictures.values(), *portraits]
    put_under(shown, "renditions", _renditions(keys={picture.pk for picture in shown}) if shown else (), "image_id")
    return pictures
