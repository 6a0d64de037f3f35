"""Where the links of a body lead: absolute addresses of what any reader may open, and nothing about the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import nh3
from django.utils.html import escape
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from articles.citations.showing import numbered
from findable.nodes import absolute
from prose.sanitize import ATTRIBUTES, CITATION, TAGS

Key = tuple[str, str]
"""What a link of Wagtail's editor names: "page" or "document", and its id as it is written there."""


KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
"""An id that a database column can hold."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A page or document that any reader may open, with its absolute address."""

    title: str
    url: str


_known: ContextVar[dict[Key, Link] | None] = ContextVar("known_links", default=None)


@contextmanager
def links_known(body: StreamValue) -> Iterator[None]:
    """Look up everything that `body` links to at once: inside, no block asks the database for it.

    Takes four queries for any number of links.
    """
    names = {Page: "page", get_document_model(): "document"}
    found = body.stream_block.extract_references(body)
    token = _known.set(_look_up({(names[model], str(key)) for model, key, *_ in found if model in names}))
    try:
        yield
    finally:
        _known.reset(token)


def link_to(kind: str, key: object) -> Link | None:
    """Return where the "page" or "document" with that `key` is, or None unless any reader may open it."""
    wanted = (kind, str(key))
    known = _known.get()
    return (_look_up({wanted}) if known is None else known).get(wanted)


def linked(source: str, *, with_citations: bool = False) -> str:
    """Return the rich text `source` as clean HTML with absolute addresses.

    A link to what not every reader may open, or to what is no address, loses it, and its words stay. A citation becomes
    its number, or `with_citations` stays as the `embed` that it is.
    """
    with_addresses = FIND_A_TAG.sub(_opened, source)
    if not with_citations:
        with_addresses = CITATION.sub(lambda citation: numbered(int(citation["key"])), with_addresses)
    clean = nh3.clean(
        with_addresses,
        tags=TAGS | {"embed"} if with_citations else TAGS,
        attributes={"*": set(), "a": {"href"}, "embed": ATTRIBUTES["embed"]},
        attribute_filter=lambda tag, _attribute, value: _absolute(value) if tag == "a" else value,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return re.sub(r"<a>(.*?)</a>", r"\1", clean, flags=re.DOTALL)


def _absolute(address: str) -> str | None:
    """Return `address` as it is from anywhere, a fragment as it is; None for what is no address."""
    try:
        return address if address.startswith("#") else absolute(address)
    except ValueError:
        return None


def _opened(tag: re.Match[str]) -> str:
    attributes = extract_attrs(tag[1])
    if "linktype" not in attributes:
        return tag[0]
    link = link_to(attributes["linktype"], attributes.get("id", ""))
    return f'<a href="{escape(link.url)}">' if link else "<a>"


def _look_up(wanted: Iterable[Key]) -> dict[Key, Link]:
    # Asked even for nothing: a body takes the same queries whatever it links to.
    keys: dict[str, set[int]] = {"page": {0}, "document": {0}}
    for kind, key in wanted:
        if kind in keys and KEY.fullmatch(key):
            keys[kind].add(int(key))
    pages = Page.objects.live().public().filter(pk__in=keys["page"])
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    documents = get_document_model().objects.select_related("collection").filter(pk__in=keys["document"])
    return {
        **{("page", str(page.pk)): Link(title=page.title, url=page.full_url) for page in pages if page.full_url},
        **{
            ("document", str(document.pk)): Link(title=document.title, url=absolute(document.url))
            for document in documents
            if not document.collection.path.startswith(closed)
        },
    }
