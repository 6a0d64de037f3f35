"""What every page and every picture tells machines of itself, whatever its kind (schema.org)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from wagtail.models import Page

from findable.nodes import Node, absolute, node, reference, website_id
from pictures.models import Picture

if TYPE_CHECKING:
    from findable.models import FindablePage


def page_nodes(page: FindablePage, **properties: Any) -> list[Node]:
    """Return the node of the page itself, with further `properties`, and of the way that leads to it, if there is one.

    The page's "@id" is its own address; everything on it is called by that address and a fragment.
    """
    url = page.full_url
    way = breadcrumb(page, page.trail)
    return [
        node(
            page.page_kind,
            id=url,
            url=url,
            name=page.title,
            description=page.short_description,
            inLanguage=get_language(),
            isPartOf=reference(website_id()),
            isBasedOn=page.original_url,
            breadcrumb=reference(way[0]["@id"]) if way else None,
            **properties,
        ),
        *way,
    ]


def breadcrumb(page: Page, trail: Sequence[Page]) -> list[Node]:
    """Return the node of the way that leads to `page`, which is the one that readers see; none for a way of no step."""
    if not trail:
        return []
    steps = [
        {"@type": "ListItem", "position": position, "name": step.title, "item": step.full_url}
        for position, step in enumerate([*trail, page], start=1)
    ]
    return [node("BreadcrumbList", id=f"{page.full_url}#breadcrumb", itemListElement=steps)]


def image_id(picture: Picture, page_url: str) -> str:
    """Return the "@id" of `picture` on the page at `page_url`."""
    return f"{page_url}#picture-{picture.pk}"


def image_node(picture: Picture, page_url: str, *, caption: str = "", credit: str = "") -> Node:
    """Return the node of `picture` as the page at `page_url` shows it: the largest size that exists, and its license.

    `caption` and `credit` are the page's own words, in place of the picture's. Nothing is said of what is not known:
    the credit is a text, which may name a person or a firm, so it makes no creator.
    """
    sizes: list[Any] = picture.made_sizes
    largest = picture.largest
    return node(
        "ImageObject",
        id=image_id(picture, page_url),
        contentUrl=absolute(largest.file.url),
        thumbnailUrl=absolute(sizes[0].file.url) if sizes else "",
        width=f"{largest.width} px",
        height=f"{largest.height} px",
        caption=caption or picture.description,
        creditText=credit or picture.credit,
        license=picture.license_url,
        acquireLicensePage=picture.source_url,
    )
