"""Refuse a request that declares another charset than UTF-8.

Django would decode its body and its address by any codec of Python that it names (`hex`, `zlib`, `idna`), before any
view or middleware can look at it. Forms of this site, and JSON, are UTF-8.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

SENTENCE = b"This request is not in UTF-8, which is all that this site reads.\n"
TYPE = "text/plain; charset=utf-8"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Asgi = Callable[..., Awaitable[None]]


def is_utf8(content_type: str) -> bool:
    """Return whether the header `Content-Type` can be read and declares UTF-8, or no charset at all."""
    try:
        _type, parameters = parse_header_parameters(content_type)
    except ValueError:
        return False
    return parameters.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def utf8_over_wsgi(application: Wsgi) -> Wsgi:
    """Return `application`, with 400 in words for whatever is not UTF-8."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_utf8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", TYPE), ("Content-Length", str(len(SENTENCE)))])
        return [SENTENCE]

    return guarded


def utf8_over_asgi(application: Asgi) -> Asgi:
    """Return `application`, with 400 in words for whatever is not UTF-8."""

    async def guarded(scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        # Django joins a header that is sent more than once.
        types = [value.decode("latin-1") for name, value in scope.get("headers", []) if name == b"content-type"]
        if is_utf8(",".join(types)):
            return await application(scope, receive, send)
        headers = [(b"content-type", TYPE.encode()), (b"content-length", str(len(SENTENCE)).encode())]
        await send({"type": "http.response.start", "status": 400, "headers": headers})
        return await send({"type": "http.response.body", "body": SENTENCE})

    return guarded
