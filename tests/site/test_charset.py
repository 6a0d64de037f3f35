"""What says that it is not UTF-8 is refused before Django looks at it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from config.charset import is_utf8, utf8_over_asgi, utf8_over_wsgi
from config.wsgi import application

OTHERS = ["hex", "rot13", "zlib", "undefined", "idna", "utf-7", "unicode_escape", "latin1", "utf-16", "klingon", ""]
FORM = "multipart/form-data; boundary=x"


def over_wsgi(application, content_type: str, method: str = "GET") -> tuple[str, bytes]:
    """Return the status and the body of what `application` answers."""
    started: list[str] = []
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "QUERY_STRING": "a=b", "CONTENT_TYPE": content_type}
    setup_testing_defaults(environ)
    answer = application(environ, lambda status, headers: started.append(status))
    return started[0], b"".join(answer)


def over_asgi(content_type: str) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def answers(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [(b"content-type", content_type.encode())]}
    # In a thread of its own: the browser of other tests leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, utf8_over_asgi(answers)(scope, None, send)).result()
    return sent


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", FORM, f"{FORM}; charset=UTF-8", f'{FORM}; CHARSET="utf-8"', "application/json; charset=utf8"],
)
def test_utf8_and_what_says_nothing_pass(content_type):
    assert is_utf8(content_type)
    assert over_asgi(content_type)[0]["status"] == 200
    assert over_wsgi(utf8_over_wsgi(_hello), content_type) == ("200 OK", b"hello")


def _hello(environ, start_response) -> list[bytes]:
    start_response("200 OK", [])
    return [b"hello"]


@pytest.mark.parametrize("charset", OTHERS)
def test_every_other_charset_is_refused_in_words(charset):
    content_type = f"{FORM}; charset={charset}"

    status, body = over_wsgi(utf8_over_wsgi(_hello), content_type)
    assert (status, b"not in UTF-8" in body) == ("400 Bad Request", True)

    start, last = over_asgi(content_type)
    assert (start["status"], b"not in UTF-8" in last["body"]) == (400, True)


@pytest.mark.parametrize(
    "content_type", ["text/plain; charset*=hex''x", "text/plain; a*=klingon''x", "a;" + "b" * 5000]
)
def test_header_that_hides_a_charset_or_cannot_be_read_breaks_nothing(content_type):
    status, _body = over_wsgi(utf8_over_wsgi(_hello), content_type)

    assert status in {"200 OK", "400 Bad Request"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("charset", OTHERS)
def test_site_itself_answers_400(method, charset):
    assert over_wsgi(application, f"text/plain; charset={charset}", method)[0] == "400 Bad Request"
