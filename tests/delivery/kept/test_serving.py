"""Answering from kept pages, before Django."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory

from delivery.headers import REVALIDATED
from delivery.kept import keeping, serving
from delivery.kept.keeping import index
from delivery.kept.serving import KeptPages
from delivery.kept.tree import tree
from freshness.changes import changed
from freshness.memory import remembered, remembering
from freshness.tags import SITE

pytestmark = pytest.mark.django_db

BY_APPLICATION = (200, b"by the application")


@pytest.fixture
def front(machine, world) -> Iterator[KeptPages]:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"by the application"]

    world.put("/", "home", "page:1")
    # As in Django's own client: the connection holds the transaction of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield KeptPages(application, stands_by=False)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(front: KeptPages, address: str, method: str = "GET", **environ: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer."""
    told: list[Any] = []
    request = RequestFactory(HTTP_HOST="testserver").generic(method, address, **environ)
    body = b"".join(front(request.environ, lambda status, headers: told.extend([int(status[:3]), dict(headers)])))
    return told[0], told[1], body


def said(front: KeptPages, address: str, method: str = "GET", **environ: str) -> tuple[int, bytes]:
    status, _headers, body = ask(front, address, method, **environ)
    return status, body


def test_page_is_made_for_the_first_reader_and_read_from_its_file_for_the_next(front, world, django_assert_num_queries):
    assert said(front, "/") == (200, b"home")
    with django_assert_num_queries(0):
        assert said(front, "/") == (200, b"home")
    assert world.made == ["/"]
    assert index().showing("page:1") == ["/"]


def test_each_browser_gets_the_encoding_it_understands(front):
    plain = ask(front, "/")
    zipped = ask(front, "/", HTTP_ACCEPT_ENCODING="gzip, deflate, br;q=0")
    shrunk = ask(front, "/", HTTP_ACCEPT_ENCODING="gzip, br")

    assert "Content-Encoding" not in plain[1]
    assert (zipped[1]["Content-Encoding"], gzip.decompress(zipped[2])) == ("gzip", b"home")
    assert (shrunk[1]["Content-Encoding"], brotli.decompress(shrunk[2])) == ("br", b"home")
    assert len({answer[1]["ETag"] for answer in (plain, zipped, shrunk)}) == 3


def test_browser_that_has_it_is_not_sent_it_again(front):
    _status, headers, _body = ask(front, "/")

    assert said(front, "/", HTTP_IF_NONE_MATCH=f'"other", W/{headers["ETag"]}') == (304, b"")
    assert said(front, "/", HTTP_IF_MODIFIED_SINCE=headers["Last-Modified"]) == (304, b"")
    assert said(front, "/", HTTP_IF_NONE_MATCH='"other"') == (200, b"home")
    assert said(front, "/", "HEAD") == (200, b"")


def test_flood_of_unknown_parameters_makes_no_page_and_no_file(front, world):
    answers = {said(front, f"/?a={number}&utm_source={number}") for number in range(50)}

    assert answers == {(200, b"home")}
    assert world.made == ["/"]
    assert [*tree().addresses(), *index().names()] == ["/", "/"]


@pytest.mark.parametrize(
    ("address", "method", "environ"),
    [
        ("/?page=1000000000", "GET", {}),
        ("/?utm_source=x&q=kettle", "GET", {}),
        ("/?" + "a=1&" * 1_000, "GET", {}),
        ("/", "POST", {}),
        ("/", "GET", {"HTTP_HOST": "evil.example"}),
        ("/missing/", "GET", {}),
        ("/../../etc/", "GET", {}),
        ("/" + "é" * 200 + "/", "GET", {}),
        ("/" + "a/" * 5_000, "GET", {}),
    ],
)
def test_everything_else_is_the_application_s(front, world, address, method, environ):
    assert said(front, address, method, **environ) == BY_APPLICATION
    assert world.made == []


def test_page_that_changes_while_it_is_made_is_not_kept(front, world):
    world.while_made = lambda: changed("page:1")

    status, headers, body = ask(front, "/")

    assert (status, body, "ETag" in headers) == (200, b"home", False)
    assert list(tree().addresses()) == []


def test_page_shows_the_site_as_it_is_when_it_is_made_and_not_as_it_was_before_the_wait(front, world, monkeypatch):
    names = ["old"]

    @remembered
    def name() -> str:
        return names[-1]

    def page() -> str:
        with remembering():
            return name()

    @contextmanager
    def rename_meanwhile(path: str) -> Iterator[None]:
        names.append("new")
        changed(SITE)
        yield

    world.says["/"] = page
    assert page() == "old"
    monkeypatch.setattr(serving, "_turn", rename_meanwhile)

    assert said(front, "/") == (200, b"new")


def test_process_of_other_code_makes_no_page(front, world, monkeypatch):
    said(front, "/")
    index().made_by("other code")

    assert said(front, "/") == (200, b"home")
    tree().unlink("/")
    assert said(front, "/") == BY_APPLICATION
    assert world.made == ["/"]


def test_cdn_keeps_no_answer_that_was_asked_for_with_a_query(front, settings):
    """None of them is ever purged."""
    settings.CDN_SECONDS = 600
    front = KeptPages(front._application, stands_by=False)

    assert "s-maxage=600" in ask(front, "/")[1]["Cache-Control"]
    assert ask(front, "/?utm_source=x")[1]["Cache-Control"] == REVALIDATED


def test_who_has_waited_long_enough_for_another_process_makes_the_page_too(front, monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0)
    monkeypatch.setattr(serving, "PATIENCE_WITH_THREADS", 0.01)
    with serving._turn("/"):
        assert said(front, "/") == (200, b"home")


class TestTrouble:
    def test_reader_is_answered_though_nothing_can_be_written(self, front, machine, settings, monkeypatch, caplog):
        (machine / "no-folder").touch()
        settings.DATA = machine / "no-folder"
        monkeypatch.setattr(keeping, "_silent_until", 0)

        assert [said(front, "/") for _each in range(3)] == [BY_APPLICATION] * 3
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_with_the_database_away_what_is_kept_is_served_and_the_rest_is_the_application_s(
        self, front, world, monkeypatch
    ):
        def away(*arguments: object) -> None:
            raise OperationalError("connection refused")

        world.put("/cold/", "cold", "page:2")
        said(front, "/")
        monkeypatch.setattr("freshness.changes.Seen.now", away)

        assert said(front, "/") == (200, b"home")
        assert said(front, "/cold/") == BY_APPLICATION

    def test_refresher_stands_by_as_soon_as_anything_is_asked(self, front, monkeypatch):
        """Where no worker runs, and all that is asked for is kept, nobody else would read what changes."""
        started = []
        monkeypatch.setattr(serving, "start_refresher", lambda stop, **how: started.append(how) or object())
        standing_by = KeptPages(front._application)

        said(standing_by, "/")
        said(standing_by, "/")

        assert started == [{"stands_by": True}]
