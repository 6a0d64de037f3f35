"""Reading writes nothing, opens no transaction, sets no cookie and opens no session: every public address, guarded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from wagtail.models import Page

from articles.models import ArticlePage, TopicPage
from authors.models import AuthorPage
from ratings import actions
from ratings.models import Reader, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@contextmanager
def read_only_database() -> Iterator[list[str]]:
    """Refuse every write in the database itself, and collect the statements that were sent."""
    statements: list[str] = []

    def note(execute, sql, params, many, context):
        assert not connection.in_atomic_block, "reading opens no transaction"
        statements.append(sql)
        return execute(sql, params, many, context)

    on, off = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": (
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        with connection.execute_wrapper(note):
            yield statements
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


def public_addresses(article: ArticlePage) -> dict[str, int]:
    """Return every kind of public address, and the status it answers with."""
    pages = {page.url: 200 for page in Page.objects.live().filter(depth__gt=1).specific()}
    return pages | {
        f"{article.url}?after=1-1": 200,
        f"{article.url}?utm_source=x": 200,
        "/articles/?page=1": 200,
        "/articles/?page=999": 404,
        "/articles/none/": 404,
        "/no/such/page/": 404,
        "/sitemap.xml": 200,
        "/robots.txt": 200,
        f"/responses/comment/{article.pk}/": 200,
        f"/responses/stamp/{article.pk}/": 200,
        "/responses/00000000-0000-0000-0000-000000000000/": 404,
    }


def test_every_public_address_is_read_without_a_write_a_cookie_or_a_session(full_site):
    addresses = public_addresses(full_site)
    assert len(addresses) >= 17
    for address, status in addresses.items():
        client = Client()
        with read_only_database() as statements:
            answer = client.get(address)
        assert answer.status_code == status, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address
        assert not answer.wsgi_request.session.accessed, address
        assert {statement.split()[0] for statement in statements} <= {"SELECT"}, address


def test_guard_would_notice_a_write(full_site):
    with read_only_database(), pytest.raises(DatabaseError):
        Reader.objects.create()


def test_article_takes_the_same_queries_for_three_and_for_nine_comments(full_site, django_assert_num_queries):
    client = Client()
    client.get(full_site.url)  # fills the caches of content types and sites
    with django_assert_num_queries(ARTICLE_QUERIES):
        client.get(full_site.url)
    for _ in range(6):
        actions.comment(
            article=full_site,
            reader=Reader.objects.create(),
            name="Ada",
            email="canary@example.org",
            text="One more.",
            verdict=Verdict(state=State.PUBLISHED),
            now=NOON,
        )
    with django_assert_num_queries(ARTICLE_QUERIES):
        client.get(full_site.url)


ARTICLE_QUERIES = 15
"""Site, page, restrictions, the menu, contributors with all they show, topics, summary, count and comments."""


def test_email_addresses_appear_in_no_public_byte(full_site):
    for address in public_addresses(full_site):
        assert b"canary@" not in Client().get(address).content, address


def test_author_page_and_topic_page_list_the_article(full_site):
    for page in (AuthorPage.objects.get(), TopicPage.objects.get(title="Kettles")):
        assert full_site.title in Client().get(page.url).content.decode()
