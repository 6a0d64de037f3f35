"""The list of all articles: what an address may ask of it, and what it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import Http404, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from articles import paging
from articles.listing import SIGNS, Part, Selection, Sort, letter_of, letters_of
from articles.models import ArticlePage, Contributor, TopicPage

pytestmark = pytest.mark.django_db

NAMES = ("topic", "letter", "sort", "part")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def make_topic():
    def make(title: str, parent: TopicPage | None = None, **fields) -> TopicPage:
        return (parent or TopicPage.objects.get(depth=3)).add_child(instance=TopicPage(title=title, **fields))

    return make


@pytest.fixture
def make_articles(make_article):
    """Return a factory of articles by title, each a day younger than the one before."""

    def make(*titles: str, topic: TopicPage | None = None) -> list[ArticlePage]:
        made = []
        for number, title in enumerate(titles):
            article = make_article(title, first_published_at=BEGINNING + timedelta(days=number))
            if topic:
                article.topics.add(topic)
                article.save()
            made.append(article)
        return made

    return make


def look(address: str, **query: str) -> BeautifulSoup:
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [card.get_text(strip=True) for card in page.select(".cards .card-title")]


class TestAddress:
    """What an address may say, and that each list has one address."""

    @given(
        letter=st.sampled_from(["", "k", SIGNS, "я"]),
        topic=st.sampled_from(["", "7", "12"]),
        sort=st.sampled_from(["", *Sort.values]),
        part=st.sampled_from(["", *Part.values]),
        page=st.sampled_from(["", "1", "2", "999999"]),
    )
    def test_selection_is_read_back_from_its_own_address(self, letter, topic, sort, part, page):
        query = QueryDict(mutable=True)
        query.update({"letter": letter, "topic": topic, "sort": sort, "part": part, "page": page})
        selection = Selection.read(query, NAMES)

        assert Selection.read(QueryDict(selection.query), NAMES) == selection

    @pytest.mark.parametrize("query", ["page=1", "sort=newest", "sort=&topic=", "part=written", "utm_source=x&a=1", ""])
    def test_what_a_page_shows_anyway_has_no_parameters(self, query):
        selection = Selection.read(QueryDict(query), NAMES)

        assert (selection.query, selection.address, selection.is_filtered) == ("", "./", False)

    @pytest.mark.parametrize(
        "query",
        [
            *("page=0", "page=-1", "page=01", "page=x", "page=%D9%A1", "page=1000000000", "page=2%00", "page=1&page=2"),
            *("topic=sleep", "topic=0", "topic=9999999", "topic=1%00", "topic=1&topic=2", "topic=-1"),
            *("sort=best", "sort=NEWEST", "sort=title%00", "sort=title&sort=title"),
            *(
                "letter=K",
                "letter=kk",
                "letter=%C3%A9",
                "letter=%00",
                "letter=1",
                "letter=k&letter=k",
                "letter=" + "k" * 9,
            ),
            *("part=edited", "part=Reviewed"),
        ],
    )
    def test_value_that_no_list_knows_is_not_found(self, query):
        with pytest.raises(Http404):
            Selection.read(QueryDict(query), NAMES)

    @pytest.mark.parametrize("query", ["sort=best", "sort=title", "topic=5", "part=written"])
    def test_what_only_other_lists_take_is_not_found(self, query):
        with pytest.raises(Http404):
            Selection.read(QueryDict(query), ("letter",))

    def test_names_of_somebody_else_are_ignored(self):
        assert Selection.read(QueryDict("utm_source=x&utm_source=y&page=2"), ("letter",)) == Selection(page="2")

    def test_changing_the_choice_begins_at_the_first_page(self):
        assert Selection(letter="k", page="3").but(letter="q") == Selection(letter="q")

    @pytest.mark.parametrize(
        "query", ["page=2", "topic=999", "letter=K", "letter=ж", "sort=best", "part=written", "page=1&page=1"]
    )
    def test_page_answers_404_in_words(self, article, query):
        answer = Client().get(f"/articles/?{query}")

        assert answer.status_code == 404
        assert "There is no such page" in answer.content.decode()


class TestLetters:
    """The A–Z: one letter for all its cases and accents."""

    @given(title=st.text(max_size=3))
    def test_every_title_stands_under_one_letter_that_can_be_asked_for(self, title):
        letter = letter_of(title)

        assert letter_of(letter) == letter
        assert len(letter) == 1

    @pytest.mark.parametrize(
        ("title", "letter"),
        [
            ("Élan", "e"),
            ("élan", "e"),
            ("7 Ways", "#"),
            ("“Why”", "#"),
            ("", "#"),
            ("Ж", "ж"),
            ("ßa", "s"),
            ("𝐀b", "a"),
        ],
    )
    def test_letter(self, title, letter):
        assert letter_of(title) == letter

    def test_letters_say_under_which_characters_titles_stand(self, make_articles):
        make_articles("Éclair", "eggs", "Eels", "7 ways", "Жук")
        found = letters_of(ArticlePage.objects.published())

        assert {letter: firsts for letter, firsts in found.items() if firsts} == {
            "e": {"E": 1, "e": 1, "É": 1},
            "ж": {"Ж": 1},
            "#": {"7": 1},
        }
        assert list(found) == [*"abcdefghijklmnopqrstuvwxyz", "ж", "#"]

    def test_page_links_only_letters_under_which_there_is_something(self, make_articles):
        make_articles("Éclair", "eggs", "7 ways")
        page = look("/articles/")

        links = {link.get_text(): link["href"] for link in page.select(".letters a")}
        assert links == {"All": "./", "E": "?letter=e", "#": "?letter=%23"}
        assert len(page.select(".letters span")) == 25
        assert titles(look("/articles/", letter="e")) == ["eggs", "Éclair"]
        assert titles(look("/articles/", letter="#")) == ["7 ways"]
        assert look("/articles/", letter="q").select_one(".empty")


class TestChoosing:
    def test_topic_with_all_below_it(self, make_topic, make_articles):
        topic = make_topic("Kettles")
        below = make_topic("Whistles", parent=topic)
        make_articles("Boil", topic=topic)
        make_articles("Steam", topic=below)
        make_articles("Other")

        assert sorted(titles(look("/articles/", topic=str(topic.pk)))) == ["Boil", "Steam"]
        assert titles(look("/articles/", topic=str(topic.pk), letter="s")) == ["Steam"]
        # The form that chooses a topic keeps the letter, whatever the topic has under it.
        assert look("/articles/", topic=str(topic.pk), letter="#").select_one(".empty")
        assert look("/articles/", topic=str(below.pk)).select_one("option[selected]").get_text() == "Whistles"

    @pytest.mark.parametrize("hide", ["draft", "private"])
    def test_topic_that_readers_may_not_see_cannot_be_asked_for(self, make_topic, make_articles, hide):
        topic = make_topic("Secret Canary", live=hide != "draft")
        make_articles("Boil", topic=topic)
        if hide == "private":
            PageViewRestriction.objects.create(page=topic, restriction_type=PageViewRestriction.LOGIN)

        assert Client().get("/articles/", {"topic": topic.pk}).status_code == 404
        assert "Secret Canary" not in str(look("/articles/"))

    def test_order(self, make_articles):
        make_articles("b", "A", "C")

        assert titles(look("/articles/")) == ["C", "A", "b"]
        assert titles(look("/articles/", sort="title")) == ["A", "b", "C"]


class TestPaging:
    @pytest.fixture
    def short_pages(self, monkeypatch):
        monkeypatch.setattr(paging.page_of, "__defaults__", (1,))

    def test_links_keep_the_choice(self, short_pages, make_articles):
        make_articles("k1", "k2", "k3")
        page = look("/articles/", letter="k", page="2")

        assert page.select_one("[rel=prev]")["href"] == "?letter=k"
        assert page.select_one("[rel=next]")["href"] == "?letter=k&page=3"
        assert [link["href"] for link in page.select(".paging li a")] == [
            "?letter=k",
            "?letter=k&page=2",
            "?letter=k&page=3",
        ]
        assert page.select_one(".paging [aria-current=page]").get_text(" ", strip=True) == "Page 2"

    def test_numbers_leave_out_what_is_far_away(self, short_pages, make_articles):
        make_articles(*"abcdefghi")
        page = look("/articles/", page="5")

        assert [item.get_text(" ", strip=True) for item in page.select(".paging li")] == [
            "Page 1",
            "…",
            "Page 4",
            "Page 5",
            "Page 6",
            "…",
            "Page 9",
        ]

    def test_labels_say_what_kind_of_list_it_is(self, short_pages, make_articles):
        make_articles("a", "b")

        assert look("/articles/").select_one("[rel=next]").get_text() == "Older articles"
        assert look("/articles/", sort="title").select_one("[rel=next]").get_text() == "Next page"

    @pytest.mark.parametrize(
        ("query", "canonical", "is_kept"),
        [
            ("", "/articles/", True),
            ("page=1&utm_source=x", "/articles/", True),
            ("page=2", "/articles/?page=2", True),
            ("sort=newest", "/articles/", True),
            ("sort=title", "/articles/?sort=title", False),
            ("letter=a", "/articles/?letter=a", False),
        ],
    )
    def test_each_page_of_the_list_is_canonical_and_no_view_of_it_is_kept(
        self, short_pages, make_articles, query, canonical, is_kept
    ):
        make_articles("a", "b")
        page = look(f"/articles/?{query}")

        assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{canonical}"
        assert (page.select_one("meta[name=robots]") is None) == is_kept


LIST_QUERIES = 16
"""The way to the page, settings and menu; topics and letters, which say how many articles there are; the keys of the
page; then the cards: articles, contributors, ratings, comments and topics."""


@pytest.mark.parametrize("number", [1, 20])
def test_list_takes_the_same_queries_for_one_card_and_for_twenty(make_topic, make_articles, author, number):
    for article in make_articles(*(f"Article {index}" for index in range(number)), topic=make_topic("Kettles")):
        article.contributors = [Contributor(author=author)]
        article.save()
    Client().get("/articles/")  # fills the caches of content types and sites

    with CaptureQueriesContext(connection) as queries:
        page = look("/articles/")

    assert len(titles(page)) == number
    assert len(queries) == LIST_QUERIES


def test_article_that_is_no_longer_public_is_in_no_list(make_topic, make_articles):
    topic = make_topic("Kettles")
    article, other = make_articles("Canary", "Other", topic=topic)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)

    for address in ("/", "/articles/", "/articles/?letter=c", f"/articles/?topic={topic.pk}", topic.url):
        page = str(look(address))
        assert "Canary" not in page, address
    assert titles(look("/articles/")) == [other.title]
