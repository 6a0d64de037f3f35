"""Making a page as anybody sees it, and deciding whether it may be kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from freshness.changes import Seen
from freshness.collecting import collecting
from freshness.parts import Part, used_parts


@dataclass(frozen=True)
class Fresh:
    """A page as it was just made."""

    path: str
    status: int
    body: bytes
    tags: frozenset[str]
    """What it shows."""
    seen: Seen
    """Which changes could be seen when it began to be made."""
    parts: tuple[Part, ...]
    """The kept parts of which it was made."""
    may_be_kept: bool

    def is_outdated(self) -> bool:
        """Return whether something that it shows has changed since it, or a part of it, began to be made."""
        return self.seen.is_outdated(self.tags) or any(part.is_outdated() for part in self.parts)


def render(path: str) -> Fresh:
    """Return the page at the address `path` (decoded) as somebody unknown gets it, made by Django's own handler.

    The request is a clean one: no host, header or cookie of whoever asked comes near what others will read.
    """
    seen = Seen.now()
    with collecting() as tags, used_parts() as used:
        answer = _handler().get_response(WSGIRequest(_environ(path)))
    body = answer.content if isinstance(answer, HttpResponse) else b""
    return Fresh(path, answer.status_code, body, frozenset(tags), seen, tuple(used), _may_be_kept(answer))


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(path: str) -> dict[str, Any]:
    address = urlsplit(settings.ALMANAC_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": address.hostname or "",
        "SERVER_PORT": str(address.port or {"https": 443}.get(address.scheme, 80)),
        "HTTP_HOST": address.netloc,
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = secure if address.scheme == "https" else ""
    return environ


def _may_be_kept(answer: HttpResponseBase) -> bool:
    varies = {name.strip().lower() for name in answer.get("Vary", "").split(",")} - {"", "accept-encoding"}
    control = answer.get("Cache-Control", "")
    return (
        answer.status_code == HTTPStatus.OK
        and isinstance(answer, HttpResponse)
        and answer.get("Content-Type", "").startswith("text/html")
        and not answer.cookies
        and not varies
        and "no-store" not in control
        and "private" not in control
    )
