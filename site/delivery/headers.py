"""The headers of answers, said once: for Django, for the kept pages before it, and to hold a web server's against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.utils import build_policy
from django.conf import settings

Directives = dict[str, Any]
"""A content security policy as django-csp takes it: the sources of each directive, or whether it is there."""

PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
"""Where the players of videos come from: the only pages of others that ours may hold."""

REVALIDATED = "public, max-age=0, must-revalidate"
"""Anybody may keep it who asks each time whether it still holds."""
PERSONAL = "private, no-store"
"""For one reader, now."""
NOT_KEPT = "no-store"
BRIEF = "public, max-age=60"
"""For redirects: without it a browser may keep a permanent one for ever, also after the page has come back."""
STALE_IF_ERROR = 24 * 60 * 60
"""So many seconds a CDN may go on to show what it has while the site is down."""

OFF = ("browsing-topics", "camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "usb")
"""What asks most of a reader's browser, and no page of ours asks for. Not all that there is: it goes with each page."""

SECURITY = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in OFF),
    # No other site learns which page a reader came from. (A player of videos asks for the host, and gets it.)
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer alike."""


def page_policy(*, files: Iterable[str], is_secure: bool) -> Directives:
    """Return what a public page may load: from us and the addresses `files` (static files, media), nothing inline."""
    origins = {f"{address.scheme}://{address.netloc}" for address in map(urlsplit, files) if address.netloc}
    own = [SELF, *sorted(origins)]
    return {
        "default-src": [NONE],
        "script-src": own,
        "style-src": own,
        "img-src": own,
        "font-src": own,
        "media-src": own,
        "connect-src": [SELF],
        "frame-src": list(PLAYERS),
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": is_secure,
    }


def admin_policy(page: Directives) -> Directives:
    """Return what the admin may load: what a public `page` may, and what Wagtail writes into its own.

    These are scripts in its forms and filters (dates, inline panels) and styles in its editor. It frames previews, and
    shows a picture that is about to be uploaded.
    """
    return page | {
        "script-src": [*page["script-src"], UNSAFE_INLINE],
        "style-src": [*page["style-src"], UNSAFE_INLINE],
        "img-src": [*page["img-src"], "blob:"],
        "frame-src": [SELF],
    }


def written(directives: Directives | None = None) -> str:
    """Return a policy, by default that of public pages, as the value of the header."""
    return in_order(build_policy(directives or settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]))


def in_order(policy: str) -> str:
    """Return `policy` with its directives sorted: django-csp writes them in another order in each process."""
    return "; ".join(sorted(policy.split("; ")))


def page_headers() -> dict[str, str]:
    """Return all headers of a kept page, beside those of its content and its `ETag`.

    `CDN_SECONDS` tells a CDN for how long to keep the page. It is 0 unless one is purged when a page changes: any other
    would show a withdrawn page for as long. There is no `stale-while-revalidate`, since browsers obey it too: a reader
    who has just voted would see the page as it was before.
    """
    headers = SECURITY | {
        "Cache-Control": REVALIDATED,
        "Content-Security-Policy": written(),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Accept-Encoding",
        "X-Frame-Options": "DENY",
    }
    if settings.CDN_SECONDS:
        # Without `must-revalidate`, which forbids to show anything stale, whatever the error.
        shared = f"s-maxage={settings.CDN_SECONDS}, stale-if-error={STALE_IF_ERROR}"
        headers["Cache-Control"] = f"public, max-age=0, {shared}"
    if settings.SECURE_HSTS_SECONDS:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"
    return headers
