"""Topic pages, and the first page of the site."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from pages.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> TopicPage:
    return TopicPage.objects.get(depth=3).add_child(instance=TopicPage(title="Kettles", intro="<p>All of them.</p>"))


@pytest.fixture
def make_about(make_article):
    """Return a factory of articles of a topic."""

    def make(title: str, topic: TopicPage) -> ArticlePage:
        article = make_article(title)
        article.topics.add(topic)
        article.save()
        return article

    return make


def look(address: str) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [found.get_text(strip=True) for found in page.select(selector)]


class TestTopic:
    @pytest.fixture
    def hub(self, topic, make_about, author) -> TopicPage:
        below = topic.add_child(instance=TopicPage(title="Whistles"))
        topic.featured = make_about("Boil", topic)
        topic.save()
        make_about("Steam", below)
        make_about("Whistle", topic)
        author.topics.add(topic)
        author.save()
        return topic

    def test_shows_all_that_it_has(self, hub):
        page = look(hub.url)

        assert texts(page, ".page-head .lede") == ["All of them."]
        assert texts(page, ".card-lead .card-title") == ["Boil"]
        assert texts(page, ".topic-list h3") == ["Whistles"]
        assert texts(page, ".cards .card-title") == ["Whistle", "Steam"]
        assert texts(page, ".letters a") == ["All", "B", "S", "W"]
        assert texts(page, ".person-name") == ["Ada Brook"]

    def test_letter_shows_the_articles_under_it_alone(self, hub):
        page = look(f"{hub.url}?letter=b")

        assert texts(page, ".card-title") == ["Boil"]
        assert texts(page, ".topic-list, .person, .card-lead") == []
        assert page.select_one("meta[name=robots]")["content"] == "noindex"

    @pytest.mark.parametrize(
        "query", ["page=2", "page=0", "letter=B", "letter=ж", "letter=b&letter=s", "topic=5", "sort=title"]
    )
    def test_what_there_is_not_is_not_found(self, hub, query):
        assert Client().get(f"{hub.url}?{query}").status_code == 404

    def test_names_nobody_whose_page_readers_may_not_see(self, hub, author):
        PageViewRestriction.objects.create(page=author, restriction_type=PageViewRestriction.LOGIN)

        assert texts(look(hub.url), ".person") == []

    def test_takes_the_same_queries_for_one_of_each_and_for_three(self, hub, make_about):
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                look(hub.url)
            return len(found)

        look(hub.url)  # fills the caches of content types and sites
        before = queries()
        for number in range(2):
            make_about(f"Another {number}", hub)
            hub.add_child(instance=TopicPage(title=f"Narrower {number}"))
            person = AuthorPage(title=f"Ruth {number}")
            AuthorIndexPage.objects.get().add_child(instance=person)
            person.topics.add(hub)
            person.save()

        assert queries() == before == TOPIC_QUERIES


TOPIC_QUERIES = 25


class TestHome:
    def test_newest_article_leads_where_none_is_featured(self, make_article):
        make_article("Older")
        make_article("Newer")
        page = look("/")

        assert texts(page, ".card-lead .card-title") == ["Newer"]
        assert texts(page, ".cards .card-title") == ["Older"]

    def test_featured_article_leads_while_readers_may_see_it(self, make_article):
        featured = make_article("Featured")
        make_article("Newer")
        HomePage.objects.update(featured=featured)
        page = look("/")
        assert texts(page, ".card-lead .card-title") == ["Featured"]
        assert texts(page, ".cards .card-title") == ["Newer"]

        PageViewRestriction.objects.create(page=featured, restriction_type=PageViewRestriction.LOGIN)

        page = look("/")
        assert texts(page, ".card-title") == ["Newer"]

    def test_says_what_it_is_and_asks_what_the_reader_wants_to_know(self, topic):
        page = look("/")

        assert texts(page, "h1") == ["Articles you can trust, and can answer."]
        assert "who wrote it" in page.select_one(".lede").get_text()
        form = page.select_one("form.home-search")
        assert (form["action"], form["method"], form.select_one("input")["name"]) == ("/search/", "get", "q")
        assert texts(page, ".topics a") == ["Kettles", "All topics"]

    @pytest.mark.parametrize("number", [1, 5])
    def test_takes_the_same_queries_for_one_card_and_for_many(self, topic, make_about, number):
        for index in range(number):
            make_about(f"Article {index}", topic)
        look("/")  # fills the caches of content types and sites

        with CaptureQueriesContext(connection) as queries:
            page = look("/")

        assert len(page.select(".card")) == number
        assert len(queries) == HOME_QUERIES


HOME_QUERIES = 15
