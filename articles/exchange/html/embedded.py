"""Pictures that stand in the HTML itself, as addresses that hold all of their data."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote_to_bytes

PICTURE = re.compile(
    r"data:image/(?P<type>png|jpe?g|gif|webp|avif|bmp|tiff)(?P<base64>[^,]{0,100};base64)?[^,]{0,100},", re.IGNORECASE
)
SHORTEST = 200
"""Characters. A shorter picture only holds the place of another."""


class Embedded:
    """The pictures found so far, by the addresses that stand for them in the text."""

    def __init__(self) -> None:
        self.pictures: dict[str, Callable[[], bytes]] = {}

    def address(self, data: str) -> str:
        """Return an address for the picture that `data` holds, or nothing if it holds none to be shown."""
        head = PICTURE.match(data)
        if head is None or len(data) < SHORTEST:
            return ""
        digest = hashlib.sha256(data.encode()).hexdigest()[:16]
        name = f"embedded-{digest}.{head['type'].lower()}"
        self.pictures[name] = partial(_decoded, data[head.end() :], in_base64=head["base64"] is not None)
        return name


def _decoded(data: str, *, in_base64: bool) -> bytes:
    """Return the bytes of a picture; none if they cannot be read."""
    plain = unquote_to_bytes(data)
    if not in_base64:
        return plain
    try:
        return base64.b64decode(plain)
    except binascii.Error:
        return b""
