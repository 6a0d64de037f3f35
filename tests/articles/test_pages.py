"""What the pages of articles and topics show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ArticlePage, TopicPage
from articles.paging import PER_PAGE
from authors.models import AuthorIndexPage, AuthorPage
from pages.models import HomePage, InformationPage
from pictures.actions import make_renditions, store_picture
from pictures.models import Picture
from ratings.actions import set_legacy_total
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db


def picture(**fields) -> Picture:
    found = store_picture(title="Canary title", name="picture.png", data=photograph("PNG"), credit="Drawn by Ruth")
    Picture.objects.filter(pk=found.pk).update(**{"description": "A kettle"} | fields)
    found.refresh_from_db()
    make_renditions([found])
    return found


def page_of(article: ArticlePage) -> BeautifulSoup:
    return BeautifulSoup(Client().get(article.url).content, "html.parser")


def figure(image: Picture, **fields) -> dict:
    return {"type": "figure", "value": {"image": image.pk, "alt": "", "caption": "", "credit": ""} | fields}


class TestPictures:
    """A picture brings its description and its credit along."""

    def test_figure_and_hero_say_what_the_picture_says_of_itself(self, make_article):
        image = picture(description="A teal kettle")
        page = page_of(make_article(hero=image, body=[figure(image)]))

        assert [tag["alt"] for tag in page.select("img")] == ["A teal kettle", "A teal kettle"]
        assert [tag.get_text(strip=True) for tag in page.select(".credit")] == ["Drawn by Ruth", "Drawn by Ruth"]

    def test_figure_and_hero_have_words_of_their_own_first(self, make_article):
        image = picture(description="A teal kettle")
        body = [figure(image, alt="Own figure", credit="Own credit")]
        page = page_of(make_article(hero=image, hero_alt="Own hero", body=body))

        assert [tag["alt"] for tag in page.select("img")] == ["Own hero", "Own figure"]
        assert page.select_one("figure.figure .credit").get_text(strip=True) == "Own credit"

    def test_decorative_picture_is_not_described_wherever_it_is_shown(self, make_article):
        image = picture(description="")
        article = make_article(
            hero=image, hero_is_decorative=True, body=[figure(image, is_decorative=True, alt="Lines")]
        )

        assert [tag["alt"] for tag in page_of(article).select("img")] == ["", ""]
        page = BeautifulSoup(Client().get("/articles/").content, "html.parser")
        assert page.select_one(".card img")["alt"] == ""

    @pytest.mark.parametrize(
        ("address", "links"),
        [("", []), ("https://example.org/by/", ["https://example.org/by/"])],
        ids=["bare", "linked"],
    )
    def test_license_stands_beside_the_credit(self, make_article, address, links):
        image = picture(license="CC <BY>", license_url=address)
        shown = page_of(make_article(hero=image, body=[figure(image)])).select(".credit")

        assert [each.get_text() for each in shown] == ["Drawn by Ruth · CC <BY>"] * 2
        assert [link["href"] for each in shown for link in each.select("a[rel~=license]")] == links * 2

    def test_card_describes_the_picture_too(self, make_article):
        make_article(hero=picture(description="A teal kettle"))

        page = BeautifulSoup(Client().get("/articles/").content, "html.parser")
        assert page.select_one(".card img")["alt"] == "A teal kettle"

    def test_pictures_of_an_article_are_its_own_and_those_of_its_body(self, make_article):
        hero, image = picture(), picture()

        assert make_article(hero=hero, body=[figure(image)]).pictures() == [hero, image]


class TestQueries:
    """A page takes the same queries for one block of a kind and for three."""

    def body(self, number: int) -> list[dict]:
        body = []
        for _ in range(number):
            person = AuthorPage(title="Ruth Lee", portrait=picture())
            AuthorIndexPage.objects.get().add_child(instance=person)
            quote = {"text": "It sings.", "speaker": "Ruth Lee", "credential": "", "profile": person.pk}
            body += [figure(picture()), {"type": "quote", "value": quote}]
        return body

    @pytest.mark.parametrize("kind", ["article", "information"])
    def test_figures_and_quotes(self, make_article, kind):
        def make(number: int):
            if kind == "article":
                return make_article(f"With {number}", body=self.body(number))
            page = InformationPage(title=f"With {number}", body=self.body(number))
            HomePage.objects.get().add_child(instance=page)
            return page

        def queries(page) -> int:
            client = Client()
            client.get(page.url)
            with CaptureQueriesContext(connection) as found:
                shown = BeautifulSoup(client.get(page.url).content, "html.parser")
            assert len(shown.select(".figure img, .quote img.portrait")) == len(page.body)
            return len(found)

        one, three = make(1), make(3)
        assert queries(one) == queries(three)


class TestTopics:
    """The featured article stands above the others, and nowhere else."""

    @pytest.fixture
    def topic(self) -> TopicPage:
        topic = TopicPage(title="Kettles")
        TopicPage.objects.get().add_child(instance=topic)
        return topic

    @staticmethod
    def feature(topic: TopicPage, article: ArticlePage) -> None:
        topic.featured = article
        topic.save()

    def test_oldest_article_that_is_featured_shows_its_rating_and_is_listed_once(self, topic, make_article):
        now = timezone.now()
        for number in range(PER_PAGE + 2):
            article = make_article(f"Article {number}")
            article.topics.add(topic)
            article.first_published_at = now - timedelta(days=number)
            article.save()
        set_legacy_total(article=article, mean=5, count=40)
        self.feature(topic, article)

        first, second = (
            BeautifulSoup(Client().get(topic.url, {"page": page}).content, "html.parser") for page in ("1", "2")
        )

        assert "40 reviews" in first.select_one(".card-lead").get_text()
        assert len(first.select(".card")) == 1 + PER_PAGE
        assert [card.select_one(".card-title").get_text() for card in second.select(".card")] == ["Article 20"]

    def test_topic_whose_only_article_is_featured_says_not_that_there_is_none(self, topic, article):
        article.topics.add(topic)
        article.save()
        self.feature(topic, article)

        page = BeautifulSoup(Client().get(topic.url).content, "html.parser")
        assert len(page.select(".card")) == 1
        assert not page.select(".empty, .cards")

    def test_topic_without_any_article_says_so(self, topic):
        assert BeautifulSoup(Client().get(topic.url).content, "html.parser").select(".empty")


def test_discussion_leads_to_the_comments_only_where_there_are_comments(make_article):
    body = [{"type": "discussion", "value": {"prompt": "Does your kettle sing?"}}]
    information = InformationPage(title="About", body=body)
    HomePage.objects.get().add_child(instance=information)

    with_comments = page_of(make_article(body=body))
    without = page_of(information)

    assert with_comments.select_one(".discussion a")["href"] == "#comments"
    assert with_comments.select_one("#comments")
    assert "Does your kettle sing?" in without.get_text()
    assert without.select('a[href="#comments"]') == []


def test_preview_of_an_article_that_was_never_saved_is_shown(admin):
    """The byline and the breadcrumb ask for what only a saved page has."""
    request = RequestFactory().get("/")
    request.user = admin
    preview = ArticlePage(title="Never Saved", body=[], path="0001000100019999", depth=4, slug="never-saved")

    answer = preview.make_preview_request(original_request=request, preview_mode="")

    assert answer.status_code == 200
    assert "Never Saved" in answer.rendered_content
