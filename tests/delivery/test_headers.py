"""The headers of every kind of answer, as docs/headers.md lists them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from wagtail.models import PageViewRestriction

from articles.actions import retract
from articles.blocks.video.providers import PROVIDERS
from delivery import headers
from delivery.headers import BRIEF, NOT_KEPT, PERSONAL, REVALIDATED, page_headers, page_policy, written
from tests.conftest import NOON
from tests.ratings.test_views import OWN

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": headers.SECURITY["Permissions-Policy"],
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
WEEK = "max-age=604800, public"
NOBODY = "00000000-0000-0000-0000-000000000000"


def directives(answer) -> dict[str, list[str]]:
    parts = (directive.split() for directive in answer["Content-Security-Policy"].split("; "))
    return {name: sources for name, *sources in parts}


@pytest.fixture
def retracted(make_article, admin) -> str:
    """The address of an article that was taken back."""
    return retract(article=make_article("Steam Is Cold"), reason="It is not.", by=admin, now=NOON).path


def answers(article, retracted: str) -> dict[str, tuple[int, str, str]]:
    """Return the status, who may keep it and who may embed it, of every kind of answer to GET."""
    page, anywhere = "same-origin", "cross-origin"
    return {
        "/": (200, REVALIDATED, page),
        "/articles/": (200, REVALIDATED, page),
        article.url: (200, REVALIDATED, page),
        f"{article.url}?sort=newest": (200, REVALIDATED, page),
        "/search/?q=kettle": (200, REVALIDATED, page),
        "/search/suggestions/?q=ev": (200, "max-age=300, public", anywhere),
        "/style-guide/": (200, REVALIDATED, page),
        "/feeds/articles.atom": (200, "public, max-age=0, must-revalidate", anywhere),
        f"/feeds/comments/{article.pk}.atom": (200, REVALIDATED, anywhere),
        f"{article.url.rstrip('/')}.md": (200, REVALIDATED, anywhere),
        "/sitemap.xml": (200, REVALIDATED, anywhere),
        "/robots.txt": (200, REVALIDATED, anywhere),
        "/favicon.ico": (200, WEEK, anywhere),
        f"/api/articles/{article.pk}/rating/": (200, REVALIDATED, anywhere),
        article.url.rstrip("/"): (301, BRIEF, page),
        "/nowhere/": (404, REVALIDATED, page),
        f"{article.url}?page=%00": (200, REVALIDATED, page),
        retracted: (410, REVALIDATED, page),
        "/responses/": (200, PERSONAL, page),
        f"/responses/comment/{article.pk}/": (200, PERSONAL, page),
        f"/responses/stamp/{article.pk}/": (200, PERSONAL, page),
        f"/responses/{NOBODY}/": (404, PERSONAL, page),
        "/admin/": (302, PERSONAL, page),
        "/admin/login/": (200, PERSONAL, page),
    }


def test_every_kind_of_answer_says_who_may_keep_and_embed_it(full_site, retracted):
    for address, expected in answers(full_site, retracted).items():
        answer = Client().get(address)
        told = ", ".join(sorted(answer["Cache-Control"].split(", ")))

        status, control, embedding = expected
        assert (answer.status_code, told) == (status, ", ".join(sorted(control.split(", ")))), address
        assert answer["Cross-Origin-Resource-Policy"] == embedding, address
        assert {name: answer[name] for name in ALWAYS} == ALWAYS, address
        assert answer["X-Frame-Options"] == "DENY", address
        assert directives(answer)["frame-ancestors"] == ["'none'"], address
        assert control == PERSONAL or answer["Vary"] == "Accept-Encoding", address
        assert not {"Server", "X-Powered-By"} & set(answer.headers), address


def test_kept_page_and_page_of_django_carry_the_same(client, article, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    answer = client.get(article.url, secure=True)

    kept = page_headers()
    assert {name: answer[name] for name in kept} == kept
    assert set(answer.headers) - set(kept) == {"Content-Type", "Content-Length", "ETag"}


def test_page_may_load_nothing_inline_and_nothing_of_others_but_players():
    policy = written()

    assert not re.search("unsafe|nonce|sha256|data:|\\*", policy)
    origins = {"{0.scheme}://{0.netloc}".format(urlsplit(provider.player)) for provider in PROVIDERS}
    assert set(re.findall(r"https?:[^ ;]+", policy)) == origins
    for directive in ("default-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy


def test_media_of_another_host_are_allowed_and_secure_sites_ask_for_no_insecure_file():
    policy = page_policy(files=["/static/", "https://media.example.org/almanac/"], is_secure=True)

    assert policy["img-src"] == policy["media-src"] == ["'self'", "https://media.example.org"]
    assert policy["upgrade-insecure-requests"] is True
    assert not page_policy(files=["/media/"], is_secure=False)["upgrade-insecure-requests"]


def test_policy_reads_alike_in_every_process(client, article):
    names = [directive.split()[0] for directive in client.get(article.url)["Content-Security-Policy"].split("; ")]

    assert names == sorted(names)


def test_admin_may_load_what_wagtail_writes_into_its_pages_and_the_desk_no_script(client, admin):
    client.force_login(admin)
    wagtail, desk = (directives(client.get(path)) for path in ("/admin/pages/", "/admin/reader-comments/"))

    assert wagtail["script-src"] == ["'self'", "'unsafe-inline'"]
    assert desk["script-src"] == ["'self'"]
    assert [policy["default-src"] + policy["frame-ancestors"] for policy in (wagtail, desk)] == [["'none'"] * 2] * 2


def test_only_previews_may_be_framed_and_only_by_us(client, admin, article):
    client.force_login(admin)
    edit = f"/admin/pages/{article.pk}/edit/"
    framed = [client.get(f"{edit}preview/?in_preview_panel=true"), client.get(f"/admin/pages/{article.pk}/view_draft/")]

    for answer in framed:
        assert (answer.status_code, answer["Cache-Control"]) == (200, PERSONAL)
        assert directives(answer)["frame-ancestors"] == ["'self'"]
    assert directives(framed[1])["script-src"] == ["'self'"]  # it is a page
    assert framed[0]["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(edit)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["{}", "{}?sort=newest", "/search/?q=kettle", "/articles/"])
def test_who_has_the_page_already_gets_304(client, article, path):
    address = path.format(article.url)
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")
    assert [again[name] for name in ("Cache-Control", "Vary")] == [REVALIDATED, "Accept-Encoding"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_page_behind_a_password_is_kept_by_nobody(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="secret")
    answer = client.get(article.url)

    assert (answer.status_code, answer["Cache-Control"]) == (200, PERSONAL)
    assert "ETag" not in answer


def test_answer_with_a_cookie_is_kept_by_nobody(client, article):
    answer = client.post(f"/responses/rate/{article.pk}/", {"stars": "5"}, headers=OWN)

    assert answer.cookies
    assert answer["Cache-Control"] == PERSONAL


@pytest.mark.parametrize(("error", "status"), [(SuspiciousOperation, 400), (OperationalError, 503), (ValueError, 500)])
def test_failure_is_kept_by_nobody(article, monkeypatch, error, status):
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("pages.search.views.find", fail)
    answer = Client(raise_request_exception=False).get("/search/?q=kettle")

    assert (answer.status_code, answer["Cache-Control"]) == (status, NOT_KEPT)
    assert answer["X-Frame-Options"] == "DENY"


def test_cdn_keeps_pages_only_where_one_is_named(settings):
    assert "s-maxage" not in page_headers()["Cache-Control"]

    settings.CDN_SECONDS = 600
    assert page_headers()["Cache-Control"] == "public, max-age=0, s-maxage=600, stale-if-error=86400"
