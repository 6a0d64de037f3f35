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
from ratings.models import Comment, Reader, State
from ratings.moderation.judge import Verdict
from ratings.selection import Order
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
    first, reply = Comment.objects.published().under(article).oldest_first()[:2]
    nobody = "00000000-0000-0000-0000-000000000000"
    return pages | {
        f"{article.url}?after=1-1": 200,
        f"{article.url}?utm_source=x": 200,
        f"{article.url}?thread={first.public_id}": 200,
        f"{article.url}?thread={first.public_id}&after={reply.pk}": 200,
        f"{article.url}?thread={nobody}": 404,
        f"{article.url}?stars=5": 200,
        f"{article.url}?stars=6": 404,
        **{f"{article.url}?sort={order}": 200 for order in Order.values},
        f"{article.url}?sort=best": 404,
        f"{article.url}versions/1/": 200,
        f"{article.url}versions/9/": 404,
        "/articles/?page=1": 200,
        "/articles/?page=999": 404,
        "/articles/none/": 404,
        "/no/such/page/": 404,
        "/sitemap.xml": 200,
        "/robots.txt": 200,
        "/responses/": 200,
        f"/responses/comment/{article.pk}/": 200,
        f"/responses/comment/{article.pk}/?reply_to={first.public_id}": 200,
        f"/responses/stamp/{article.pk}/": 200,
        f"/responses/news/{article.pk}/?since=2026-01-31T12:00:00Z": 200,
        f"/responses/news/{article.pk}/": 400,
        f"/responses/mine/{article.pk}/": 200,
        f"/responses/helpful/{first.public_id}/": 200,
        f"/responses/report/{reply.public_id}/": 200,
        f"/responses/{nobody}/": 404,
        f"/responses/{nobody}/edit/": 404,
        f"/responses/{nobody}/delete/": 404,
        f"/comments/{first.public_id}/": 302,
        f"/comments/{reply.public_id}/": 302,
        f"/comments/{nobody}/": 404,
        f"/feeds/comments/{article.pk}.atom": 200,
        f"/api/articles/{article.pk}/rating/": 200,
        f"/api/articles/{article.pk}/comments/": 200,
    }


def test_every_public_address_is_read_without_a_write_a_cookie_or_a_session(full_site):
    addresses = public_addresses(full_site)
    assert len(addresses) >= 45
    for address, status in addresses.items():
        client = Client()
        with read_only_database() as statements:
            answer = client.get(address)
        assert answer.status_code == status, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address
        assert not answer.wsgi_request.session.accessed, address
        assert {statement.lstrip("(").split()[0] for statement in statements} <= {"SELECT"}, address


def test_guard_would_notice_a_write(full_site):
    with read_only_database(), pytest.raises(DatabaseError):
        Reader.objects.create()


def answer(article: ArticlePage, number: int) -> None:
    """Let `number` readers write a comment each, every third one an answer to the one before."""
    before: Comment | None = None
    for index in range(number):
        before = actions.comment(
            article=article,
            reader=Reader.objects.create(),
            name="Ada",
            email="canary@example.org",
            text="One more, in *some* more words than a nod. " * 8,
            verdict=Verdict(state=State.PUBLISHED),
            parent=before if index % 3 else None,
            now=NOON,
        )


@pytest.mark.parametrize("more", [6, 297])
def test_article_takes_the_same_queries_for_three_comments_and_for_many(
    full_site, django_assert_num_queries, settings, more
):
    settings.KEEP_PAGES = True  # what is the same on every page is then remembered
    client = Client()
    client.get(full_site.url)  # fills the caches of content types and sites
    with django_assert_num_queries(ARTICLE_QUERIES):
        client.get(full_site.url)
    answer(full_site, more)
    assert Comment.objects.published().count() == 3 + more
    with django_assert_num_queries(ARTICLE_QUERIES):
        client.get(full_site.url)


ARTICLE_QUERIES = 8
"""The version of the site; the article, the rows that belong to it, the pages that stand on it, what to read next; the
numbers of its comments, threads and replies."""


@pytest.mark.parametrize("number", [0, 300])
def test_page_with_all_its_comments_is_small(article, number):
    """Of 300 comments no more than a page of them is sent: the rest is a link away."""
    answer(article, number)

    assert len(Client().get(article.url).content) <= 120_000


def test_email_addresses_appear_in_no_public_byte(full_site):
    for address in public_addresses(full_site):
        assert b"canary@" not in Client().get(address).content, address


def test_author_page_and_topic_page_list_the_article(full_site):
    for page in (AuthorPage.objects.get(), TopicPage.objects.get(title="Kettles")):
        assert full_site.title in Client().get(page.url).content.decode()
