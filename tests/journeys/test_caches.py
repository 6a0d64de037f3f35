"""Between us and readers: a shared cache gives nobody what belongs to another, and no header is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse
from django.test import Client

from ratings.models import Comment, Rating
from tests.ratings.test_views import GUEST, OWN, hidden_fields, stamped

pytestmark = pytest.mark.django_db

QUERIES = [
    "utm_source=x",
    "fbclid=1",
    "_=1",
    "preview=1",
    "mode=preview",
    "lang=de",
    "debug=1",
    "x=evil.example",
    "a&b",
]

CANARY = {"name": "Canaria Ruth", "email": "canary@example.org", "text": "My canary kettle sings."}


@dataclass
class SharedCache:
    """A stand-in for a proxy that keeps what it may: one copy an address and value of each header that Vary names.

    After RFC 9111: it keeps no answer that is `no-store` or `private`, and, more careless than one should be, every
    other answer to a GET, with its cookies, for ever.
    """

    kept: dict[str, list[tuple[dict[str, str], HttpResponse]]] = field(default_factory=dict)
    hits: int = 0

    def get(self, client: Client, address: str, headers: dict[str, str] | None = None) -> HttpResponse:
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        sent["cookie"] = client.cookies.output(header="", sep=";")
        for key, answer in self.kept.get(address, []):
            if all(sent.get(name, "") == value for name, value in key.items()):
                self.hits += 1
                return answer
        answer = client.get(address, headers=headers)
        control = answer.get("Cache-Control", "")
        vary = [name.strip().lower() for name in answer.get("Vary", "").split(",") if name.strip()]
        if not {"no-store", "private"} & set(re.findall(r"[\w-]+", control)) and "*" not in vary:
            self.kept.setdefault(address, []).append(({name: sent.get(name, "") for name in vary}, answer))
        return answer


@pytest.fixture
def public(article) -> list[str]:
    return ["/", "/articles/", article.url, f"{article.url}?after=1-1", "/nowhere/", "/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver:1", "testserver.", "TESTSERVER", "testserver@evil", "", "[::1]"]
)
def test_host_changes_no_byte_or_is_refused(client, full_site, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    clean, touched = client.get(full_site.url), client.get(full_site.url, headers={"Host": host})

    assert touched.status_code == 400 or touched.content == clean.content


def test_query_that_means_nothing_changes_no_byte(client, full_site):
    clean = client.get(full_site.url).content

    assert [query for query in QUERIES if client.get(f"{full_site.url}?{query}").content != clean] == []


def test_two_clean_clients_see_the_same_bytes(full_site):
    assert Client().get(full_site.url).content == Client().get(full_site.url).content


def test_what_a_reader_sends_is_in_no_page_that_another_gets_from_the_cache(article, public):
    cache = SharedCache()
    writer = Client()
    comment_form = f"/responses/comment/{article.pk}/"
    writer.post(f"/responses/rate/{article.pk}/", {"stars": "5"}, headers=OWN)
    preview = writer.post(comment_form, CANARY, headers=OWN)
    sent = writer.post(comment_form, CANARY | stamped(article), headers=OWN)
    addresses = [
        *public,
        comment_form,
        sent["Location"],
        f"/responses/{Rating.objects.get().public_id}/",
        f"/responses/stamp/{article.pk}/",
    ]
    assert CANARY["name"] in cache.get(writer, sent["Location"]).content.decode()
    secrets = [
        *CANARY.values(),
        writer.cookies["reader"].value,
        hidden_fields(preview)["stamp"],
        str(Comment.objects.get().public_id),
    ]

    for address in addresses:
        cache.get(writer, address)
    for other in (Client(), Client()):
        answers = {address: cache.get(other, address) for address in addresses}

        assert [address for address, answer in answers.items() if answer.cookies] == []
        assert [
            (address, secret)
            for address, answer in answers.items()
            for secret in secrets
            if secret in answer.content.decode() + str(answer.headers)
        ] == []
    # Had the cache kept nothing, this would prove nothing.
    assert cache.hits > len(public)


@pytest.mark.parametrize("path", ["/", "/articles/", "/nowhere/"])
def test_page_for_somebody_signed_in_is_the_page_for_everybody(admin, full_site, path):
    signed_in = Client()
    signed_in.force_login(admin)

    for address in (path, full_site.url):
        assert signed_in.get(address).content == Client().get(address).content


def test_every_response_page_is_kept_by_nobody(client, article):
    rated = client.post(f"/responses/rate/{article.pk}/", {"stars": "5"}, headers=OWN)
    sent = client.post(f"/responses/comment/{article.pk}/", GUEST | stamped(article), headers=OWN)
    answers = [
        rated,
        sent,
        client.get(rated["Location"]),
        client.get(sent["Location"]),
        Client().get(sent["Location"]),
        client.get(f"/responses/comment/{article.pk}/"),
        client.get(f"/responses/stamp/{article.pk}/"),
        client.post(f"/responses/comment/{article.pk}/", GUEST, headers=OWN),
        client.post(f"/responses/comment/{article.pk}/", GUEST),
        client.post(f"/responses/comment/{article.pk}/", {}, headers=OWN),
        client.get("/responses/comment/999999/"),
    ]

    assert [answer["Cache-Control"] for answer in answers if "no-store" not in answer.get("Cache-Control", "")] == []
