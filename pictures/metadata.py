"""Taking out of a picture's file what is not the picture: who made it, where and with which device."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import ExifTags, Image, ImageOps

FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "AVIF": ("avif", {"quality": 90, "speed": 8}),
    "GIF": ("gif", {}),
    "JPEG": ("jpg", {"quality": 92}),
    # To search for the very smallest file takes a minute for a photograph.
    "PNG": ("png", {"compress_level": 4}),
    "WEBP": ("webp", {"quality": 92}),
}
"""The ending of each format, and how a file of it is written again. Other formats stay as they came."""

LOSSLESS = ("GIF", "JPEG", "PNG")
"""Formats in which a file is always written again: that costs nothing to be seen, and drops whatever hangs behind."""

HARMLESS = {
    # How the pixels are to be shown; the color profile belongs to what a reader sees.
    "aspect", "background", "chromaticity", "dpi", "gamma", "icc_profile", "interlace", "srgb", "transparency",
    # How a JPEG or a GIF was packed.
    "adobe", "adobe_transform", "jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive",
    "version",
    # What Pillow says of every file that could move.
    "default_image", "duration", "loop", "timestamp",
}  # fmt: skip
"""What a file may say beside its pixels. All else goes, also what we have never heard of."""


def without_metadata(file: File[bytes]) -> File[bytes]:
    """Return `file` without EXIF (position, device, owner), XMP and comments, and turned as its EXIF says.

    Of a picture that moves, the first frame. A WebP or AVIF that holds nothing of that is returned as it is: writing it
    again would cost quality. So is a file of a format without an entry in `FORMATS`, and one that is no picture at all.
    """
    file.open()
    try:
        image: Image.Image = Image.open(file)
        # A telephone's JPEG may carry further pictures behind the first ("MPO"): the first is the photograph.
        image_format = "JPEG" if image.format == "MPO" else image.format
        if image_format not in FORMATS:
            return file
        moves = getattr(image, "is_animated", False)
        image.load()
    except (OSError, SyntaxError):
        return file
    finally:
        file.seek(0)
    told = set(image.info) - HARMLESS
    if image_format not in LOSSLESS and not (told or moves or _is_longer_than_it_says(file)):
        return file
    ending, options = FORMATS[image_format]
    if image.format == "JPEG" and image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        # Nothing to turn, so that the pixels can stay exactly as they were packed.
        options = {"quality": "keep"}
    else:
        image = ImageOps.exif_transpose(image)
    for key in set(image.info) - HARMLESS:
        del image.info[key]
    data = BytesIO()
    # Empty, not left out: some writers would else copy what they read.
    image.save(data, image_format, exif=b"", icc_profile=image.info.get("icc_profile"), **options)
    return ContentFile(data.getvalue(), name=f"picture.{ending}")


def _is_longer_than_it_says(file: File[bytes]) -> bool:
    """Return whether something hangs behind the picture in a WebP, which begins with its own length."""
    head = file.read(8)
    file.seek(0)
    return head[:4] == b"RIFF" and file.size > 8 + int.from_bytes(head[4:], "little") + 1
