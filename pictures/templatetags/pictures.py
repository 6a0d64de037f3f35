"""`{% picture %}`: an `<img>` that asks only for sizes that exist."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pictures.models import Picture

register = template.Library()


@register.simple_tag
def picture(
    image: Picture | None, alt: str = "", sizes: str = "100vw", css_class: str = "", eager: bool = False
) -> SafeString | str:
    """Return an `<img>` for `image` with every existing rendition in its `srcset`, or nothing without an image.

    `sizes` is the HTML attribute. Falls back to the uploaded file while no rendition was made. `eager` is for the one
    picture at the top of the page.
    """
    if image is None:
        return ""
    candidates: list[Any] = image.made_sizes
    source: Any = candidates[len(candidates) // 2] if candidates else _Upload(image)
    attributes = {"src": source.url}
    if candidates:
        attributes["srcset"] = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in candidates)
        attributes["sizes"] = sizes
    attributes |= {"width": source.width, "height": source.height, "alt": alt}
    if css_class:
        attributes["class"] = css_class
    # Lazy below the fold; the first picture is what the reader waits for.
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return format_html("<img{}>", format_html_join("", ' {}="{}"', attributes.items()))


class _Upload:
    """The uploaded file, with the names that a rendition has."""

    def __init__(self, image: Picture) -> None:
        self.url = image.file.url
        self.width = image.width
        self.height = image.height
