"""The sizes in which pictures are shown, each in several formats."""

WIDTHS = (480, 960, 1600)
"""Widths in pixels that a page may ask for; a picture is never enlarged."""

MODERN = {"avif": "image/avif", "webp": "image/webp"}
"""Endings and media types of the formats that every size is offered in first, the smallest files first."""

SPECS = tuple(f"{width}.{ending}" for width in WIDTHS for ending in ("jpg", "png"))
"""What the rows of our sizes are called: by their width, and by the format that every reader of pictures understands.

Beside the file of such a row lie the same pixels in each of the `MODERN` formats. Wagtail takes these names for no
filter, so none of its commands makes a row that lacks those files.
"""


def widths_of(width: int) -> list[int]:
    """Return the widths of `WIDTHS` to make of a picture of `width` pixels: all below it, and one that holds it all."""
    return [size for size, below in zip(WIDTHS, (0, *WIDTHS), strict=False) if below < width]
