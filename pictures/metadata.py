"""Taking out of a picture's file what is not the picture: who made it, where and with which device."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import ExifTags, Image, ImageOps

OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 90},
    "JPEG": {"quality": 92},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
}
"""How a file of each format is written again. Other formats stay as they came."""

HARMLESS = {
    # How the pixels are to be shown; the color profile belongs to what a reader sees.
    "aspect", "background", "chromaticity", "dpi", "gamma", "icc_profile", "interlace", "srgb", "transparency",
    # How a JPEG was packed.
    "adobe", "adobe_transform", "jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive",
    # What Pillow says of every file that could move.
    "default_image", "duration", "loop", "timestamp",
}  # fmt: skip
"""What a file may say beside its pixels. All else goes, also what we have never heard of."""


def without_metadata(file: File[bytes]) -> File[bytes]:
    """Return `file` without EXIF (position, device, owner), XMP and comments, and turned as its EXIF says.

    A file that holds none of that is returned as it is: writing it again would cost quality. So is one that moves, one
    of a format without an entry in `OPTIONS`, and one that is no picture at all.
    """
    file.open()
    try:
        image: Image.Image = Image.open(file)
        # A telephone's JPEG may carry further pictures behind the first ("MPO"): the first is the photograph.
        image_format = "JPEG" if image.format == "MPO" else image.format
        moves = getattr(image, "is_animated", False) and image.format != "MPO"
        if image_format not in OPTIONS or moves:
            return file
        image.load()
    except (OSError, SyntaxError):
        return file
    finally:
        file.seek(0)
    told = set(image.info) - HARMLESS
    if not told and image.format != "MPO":
        return file
    options = dict(OPTIONS[image_format])
    if image.format == "JPEG" and image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        # Nothing to turn, so that the pixels can stay exactly as they were packed.
        options["quality"] = "keep"
    else:
        image = ImageOps.exif_transpose(image)
    for key in set(image.info) - HARMLESS:
        del image.info[key]
    data = BytesIO()
    # Empty, not left out: some writers would else copy what they read.
    image.save(data, image_format, exif=b"", icc_profile=image.info.get("icc_profile"), **options)
    return ContentFile(data.getvalue(), name=file.name)
