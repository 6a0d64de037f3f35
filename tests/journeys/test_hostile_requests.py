"""Requests that no browser sends: answered in words, never with a 500."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from ratings import actions
from ratings.models import Comment, Rating
from tests.ratings.test_views import GUEST, OWN, stamped, text_area

pytestmark = pytest.mark.django_db


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
    ],
)
def test_address_is_answered(client, path):
    assert client.get(path).status_code in {200, 301, 302, 400, 403, 404, 405}


@pytest.mark.parametrize("query", ["after=%00", "after=%ff", "after=" + "9" * 100, "after[]=1", "a=1&" * 900 + "b=2"])
def test_query_of_an_article_is_answered(client, article, query):
    assert client.get(f"{article.url}?{query}").status_code in {200, 400}


@pytest.mark.parametrize("cookie", ["", "\x80", "x" * 3000, "a b c", "%00", "null"])
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


def test_unknown_host_is_refused_where_hosts_are_named(client, article, settings):
    settings.ALLOWED_HOSTS = ["almanac.example.org"]

    assert client.get(article.url, headers={"Host": "evil.example"}).status_code == 400
