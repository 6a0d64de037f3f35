"""Making the sizes of one picture, each in every format, from a file that is decoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageCms

FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 50, "speed": 8}),
    "webp": ("WEBP", {"quality": 75}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "png": ("PNG", {}),
}
"""How each ending is written. The qualities differ least from one another for the eye, see docs/pictures.md.

AVIF at Pillow's own speed of 6 takes five times as long and saves two bytes in a hundred; at 8 it costs what WebP does.
"""

SCALED_WELL = ("L", "RGB", "RGBA", "CMYK")
"""Modes of Pillow that can be made smaller as they are."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """One size: the width it was asked for by, its own dimensions in pixels, and its files by their ending.

    The last file is the one that every reader of pictures understands: PNG where something is transparent, else JPEG.
    """

    name: int
    width: int
    height: int
    files: dict[str, bytes]


def sizes_of(file: IO[bytes], widths: Sequence[int]) -> Iterator[Size]:
    """Yield the picture in `file` in each of `widths`, never enlarged. Raises OSError if it cannot be decoded."""
    source = _decoded(file, max(widths))
    endings = ("avif", "webp", "png" if source.mode == "RGBA" else "jpg")
    for width in widths:
        image = _narrowed(source, width)
        yield Size(
            name=width,
            width=image.width,
            height=image.height,
            files={ending: _encoded(image, ending) for ending in endings},
        )


def _decoded(file: IO[bytes], width: int) -> Image.Image:
    """Return the picture at most `width` pixels wide, in sRGB, as RGBA if something in it is transparent and else RGB.

    A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
    """
    with Image.open(file) as image:
        image.draft(image.mode, (width, 1))
        shown: Image.Image = image
        if image.mode.startswith("I"):
            # Gray of 16 bits, which Pillow would cut off instead of scaling.
            shown = image.convert("I").point(lambda value: value / 256).convert("L")
        elif image.mode not in SCALED_WELL or "transparency" in image.info:
            shown = image.convert("RGBA" if image.has_transparency_data else "RGB")
        return _in_srgb(_narrowed(shown, width), image.info.get("icc_profile"))


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return `image` in the colors that every screen shows, and without a word about anything else."""
    is_transparent = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    mode = "RGBA" if is_transparent else "RGB"
    if profile:
        # A profile that is broken, or that belongs to another kind of picture, says nothing.
        with suppress(ImageCms.PyCMSError, OSError):
            found = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), outputMode=mode)
            image = converted or image
    image = image.convert(mode)
    image.info.clear()
    return image


def _encoded(image: Image.Image, ending: str) -> bytes:
    name, options = FORMATS[ending]
    data = BytesIO()
    image.save(data, name, **options)
    return data.getvalue()
