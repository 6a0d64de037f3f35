"""The addresses of the search: its page, and the suggestions below a search field."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import TopicPage
from findable import counting
from pages.models import SearchTerm
from pages.search.dictionary import learn_words
from pages.search.readable import Readable
from pages.search.terms import searches, write_search_terms

pytestmark = pytest.mark.django_db


def test_every_question_is_one_page_to_search_engines_and_what_finds_nothing_is_none(client, write):
    write("Kettles", "Steam.")

    for question, robots in (("", []), ("steam", []), ("buy gold at gold.example", ["noindex"])):
        head = BeautifulSoup(client.get("/search/", {"q": question}).content, "html.parser").head
        assert [meta["content"] for meta in head.select("meta[name=robots]")] == robots, question
        assert head.select_one("link[rel=canonical]")["href"] == "http://testserver/search/"


def test_page_shows_the_question_again(client, write):
    write("Kettles", "Steam.")

    page = BeautifulSoup(client.get("/search/", {"q": 'steam "<b>'}).content, "html.parser")

    assert page.find(id="search-field")["value"] == 'steam "<b>'
    assert page.select_one(".search-results a")["href"] == "/articles/kettles/"
    assert page.select_one(".search-results mark").text == "Steam"


def test_results_are_paged_with_the_question(client, write):
    for number in range(11):
        write(f"Kettle {number}", "Steam.")

    first = BeautifulSoup(client.get("/search/?q=steam&kind=article").content, "html.parser")
    second = client.get("/search/" + first.select_one(".paging a[rel=next]")["href"])

    assert len(first.select(".search-results > li")) == 10
    assert len(BeautifulSoup(second.content, "html.parser").select(".search-results > li")) == 1


@pytest.mark.parametrize("query", ["kind=x", "topic=x", "page=x", "page=2", "page=-1"])
def test_unknown_choice_is_answered_in_words(client, write, query):
    write("Kettles", "Steam.")

    assert client.get(f"/search/?q=steam&{query}").status_code == 404


@pytest.mark.parametrize("question", ["%00", '"foo', "x" * 100_000, "%ff", "%ed%a0%80", "%e2%80%ae", "a+" * 50_000])
@pytest.mark.parametrize("path", ["/search/", "/search/suggestions/"])
def test_hostile_question_is_answered(client, path, question):
    assert client.get(f"{path}?q={question}").status_code == 200


def test_suggestions_are_titles_with_words_that_begin_so(client, write):
    write("Ménière’s Disease")
    write("Disease Today and Tomorrow")
    write("What Disease Is It")
    write("Something", "Disease.")

    answer = client.get("/search/suggestions/?q=DIS")

    assert answer.json() == {
        "suggestions": [
            {"title": "Disease Today and Tomorrow", "address": "/articles/disease-today-and-tomorrow/"},
            {"title": "Ménière’s Disease", "address": "/articles/m%C3%A9ni%C3%A8res-disease/"},
            {"title": "What Disease Is It", "address": "/articles/what-disease-is-it/"},
        ]
    }
    assert client.get("/search/suggestions/?q=dis%20meni").json()["suggestions"][0]["title"] == "Ménière’s Disease"
    assert client.get("/search/suggestions/?q=d").json() == {"suggestions": []}


def test_suggestions_are_kept_by_caches(client, write):
    write("Kettles")

    answer = client.get("/search/suggestions/?q=ket")

    assert answer["Cache-Control"] == "public, max-age=300"
    assert client.get("/search/suggestions/?q=ket", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_suggestions_are_few_and_cost_the_same_for_any_number(client, write, django_assert_num_queries):
    write("Kettle 0")
    client.get("/search/suggestions/?q=kettle")
    with django_assert_num_queries(2):
        client.get("/search/suggestions/?q=kettle")
    for number in range(1, 10):
        write(f"Kettle {number}")
    with django_assert_num_queries(2):
        assert len(client.get("/search/suggestions/?q=kettle").json()["suggestions"]) == 8


def unpublished(article):
    article.unpublish()


def private(article):
    PageViewRestriction.objects.create(page=article, restriction_type="login")


def never_published(article):
    article.title, article.slug = "Kettle", "kettle"
    article.save()
    article.live = False
    article.save(update_fields=["live"])


@pytest.mark.parametrize("state", [unpublished, private, never_published])
def test_page_that_is_not_for_everybody_is_on_no_surface_of_the_search(client, write, state):
    article = write("Canary", "xylophone")
    article.topics = [TopicPage.objects.get().add_child(instance=TopicPage(title="Birds"))]
    article.save_revision().publish()
    write("Whistle", "xylophones and more")
    learn_words(Readable.now())
    before = client.get("/search/?q=xylophone").content.decode()
    assert "Canary" in before
    assert "Birds" in before
    assert "canary</bdi></a>?" in client.get("/search/?q=cnary").content.decode()

    state(article)

    for address in ("/search/?q=xylophone", "/search/?q=cnary", "/search/suggestions/?q=can"):
        answer = client.get(address).content.decode().casefold()
        assert "canary" not in answer, address
        assert '<bdi>birds</bdi> <span class="search-count">' not in answer, address


def test_search_is_counted_once_and_without_a_write(client, write):
    write("Kettles", "Steam.")
    for address in ("/search/?q=Steam", "/search/?q=steam", "/search/?q=steam&kind=article", "/search/?q=steam&page=1"):
        client.get(address)
    for personal in ("ruth@example.org", "+44 20 7946 0958", "", "the"):
        client.get("/search/", {"q": personal})
    client.get("/search/?q=whales")
    assert SearchTerm.objects.count() == 0

    counting.flush()
    write_search_terms(now=timezone.now())
    searches.count("steam", note="7")
    counting.flush()
    write_search_terms(now=timezone.now())

    rows = SearchTerm.objects.order_by("words").values_list("words", "searches", "results")
    assert list(rows) == [("steam", 4, 7), ("whales", 1, 0)]
