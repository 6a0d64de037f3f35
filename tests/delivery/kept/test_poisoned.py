"""Who asks first for a page that is not kept yet decides about nothing in it."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from delivery.headers import page_headers
from delivery.kept.serving import KeptPages
from delivery.kept.tree import tree
from tests.delivery.header_names import HEADER_NAMES

EVIL = "https://evil.example/<b>"


def ask(front: KeptPages, address: str, **environ: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer."""
    told: list[Any] = []
    request = RequestFactory(HTTP_HOST="testserver").get(address, **environ)
    body = b"".join(front(request.environ, lambda status, headers: told.extend([int(status[:3]), dict(headers)])))
    return told[0], told[1], body


def test_page_that_an_attacker_or_an_editor_had_made_is_the_page_of_everybody(kept_pages, article, editor):
    front = KeptPages(WSGIHandler(), stands_by=False)
    signed_in = Client()
    signed_in.force_login(editor)
    sent = {f"HTTP_{name.upper().replace('-', '_')}": EVIL for name in HEADER_NAMES}
    sent |= {"HTTP_COOKIE": signed_in.cookies.output(header="", sep=";"), "QUERY_STRING": "utm_source=<b>"}
    for address in ("/", "/articles/", article.url):
        expected = Client().get(address).content
        first = ask(front, address, **sent)

        assert tree().file(address).exists()
        assert first == ask(front, address)
        status, headers, body = first
        assert (status, body) == (200, expected), address
        assert {name: headers[name] for name in page_headers()} == page_headers()
        assert set(headers) - set(page_headers()) == {"ETag", "Last-Modified", "Content-Type", "Content-Length"}
