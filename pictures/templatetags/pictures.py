"""`{% picture %}`: an `<img>` that asks only for sizes that exist."""

from typing import Any

from django import template
from django.utils.html import format_html
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
    candidates = sorted(image.renditions.all(), key=lambda rendition: rendition.width)
    candidates = [rendition for rendition in candidates if rendition.filter_spec.endswith("format-webp")]
    source = _source(candidates, image)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" class="{}" {} decoding="async">',
        source.url,
        ", ".join(f"{rendition.url} {rendition.width}w" for rendition in candidates),
        sizes,
        source.width,
        source.height,
        alt,
        css_class,
        # Lazy below the fold; the first picture is what the reader waits for.
        SafeString('fetchpriority="high"') if eager else SafeString('loading="lazy"'),
    )


def _source(candidates: list[Any], image: Picture) -> Any:
    """Return what has `url`, `width` and `height`: the middle rendition, or the upload itself."""
    if candidates:
        return candidates[len(candidates) // 2]
    return _Upload(image)


class _Upload:
    """The uploaded file, with the names that a rendition has."""

    def __init__(self, image: Picture) -> None:
        self.url = image.file.url
        self.width = image.width
        self.height = image.height
