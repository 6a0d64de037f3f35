"""Whether an uploaded file is a picture that can be shown; if not, why, in a sentence."""

from __future__ import annotations

import struct
import zlib
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

MAX_SIDE = 16_000
"""The longest side in pixels: WebP ends at 16,383."""

DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
"""What Pillow raises for files that are no pictures, or broken ones."""


def check_readable(file: IO[bytes]) -> None:
    """Raise ValidationError unless `file` is one still picture within our limits, whole to the last pixel.

    What the file says of its size is believed before anything is decoded, so that a small file cannot fill the memory.
    """
    file.seek(0)
    try:
        image = Image.open(file)
        if image.format != "MPO" and getattr(image, "is_animated", False):
            raise ValidationError(
                _("This picture moves. Upload what moves as a video, which readers can stop."), code="moves"
            )
        _check_size(*image.size)
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except DAMAGED as error:
        raise ValidationError(
            _("We cannot read this picture: the file is damaged, or it is none."), code="damaged"
        ) from error


def _check_size(width: int, height: int) -> None:
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_large()
    if max(width, height) > MAX_SIDE:
        raise ValidationError(
            _("This picture is %(width)s by %(height)s pixels. No side may have more than %(most)s."),
            params={"width": width, "height": height, "most": MAX_SIDE},
            code="too_long",
        )


def _too_large() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels. Up to %(most)s million are possible."),
        params={"most": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
        code="too_many_pixels",
    )
