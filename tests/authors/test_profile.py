"""What the page of an author tells of the person and the person's work."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage, Contributor, SignOff, TopicPage
from authors.models import AuthorLink, AuthorPage, Credential

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_part(make_article, author):
    """Return a factory of articles in which the author has a role."""

    def make(title: str, role: str) -> ArticlePage:
        article = make_article(title)
        article.contributors = [Contributor(author=author, role=role)]
        article.save()
        return article

    return make


def look(address: str) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def works(author: AuthorPage, query: str = "") -> dict[str, list[str]]:
    """Return the titles in each list of the author's page, by its heading."""
    return {
        section.h2.get_text(" ", strip=True): [link.get_text() for link in section.select(".card-title a, .rows a")]
        for section in look(author.url + query).select(".author-articles")
    }


def sign(article: ArticlePage, author: AuthorPage, **fields) -> SignOff:
    return SignOff.objects.create(article=article, reviewer=author, signed_on=date(2026, 1, 14), **fields)


def test_credential_says_where_it_can_be_looked_up_and_who_checked_it(author):
    author.credentials = [
        Credential(
            degree="MD",
            body="Northbridge",
            number="NB-7",
            register_url="https://register.example/NB-7",
            checked_on=date(2026, 1, 14),
            checked_by="Ruth Lee",
        )
    ]
    author.links = [AuthorLink(label="Elsewhere", url="https://ada.example/")]
    author.save()
    page = look(author.url)

    told = " ".join(page.select_one(".credentials li").get_text(" ").split())
    assert told == "MD Northbridge No. NB-7 Look it up : MD checked on Jan. 14, 2026 by Ruth Lee"
    assert page.select_one(".credential-number a")["href"] == "https://register.example/NB-7"
    assert page.select_one("a[rel=me]")["href"] == "https://ada.example/"


def test_lists_what_was_written_reviewed_and_supported_apart(author, make_part):
    make_part("Written", "author")
    make_part("Reviewed", "reviewer")
    make_part("Checked", "fact_checker")
    sign(make_part("Signed", "expert"), author)

    assert works(author) == {
        "Articles written 1": ["Written"],
        "Articles reviewed 2": ["Signed", "Reviewed"],
        "Also worked on 2": ["Signed", "Checked"],
    }
    assert works(author, "?part=reviewed") == {"Articles reviewed 2": ["Signed", "Reviewed"]}


def test_sign_off_counts_after_it_has_lapsed_but_not_after_it_was_withdrawn(author, make_article):
    lapsed, withdrawn = make_article("Lapsed"), make_article("Withdrawn")
    sign(lapsed, author, due_on=date(2026, 1, 15))
    sign(withdrawn, author, withdrawn_at=timezone.now())

    assert works(author)["Articles reviewed 1"] == ["Lapsed"]


@pytest.mark.parametrize("hide", ["draft", "private"])
def test_article_and_topic_that_readers_may_not_see_are_not_named(author, make_part, hide):
    topic = TopicPage.objects.get(depth=3).add_child(instance=TopicPage(title="Topic Canary"))
    author.topics.add(topic)
    author.save()
    hidden = [
        make_part("Canary 1", "author"),
        make_part("Canary 2", "reviewer"),
        make_part("Canary 3", "editor"),
        topic,
    ]
    sign(hidden[0], author)
    assert str(look(author.url)).count("Canary") >= 4

    for page in hidden:
        if hide == "draft":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert "Canary" not in str(look(author.url))
    assert "Canary" not in str(look(f"{author.url}?part=reviewed"))


@pytest.mark.parametrize(
    "query", ["part=edited", "part=reviewed&part=reviewed", "page=2", "page=x", "part=reviewed&page=2"]
)
def test_what_there_is_not_is_not_found(author, query):
    assert Client().get(f"{author.url}?{query}").status_code == 404


def test_each_list_is_canonical_for_itself(author):
    for query, canonical in [("", ""), ("?part=written&utm_source=x", ""), ("?part=reviewed", "?part=reviewed")]:
        assert look(author.url + query).select_one("link[rel=canonical]")["href"] == author.full_url + canonical


@pytest.mark.parametrize("page", ["0", "2", "x"])
def test_page_of_authors_that_is_none_is_not_found(author, page):
    assert Client().get("/authors/", {"page": page}).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_takes_the_same_queries_for_one_article_of_each_part_and_for_many(author, make_part, number):
    for index in range(number):
        for role in ("author", "reviewer", "editor"):
            make_part(f"{role} {index}", role)
    Client().get(author.url)  # fills the caches of content types and sites

    with CaptureQueriesContext(connection) as queries:
        found = works(author)

    assert [len(titles) for titles in found.values()] == [number] * 3
    assert len(queries) == AUTHOR_QUERIES


AUTHOR_QUERIES = 28
