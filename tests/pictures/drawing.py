"""Pictures as cameras and strangers make them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image


def photograph(image_format: str, color: str = "teal", **options: Any) -> bytes:
    """Return a picture as a telephone makes it: lying on its side, with its place and its owner."""
    data = BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Metadata Canary"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (47.0, 22.0, 1.0)})
    if image_format == "GIF":
        options |= {"comment": b"Metadata Canary", "xmp": b"<x>Metadata Canary</x>"}
    else:
        options |= {"exif": exif, "xmp": b"<x>Metadata Canary</x>"}
    if image_format in ("JPEG", "MPO"):
        options["comment"] = b"Metadata Canary"
    Image.new("RGB", (1200, 600), color).save(data, image_format, **options)
    return data.getvalue()


def moving(image_format: str, frames: int = 2) -> bytes:
    """Return a picture of so many different frames."""
    data = BytesIO()
    drawn = [Image.new("RGB", (8, 8), (number * 97 % 256, number // 256, 0)) for number in range(frames)]
    drawn[0].save(data, image_format, save_all=True, append_images=drawn[1:], duration=20)
    return data.getvalue()
