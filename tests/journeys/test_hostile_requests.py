"""Requests that no browser sends: answered in words, never with a 500."""

from __future__ import annotations

import socket
from html import unescape
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import OperationalError
from django.test import Client

from ratings import actions
from ratings.models import Comment, Rating
from tests.ratings.test_views import GUEST, OWN, stamped, text_area

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "path",
    [
        "/articles/%00/",
        "/%00",
        "/articles/x%00y/",
        "/articles/%ff%fe/",
        "/articles/%ed%a0%80/",
        "/articles/../admin/",
        "/articles/%2e%2e/admin/",
        "//articles/",
        "/articles;x/",
        "/articles/" + "x" * 5000 + "/",
        "/documents/1/%00",
        "/media/../manage.py",
        "/media/%2e%2e/%2e%2e/manage.py",
        "/static/blocks/tip/block.html",
        "/sitemap.xml?p=%00",
        "/articles/?page=%00",
        "/articles/?page=%ff",
        "/responses/rate/99999999999999999999999/",
        "/responses/comment/99999999999999999999999/",
        "/responses/stamp/99999999999999999999999/",
        "/admin/login/?next=//evil.example",
        "/admin/login/?next=%ff%00",
        "/\x80\xff/",
        "/articles/%f0%9f/",
        "/responses/comment/%ff/",
        "/documents/1/%ff.pdf",
        "/media/%ff%00",
    ],
)
def test_address_is_answered(client, path):
    assert client.get(path).status_code in {200, 301, 302, 400, 403, 404, 405}


@pytest.mark.parametrize(
    "query",
    ["after=%00", "after=%ff", "after=" + "9" * 100, "after[]=1", "a=1&" * 900 + "b=2", "%ff=%ff", "a&" * 20_000],
)
def test_query_of_an_article_is_answered(client, article, query):
    assert client.get(f"{article.url}?{query}").status_code in {200, 400, 404}


@pytest.mark.parametrize("cookie", ["", "\x80", "\xff\xfe", "\xed\xa0\x80", "x" * 3000, "a b c", "%00", "null"])
def test_cookie_that_is_none_is_answered(article, cookie):
    client = Client()
    client.cookies["reader"] = cookie
    client.cookies["sessionid"] = cookie

    assert client.get(article.url).status_code == 200
    assert client.post(f"/responses/rate/{article.pk}/", {"stars": "5"}, headers=OWN).status_code == 303


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"stars": 5, "text": "\\ud800"}'),
        ("text/plain", b"stars=5"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded", b"text=%ff%fe&name=%ed%a0%80"),
        ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(5000))),
        ("application/x-www-form-urlencoded", b"text=" + b"%3Ca%20" * 9000),
    ],
)
@pytest.mark.parametrize("view", ["rate", "comment"])
def test_body_that_no_form_sends_is_refused(client, article, view, content_type, body):
    answer = client.post(f"/responses/{view}/{article.pk}/", body, content_type=content_type, headers=OWN)

    assert answer.status_code in {400, 413, 422}
    assert not Rating.objects.exists()
    assert not Comment.objects.exists()


def test_length_that_is_no_number_is_refused(client, article):
    answer = client.post(f"/responses/comment/{article.pk}/", GUEST, headers=OWN, CONTENT_LENGTH="x")

    assert answer.status_code == 413


@pytest.mark.parametrize(("view", "fields"), [("rate", {"stars": "5"}), ("comment", GUEST)])
def test_database_that_stays_locked_is_told_and_the_text_kept(client, article, monkeypatch, view, fields):
    def locked(**values: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, view, locked)

    answer = client.post(f"/responses/{view}/{article.pk}/", fields | stamped(article), headers=OWN)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    if view == "comment":
        assert text_area(answer) == GUEST["text"]


@pytest.mark.parametrize("agent", ["x\r\nSet-Cookie: a=b", "\x1b[31m", "{{ 7919|add:7927 }}"])
def test_header_is_never_echoed(client, article, agent):
    answer = client.get(
        article.url, headers={"User-Agent": agent, "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"}
    )

    assert b"evil" not in answer.content
    assert b"15846" not in answer.content
    assert b"7919" not in answer.content


@pytest.mark.parametrize("header", ["Referer", "Origin", "Accept-Language", "If-Modified-Since", "Sec-Fetch-Site"])
@pytest.mark.parametrize(
    "value", ["\xff\xfe", "\x80", "\xed\xa0\x80", "http://[", "x" * 10_000, "q=" + "9" * 400, "\x00"]
)
def test_header_that_no_browser_sends_is_answered(client, article, header, value):
    assert client.get(article.url, headers={header: value}).status_code == 200
    assert client.post(f"/responses/comment/{article.pk}/", GUEST, headers={header: value}).status_code == 403


def test_unknown_host_is_refused_where_hosts_are_named(client, article, settings):
    settings.ALLOWED_HOSTS = ["almanac.example.org"]

    assert client.get(article.url, headers={"Host": "evil.example"}).status_code == 400


class TestTooLarge:
    @pytest.mark.parametrize(
        "body",
        [b"text=" + b"x" * 1_000_000, b"text=" + b"x" * 10_000_000, b"a&" * 100_000, b"text=" + b"%3Ca%20" * 90_000],
        ids=["1 MB", "10 MB", "100,000 fields", "600 kB of tags"],
    )
    def test_body_is_refused_unread(self, client, article, body):
        answer = client.post(f"/responses/comment/{article.pk}/", body, content_type=FORM, headers=OWN)

        assert answer.status_code == 413
        assert "5,000 characters" in answer.content.decode()

    @pytest.mark.parametrize("text", ["x" * 60_000, "&" * 20_000, "é" * 10_000, "<a " * 6_000, "x\n" * 9_000])
    def test_text_that_fits_the_body_is_kept_however_long(self, client, article, text):
        answer = client.post(
            f"/responses/comment/{article.pk}/", urlencode(GUEST | {"text": text}), content_type=FORM, headers=OWN
        )

        assert answer.status_code == 422
        assert text_area(answer) == text

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_body_that_does_not_tell_its_length_stores_nothing(self, live_server, article):
        body = urlencode(GUEST | stamped(article)).encode()
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        head = (
            f"POST /responses/comment/{article.pk}/ HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
            f"Content-Type: {FORM}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
        place = urlsplit(live_server.url)
        with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
            connection.sendall(head.encode() + chunks)
            status = connection.makefile("rb").readline()

        assert status.split()[1] in {b"400", b"411", b"413", b"422"}
        assert not Comment.objects.exists()


class TestRefusalInWords:
    """Django itself refuses what it cannot read; the page needs no database and says what to do."""

    def refusals(self, client, settings) -> dict[str, object]:
        settings.ALLOWED_HOSTS = ["testserver"]
        return {
            "foreign host": client.get("/", headers={"Host": "evil.example"}),
            "too many fields": client.post("/admin/login/", "a&" * 20_000, content_type=FORM),
            "too large": client.post("/admin/login/", "a=" + "x" * 3_000_000, content_type=FORM),
            "broken form": client.post("/admin/login/", b"x", content_type="multipart/form-data"),
        }

    def test_page_says_what_to_do(self, client, settings):
        for cause, answer in self.refusals(client, settings).items():
            page = unescape(answer.content.decode())

            assert answer.status_code in {400, 413}, cause
            assert "We could not read this request" in page
            assert "open the page anew" in page

    def test_page_asks_no_database(self, client, settings, django_assert_num_queries):
        settings.ALLOWED_HOSTS = ["testserver"]
        with django_assert_num_queries(0):
            client.get("/", headers={"Host": "evil.example"})
