"""An article is found by its address in one look, and only if anybody may see it; all else is left to Wagtail."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction, Site

from articles.models import ArticleIndexPage, ArticlePage, TopicPage
from delivery.lookup import article_at, page_at
from pages.models import InformationPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site.objects.get()


def at(site: Site, page: Page) -> ArticlePage | None:
    """Return the article that is found at the address of `page`."""
    return article_at(site, unquote(page.url).removeprefix("/"))


def test_article_is_found_with_its_rating_in_one_query(article, site, django_assert_num_queries):
    at(site, article)
    with django_assert_num_queries(1):
        found = at(site, article)
        assert found == article
        assert not hasattr(found, "rating_summary")
    assert Client().get(article.url).context["page"] == article


def test_slug_in_another_script_is_found(make_article, site):
    article = make_article("Чайник", slug="чайник")

    assert at(site, article) == article
    assert Client().get(article.url).status_code == 200


@pytest.mark.parametrize("whole_folder", [False, True])
def test_restricted_article_is_left_to_wagtail_which_asks_for_the_password(article, site, whole_folder):
    restricted = article.get_parent() if whole_folder else article
    PageViewRestriction.objects.create(page=restricted, restriction_type="password", password="secret")

    assert at(site, article) is None
    answer = Client().get(article.url)
    assert b"Steam needs room" not in answer.content
    assert b'type="password"' in answer.content


def test_restriction_of_another_page_changes_nothing(article, make_article, site):
    PageViewRestriction.objects.create(page=make_article("Other"), restriction_type="login")

    assert at(site, article) == article


def test_unpublished_article_is_not_there(make_article, site):
    article = make_article(live=False)

    assert at(site, article) is None
    assert Client().get(article.url).status_code == 404


def test_article_of_another_site_is_not_there(article):
    root = Page.objects.get(depth=1).add_child(instance=InformationPage(title="Elsewhere"))
    elsewhere = Site.objects.create(hostname="elsewhere.test", root_page=root)

    found = article_at(elsewhere, "articles/why-the-kettle-whistles/")
    elsewhere.delete()  # Wagtail remembers the addresses of sites

    assert found is None


def test_address_without_its_slash_is_another_one(article, site):
    assert article_at(site, article.url.strip("/")) is None
    answer = Client().get(article.url.rstrip("/"))
    assert (answer.status_code, answer["Location"]) == (301, article.url)


@pytest.mark.parametrize("path", ["", "/", "articles/", "topics/", "no/such/page/", "articles/none/"])
def test_what_is_no_article_is_none(article, site, path):
    assert article_at(site, path) is None


def test_page_of_another_kind_is_left_to_wagtail(article, site):
    topic = TopicPage.objects.get().add_child(instance=TopicPage(title="Kettles"))

    assert at(site, topic) is None
    assert Client().get(topic.url).context["page"].specific == topic


def test_same_slug_below_another_page_is_another_page(make_article, site):
    index = ArticleIndexPage.objects.get()
    article = make_article(slug=index.slug)
    page = index.get_parent().add_child(instance=InformationPage(title="Kettle", slug="kettle"))
    twin = make_article("Kettle", slug="kettle")

    assert at(site, article) == article
    assert at(site, twin) == twin
    assert at(site, page) is None
    assert page_at(page.url) == Page.objects.get(pk=page.pk)
    assert page_at("/") == site.root_page


def test_hooks_are_called_for_what_is_found_by_one_look(article):
    asked = []

    def answer_instead(page, request, args, kwargs):
        asked.append(page)
        return HttpResponse("instead")

    with hooks.register_temporarily("before_serve_page", answer_instead):
        assert Client().get(article.url).content == b"instead"
    assert asked == [article]
