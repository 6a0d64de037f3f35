"""Where the pictures and videos in foreign HTML lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

Attributes = Mapping[str, str | None]

LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url", "data-src-medium")
"""Where scripts that load pictures late keep the real address, from the most common to the rarest."""
CANDIDATE = re.compile(r"\s*,*\s*(?P<address>[^\s,]\S*)(?:\s+(?P<size>[\d.]+)(?P<unit>[wx]))?\s*(?=,|$)")
GOOGLE = re.compile(r"https?://(?:www\.)?google\.com/url\?(?:[^#]{0,200}&)?q=(?P<address>https?[^&#]+)", re.IGNORECASE)
MOST_CANDIDATES = 50
SIZED = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled)(?=\.\w+$)")
VIDEO = re.compile(
    r"(?:https?:)?//(?:www\.|player\.)?(?:"
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?v=|shorts/)|youtu\.be/)(?P<youtube>[\w-]{6,20})"
    r"|vimeo\.com/(?:video/)?(?P<vimeo>\d{3,12}))",
    re.IGNORECASE,
)


def picture_address(attributes: Attributes, sources: list[Attributes], base: str) -> str:
    """Return where the picture of an `img` lies, the largest of its sizes, or nothing if it has no address."""
    sets = [attributes.get(name) for name in ("data-srcset", "data-lazy-srcset", "srcset")]
    sets += [source.get(name) for source in sources for name in ("data-srcset", "srcset")]
    for candidates in sets:
        address = _largest(candidates or "")
        if address and not _is_placeholder(address):
            return absolute(address, base)
    for name in (*LAZY, "src"):
        address = (attributes.get(name) or "").strip()
        if address and not (name != "src" and _is_placeholder(address)):
            return absolute(address, base)
    return ""


def is_tracker(attributes: Attributes) -> bool:
    """Whether the picture is too small to be seen: it is there to count readers."""
    sizes = [attributes.get("width"), attributes.get("height")]
    return all(size in ("0", "1", "0px", "1px") for size in sizes)


def video_address(address: str) -> str:
    """Return the address of the page of a video that a frame with `address` plays, or nothing."""
    video = VIDEO.match(address.strip())
    if video is None:
        return ""
    if video["youtube"]:
        return f"https://www.youtube.com/watch?v={video['youtube']}"
    return f"https://vimeo.com/{video['vimeo']}"


def shows_the_same(one: str, other: str) -> bool:
    """Whether two addresses are those of the same picture, by the name of its file, whatever its size."""
    return bool(one) and _file_name(one) == _file_name(other)


def absolute(address: str, base: str) -> str:
    """Return `address` as it is to be understood on the page at `base`; as it is if that is empty."""
    address = address.strip()
    if not address:
        return ""
    try:
        joined = urljoin(base, address) if base and not address.startswith(("#", "data:")) else address
        urlsplit(joined)
    except ValueError:
        return ""
    return f"https:{joined}" if joined.startswith("//") else joined


def unwrapped(address: str) -> str:
    """Return where a link leads that Google Docs has wrapped into one of Google's own."""
    redirect = GOOGLE.match(address)
    return unquote(redirect["address"]) if redirect else address


def _largest(candidates: str) -> str:
    """Return the address of the largest picture in a `srcset` (HTML standard, section 4.8.4.2.1)."""
    best, best_size = "", -1.0
    for count, candidate in enumerate(CANDIDATE.finditer(candidates)):
        if count == MOST_CANDIDATES:
            break
        size = _number(candidate["size"])
        if size > best_size:
            best, best_size = candidate["address"].rstrip(","), size
    return best


def _file_name(address: str) -> str:
    """Return the name of the file of a picture, without the size that WordPress puts into it."""
    path = unquote(address).partition("?")[0].partition("#")[0].rstrip("/")
    return SIZED.sub("", path.rpartition("/")[2].casefold())


def _number(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0


def _is_placeholder(address: str) -> bool:
    return address.startswith("data:") or "blank.gif" in address or "placeholder" in address
