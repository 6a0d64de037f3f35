"""Where a POST comes from.

The forms stand in pages that anyone may keep, so they hold no token. Instead the browser says where a form was sent
from: `Sec-Fetch-Site` (Fetch Metadata, W3C), else `Origin` or `Referer`.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_own(request: HttpRequest) -> bool:
    """Return whether `request` was sent from a page of this site. A request that says nothing was not."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is not None and _origin(source) == _origin(settings.ALMANAC_URL)


def _origin(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        return (parts.scheme, parts.netloc.lower()) if parts.netloc else None
    except ValueError:
        return None
