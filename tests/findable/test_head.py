"""What the head of a page says to search engines, and to whoever shares it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Site

from articles.models import ArticleIndexPage, ArticlePage, Contributor, TopicPage
from authors.models import AuthorPage
from pages.models import HomePage, SiteSettings
from pictures.actions import make_renditions, store_picture
from tests.findable.reading import meta_of, soup_of
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db


def site(**fields) -> None:
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)


def canonical(address: str, **query: str) -> str:
    return soup_of(address, **query).select_one("link[rel=canonical]")["href"]


class TestTitle:
    def test_names_page_and_site(self, make_article):
        assert soup_of(make_article("Kettles & <b>Cats</b>").url).title.string == "Kettles & <b>Cats</b> – Almanac"

    def test_says_the_name_of_the_site_once(self, article):
        site(name="Tea & Co")
        ArticlePage.objects.update(seo_title="Tea & Co")

        assert soup_of(article.url).title.string == "Tea & Co"


class TestDescription:
    def test_of_an_article_is_its_summary_or_else_its_first_words(self, make_article):
        body = [{"type": "text", "value": f"<p>Steam needs room. {'It sings. ' * 40}</p>"}]
        wordy, summed_up = make_article("Wordy", body=body), make_article("Summed Up", summary="It is “steam”.")

        assert meta_of(summed_up.url)["description"] == meta_of(summed_up.url)["og:description"] == "It is “steam”."
        first_words = meta_of(wordy.url)["description"]
        assert first_words.startswith("Steam needs room. It sings.")
        assert first_words.endswith("…")
        assert len(first_words) <= 155

    def test_every_page_has_one(self, full_site):
        for address in ("/", "/articles/", "/authors/", full_site.url, AuthorPage.objects.get().url):
            assert meta_of(address)["description"], address


class TestRobots:
    def test_page_is_for_search_engines_unless_it_or_the_whole_site_is_not(self, make_article):
        shown, unlisted = make_article("Shown"), make_article("Unlisted", is_unlisted=True)

        assert "robots" not in meta_of(shown.url)
        assert meta_of(unlisted.url)["robots"] == "noindex"
        site(is_unlisted=True)
        assert meta_of(shown.url)["robots"] == "noindex"


class TestCanonical:
    def test_is_the_address_of_the_page_whatever_is_asked(self, article):
        assert canonical(article.url, sort="oldest") == article.full_url

    def test_is_the_original_if_there_is_one(self, make_article):
        copy = make_article(original_url="https://elsewhere.example/kettle")

        assert canonical(copy.url) == meta_of(copy.url)["og:url"] == "https://elsewhere.example/kettle"

    @pytest.mark.parametrize(
        ("context", "query"),
        [
            ({}, ""),
            ({"canonical_query": "page=2"}, "?page=2"),
            ({"items": Paginator("abc", 1).page(3)}, "?page=3"),
            ({"items": Paginator("abc", 1).page(1)}, ""),
        ],
    )
    def test_of_a_further_page_of_a_list_is_that_page(self, context, query):
        index = ArticleIndexPage.objects.get()
        head = BeautifulSoup(render_to_string("findable/head.html", {"page": index} | context), "html.parser")

        assert head.select_one("link[rel=canonical]")["href"] == index.full_url + query
        assert not head.select("meta[name=robots]")

    def test_list_that_a_reader_has_cut_down_is_for_no_search_engine(self):
        head = render_to_string("findable/head.html", {"page": ArticleIndexPage.objects.get(), "is_filtered": True})

        assert '<meta name="robots" content="noindex">' in head


class TestOpenGraph:
    def test_article_says_when_by_whom_and_about_what(self, full_site, author):
        Contributor.objects.filter(role="author").update(author=author)
        full_site.tags.add("steam")
        full_site.save()
        said = meta_of(full_site.url)

        assert {name: said[name] for name in ("og:type", "og:title", "og:url", "og:site_name", "og:locale")} == {
            "og:type": "article",
            "og:title": "Everything at Once",
            "og:url": full_site.full_url,
            "og:site_name": "Almanac",
            "og:locale": "en_US",
        }
        assert (said["article:author"], said["article:section"], said["article:tag"]) == (
            author.full_url,
            "Kettles",
            "steam",
        )
        assert {"article:published_time", "article:modified_time"} <= set(said)

    def test_other_kinds_say_what_they_are(self, full_site, author):
        kinds = [
            meta_of(address)["og:type"] for address in ("/", author.url, TopicPage.objects.get(title="Kettles").url)
        ]

        assert kinds == ["website", "profile", "website"]

    def test_picture_is_the_articles_own_or_else_the_sites_logo_or_else_none(self, make_article):
        hero, logo = (
            store_picture(title=name, name=f"{name}.png", description=name, data=photograph("PNG"))
            for name in ("hero", "logo")
        )
        make_renditions([hero])
        with_hero, without = make_article("With", hero=hero), make_article("Without")

        assert "og:image" not in meta_of(without.url)
        site(logo=logo)
        assert meta_of(without.url)["og:image"].endswith(logo.file.url)
        said = meta_of(with_hero.url)
        assert said["og:image"].startswith("http")
        assert said["og:image"].endswith(hero.largest.url)
        assert (said["og:image:width"], said["og:image:height"]) == (
            str(hero.made_sizes[-1].width),
            str(hero.made_sizes[-1].height),
        )
        assert said["og:image:alt"]


def test_missing_page_is_for_nobody_to_keep():
    answer = Client().get("/no/such/page/")

    assert answer.status_code == 404
    assert b'<meta name="robots" content="noindex">' in answer.content
    assert b"og:title" not in answer.content


def test_home_says_what_the_site_is(db):
    HomePage.objects.update(tagline="")
    site(description="Articles of trust.")

    assert meta_of("/")["description"] == "Articles of trust."
