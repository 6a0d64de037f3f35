"""`{% picture %}`: a `<picture>` that asks only for sizes that exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pictures.models import Picture, Rendition
from pictures.sizes import MODERN, WIDTHS

register = template.Library()


@register.simple_tag
def picture(
    image: Picture | None,
    alt: str = "",
    sizes: str = "100vw",
    css_class: str = "",
    eager: bool = False,
    widest: int = WIDTHS[-1],
) -> SafeString | str:
    """Return `image` in every size up to `widest` and every format that exist, or nothing without an image.

    `sizes` is the HTML attribute. Falls back to the uploaded file while no size was made. `eager` is for the one
    picture at the top of the page, which the reader waits for; all others are fetched when they come near.
    """
    if image is None:
        return ""
    made = image.made_sizes
    shown = [size for size in made if size.width <= widest] or made[:1]
    middle: Any = shown[len(shown) // 2] if shown else image
    attributes = {"src": middle.file.url} | _srcset([size.file.url for size in shown], shown, sizes)
    attributes |= {"width": middle.width, "height": middle.height, "alt": alt}
    if css_class:
        attributes["class"] = css_class
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy", "decoding": "async"}
    return format_html("<picture>{}{}</picture>", _sources(shown, sizes), _element("img", attributes))


@register.simple_tag
def rights(image: Picture | None, credit: str = "") -> SafeString | str:
    """Return who made `image` (in the words of `credit`, if it has any) and its license, with a link to its text."""
    parts: list[str] = [credit or (image.credit if image else "")]
    if image and image.license:
        link = '<a href="{}" rel="license noopener">{}</a>'
        parts.append(format_html(link, image.license_url, image.license) if image.license_url else image.license)
    return format_html_join(" · ", "{}", ([part] for part in parts if part))


def _sources(shown: list[Rendition], sizes: str) -> SafeString:
    """Return a `<source>` for each format that not every browser knows, the best first."""
    if not shown:
        return SafeString("")
    storage = shown[0].file.storage
    names = [size.modern_names for size in shown]
    return SafeString(
        "".join(
            _element(
                "source",
                _srcset([storage.url(name[media_type]) for name in names], shown, sizes, always=True)
                | {"type": media_type},
            )
            for media_type in MODERN.values()
        )
    )


def _srcset(addresses: Iterable[str], shown: list[Rendition], sizes: str, *, always: bool = False) -> dict[str, Any]:
    """Return the attributes that let a browser choose among `addresses`; none for a single one, but `always` that."""
    if len(shown) > 1:
        candidates = [f"{address} {size.width}w" for address, size in zip(addresses, shown, strict=True)]
        return {"srcset": ", ".join(candidates), "sizes": sizes}
    return {"srcset": next(iter(addresses))} if always else {}


def _element(name: str, attributes: dict[str, Any]) -> SafeString:
    return format_html("<{}{}>", SafeString(name), format_html_join("", ' {}="{}"', attributes.items()))
