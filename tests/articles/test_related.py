"""What an article recommends to read next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage, RelatedArticle, SignOff, TopicPage
from articles.related import FRESH_FOR, LIMIT, related_to

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)


@pytest.fixture
def kettles() -> TopicPage:
    return TopicPage.objects.get(depth=3).add_child(instance=TopicPage(title="Kettles"))


@pytest.fixture
def make(make_article):
    """Return a factory of articles with topics, tags, and a day of publication."""

    def make(title: str, *, topics=(), tags=(), on: date = TODAY, **fields) -> ArticlePage:
        moment = datetime.combine(on, time(12), tzinfo=UTC)
        article = make_article(title, first_published_at=moment, **fields)
        article.topics.set(topics)
        article.tags.set(tags)
        article.save()
        return article

    return make


@pytest.fixture
def article(make, kettles) -> ArticlePage:
    return make("Why the Kettle Whistles", topics=[kettles], tags=["steam", "sound"])


def recommend(article: ArticlePage, *others: ArticlePage) -> None:
    article.related_articles = [RelatedArticle(other=other) for other in others]
    article.save()


def titles(article: ArticlePage) -> list[str]:
    return [other.title for other in related_to(article, today=TODAY)]


def test_more_shared_topics_and_tags_come_first_and_the_newest_among_equals(article, make, kettles):
    make("One tag, older", tags=["steam"], on=date(2026, 1, 1))
    make("One tag", tags=["sound", "other"], on=date(2026, 1, 2))
    make("Two tags", tags=["steam", "sound"], on=date(2025, 1, 1))
    make("Topic", topics=[kettles], on=date(2025, 1, 1))
    make("Nothing in common", tags=["other"])

    assert titles(article) == ["Two tags", "Topic", "One tag", "One tag, older"]


def test_picks_of_the_editors_come_before_all_others_in_their_order(article, make, kettles):
    first, second = make("First"), make("Second", topics=[kettles])
    make("Topic and tag", topics=[kettles], tags=["steam"])
    recommend(article, first, second)

    assert titles(article) == ["First", "Second", "Topic and tag"]


def test_no_more_than_a_handful(article, make, kettles):
    for number in range(LIMIT + 2):
        make(f"Another {number}", topics=[kettles])

    assert len(titles(article)) == LIMIT


@pytest.mark.parametrize("hide", ["draft", "private"])
@pytest.mark.parametrize("picked", [True, False])
def test_what_readers_may_not_see_is_never_recommended(article, make, kettles, hide, picked):
    hidden = make("Canary", topics=[kettles])
    if picked:
        recommend(article, hidden)
    assert titles(article) == ["Canary"]

    if hide == "draft":
        hidden.unpublish()
    else:
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

    assert titles(article) == []


def test_topic_that_readers_may_not_see_is_not_named(article, make, kettles):
    make("Another", topics=[kettles])
    assert [other.topic_title for other in related_to(article, today=TODAY)] == ["Kettles"]

    PageViewRestriction.objects.create(page=kettles, restriction_type=PageViewRestriction.LOGIN)

    assert [other.topic_title for other in related_to(article, today=TODAY)] == [None]


class TestStale:
    """Nobody is sent to what nobody has answered for in three years."""

    LAST_DAY = TODAY - FRESH_FOR
    LONG_AGO = date(2019, 3, 1)

    @pytest.fixture(params=["picked", "by topic"])
    def old(self, request, article, make, kettles) -> ArticlePage:
        old = make("Old", topics=[kettles], on=self.LONG_AGO)
        if request.param == "picked":
            recommend(article, old)
        return old

    def test_old_article_is_left_out(self, article, old):
        assert titles(article) == []

    def test_revision_makes_it_fresh(self, article, old):
        ArticlePage.objects.filter(pk=old.pk).update(revised_on=self.LAST_DAY)

        assert titles(article) == ["Old"]

    def test_sign_off_makes_it_fresh_until_it_is_withdrawn(self, article, old, author):
        SignOff.objects.create(article=old, reviewer=author, signed_on=self.LAST_DAY)
        assert titles(article) == ["Old"]

        SignOff.objects.update(withdrawn_at=timezone.now())

        assert titles(article) == []


@pytest.mark.parametrize("number", [1, 6])
def test_takes_two_queries_for_any_number(article, make, kettles, number):
    others = [make(f"Another {index}", topics=[kettles], tags=["steam"]) for index in range(number)]
    recommend(article, *others[:2])
    article = ArticlePage.objects.get(pk=article.pk)

    with CaptureQueriesContext(connection) as queries:
        found = related_to(article, today=TODAY)
        assert all(other.title and other.url_path and other.summary == "" for other in found)

    assert len(found) == min(number, LIMIT)
    assert len(queries) == 2


def test_article_that_was_never_saved_recommends_nothing():
    assert related_to(ArticlePage(title="New"), today=TODAY) == []


class TestPage:
    """What stands under an article."""

    @pytest.fixture
    def page(self, article, make, kettles):
        make("Boiling & Steaming", topics=[kettles], on=timezone.localdate(), summary="How it boils.")
        return BeautifulSoup(Client().get(article.url).content, "html.parser")

    def test_recommends_with_topic_and_summary(self, page):
        card = page.select_one(".related .card")

        assert card.get_text("|", strip=True) == "Kettles|Boiling & Steaming|How it boils."
        assert card.select_one("a")["href"] == "/articles/boiling-steaming/"

    def test_mail_that_passes_it_on_needs_no_script_and_no_third_party(self, make):
        article = make("50 % of “A & B” +?#\u202e", summary="One\ntwo.")
        page = BeautifulSoup(Client().get(article.url).content, "html.parser")

        assert page.select_one(".sharing a")["href"] == (
            "mailto:?subject=50%20%25%20of%20%E2%80%9CA%20%26%20B%E2%80%9D%20%2B%3F%23%E2%80%AE"
            "&body=One%0Atwo.%0D%0A%0D%0A" + f"http%3A%2F%2Ftestserver%2Farticles%2F{article.slug}%2F"
        )
        assert [button.find_parent("li").has_attr("hidden") for button in page.select(".sharing button")] == [True] * 3
