"""A public answer depends on its address alone: on no header, and not on who asked first."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import ArticlePage
from authors.models import AuthorPage
from delivery.headers import PERSONAL
from tests.delivery.header_names import DANGEROUS, HEADER_NAMES
from tests.ratings.test_views import GUEST, OWN, stamped

pytestmark = pytest.mark.django_db

EVIL = "https://evil.example/<b>"
TOGETHER = 200
"""So many headers go into one request."""


def public(article: ArticlePage) -> list[str]:
    """Return an address of each kind of answer that anybody may keep."""
    return [
        "/",
        "/articles/",
        article.url,
        f"{article.url}?sort=newest",
        AuthorPage.objects.get().url,
        article.topics.get().url,
        f"{article.url.rstrip('/')}.md",
        "/search/?q=once",
        "/nowhere/",
        "/sitemap.xml",
        "/feeds/articles.atom",
        "/llms.txt",
        f"/api/articles/{article.pk}/",
        article.url.rstrip("/"),
    ]


def told(answer: HttpResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return all that goes over the wire."""
    return answer.status_code, sorted(answer.items()), answer.content


def test_no_header_changes_what_is_told(full_site):
    assert len(HEADER_NAMES) >= 1_127
    batches = [HEADER_NAMES[start : start + TOGETHER] for start in range(0, len(HEADER_NAMES), TOGETHER)]
    for address in public(full_site):
        clean = told(Client().get(address))
        for names in batches:
            assert told(Client().get(address, headers=dict.fromkeys(names, EVIL))) == clean, (address, names)


@pytest.mark.parametrize("value", ["evil.example", "/admin/"])
def test_no_dangerous_header_alone_changes_what_is_told(article, value):
    for address in (article.url, "/nowhere/", article.url.rstrip("/")):
        clean = told(Client().get(address))
        touched = {name: told(Client().get(address, headers={name: value})) for name in DANGEROUS.split()}
        assert [name for name, answer in touched.items() if answer != clean] == [], address


def test_proxy_that_is_believed_changes_nothing_either(full_site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for address in public(full_site):
        clean = told(Client().get(address))
        by_proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "evil.example"}
        assert told(Client().get(address, headers=by_proxy)) == clean, address


def test_editor_who_comes_first_gets_what_everybody_gets(full_site, editor):
    signed_in = Client()
    signed_in.force_login(editor)
    for address in public(full_site):
        first = signed_in.get(address)
        assert told(first) == told(Client().get(address)), address
        assert not first.cookies, address


@pytest.mark.parametrize(
    "ending",
    ["x.css", ".css", ";.js", ";/x.js", "%2F..%2Fx.css", "%2e%2e/x.css", "%00.css", "%0a.css", "%3f.css", "//x.css"],
)
def test_private_page_is_told_to_nobody_under_the_name_of_a_file(client, article, admin, ending):
    own = client.post(f"/responses/comment/{article.pk}/", GUEST | stamped(article), headers=OWN)["Location"]
    client.force_login(admin)
    for private in (own, "/responses/", f"/responses/mine/{article.pk}/", "/admin/account/"):
        assert client.get(private)["Cache-Control"] == PERSONAL

        answer = client.get(private + ending)
        assert answer.status_code in {301, 404} or answer["Cache-Control"] == PERSONAL, private
        assert GUEST["text"] not in answer.content.decode(), private
        assert not answer.cookies or answer["Cache-Control"] == PERSONAL, private
