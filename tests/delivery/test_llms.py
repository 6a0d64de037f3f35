"""The site for those who read Markdown: the twin of each article, and llms.txt."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from articles.models import Contributor, SignOff, TopicPage
from pages.models import SiteSettings


def twin_of(article) -> str:
    return f"{article.url.rstrip('/')}.md"


def llms() -> str:
    return Client().get("/llms.txt").content.decode()


@pytest.fixture
def topic(db) -> TopicPage:
    return TopicPage.objects.order_by("path").first().add_child(instance=TopicPage(title="Kettles"))


class TestTwin:
    def test_says_what_the_page_says(self, make_article, author):
        article = make_article(
            "Why *it* Sings",
            summary="Steam.",
            contributors=[Contributor(author=author)],
            body=[
                {"type": "heading", "value": {"text": "Why", "level": "2"}},
                {"type": "text", "value": "<p>Steam <b>needs</b> room.</p>"},
            ],
        )
        SignOff.objects.create(article=article, reviewer=author, signed_on=date(2026, 11, 1))

        answer = Client().get(twin_of(article))
        words = answer.content.decode()
        assert answer["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Link"] == f'<{article.full_url}>; rel="canonical"'
        assert words.startswith(
            "# Why \\*it\\* Sings\n\n> Steam.\n\n- By: [Ada Brook](http://testserver/authors/ada-brook/)\n"
        )
        assert "- Medical review: [Ada Brook](http://testserver/authors/ada-brook/), Nov. 1, 2026\n" in words
        assert words.endswith(f"- Read on the site: <{article.full_url}>\n\n## Why\n\nSteam **needs** room.\n")

    def test_page_leads_to_it(self, article):
        link = f'<link rel="alternate" type="text/markdown" href="http://testserver{twin_of(article)}">'

        assert link in Client().get(article.url).content.decode()

    def test_is_not_there_for_what_is_not_public_and_for_other_pages(self, make_article, author):
        draft, private = make_article("Draft", live=False), make_article("Private")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

        for address in (twin_of(draft), twin_of(private), twin_of(author), "/articles.md", "/none.md", "/a/b/c.md"):
            assert Client().get(address).status_code == 404, address

    @pytest.mark.parametrize("number", [1, 20])
    def test_takes_the_same_queries_for_one_block_of_each_kind_and_for_many(self, full_site, number):
        body = [{"type": part["type"], "value": part["value"]} for part in full_site.body.raw_data]
        full_site.body = [part for part in body for _ in range(number)]
        full_site.save_revision().publish()
        Client().get(twin_of(full_site))  # fills the cache of sites

        with CaptureQueriesContext(connection) as queries:
            assert Client().get(twin_of(full_site)).status_code == 200
        assert len(queries) == TWIN_QUERIES


TWIN_QUERIES = 12
"""Site, restrictions, article; contributors, sign-offs, people; corrections; what the body shows; four for links."""


class TestLlms:
    def test_lists_articles_by_topic_with_their_twins(self, make_article, topic):
        SiteSettings.objects.create(site=Site.objects.get(), name="Almanac", description="Advice, *reviewed*.")
        make_article("A [Kettle]", summary="Sings.\nLoudly.", topics=[topic])
        make_article("Alone")

        assert llms().startswith(
            "# Almanac\n\n> Advice, \\*reviewed\\*.\n\n"
            "## Kettles\n\n- [A \\[Kettle\\]](http://testserver/articles/a-kettle.md): Sings. Loudly.\n\n"
            "## Articles\n\n- [Alone](http://testserver/articles/alone.md)\n\n## Optional\n\n"
        )

    def test_leaves_out_what_is_not_public_or_not_to_be_found(self, make_article):
        make_article("Canary draft", live=False)
        make_article("Canary unlisted", is_unlisted=True)
        make_article("Canary copy", original_url="https://example.org/")
        PageViewRestriction.objects.create(
            page=make_article("Canary private"), restriction_type=PageViewRestriction.LOGIN
        )

        assert "anary" not in llms()

    def test_site_that_is_unlisted_has_none(self, article):
        SiteSettings.objects.create(site=Site.objects.get(), is_unlisted=True)

        assert Client().get("/llms.txt").status_code == 404

    def test_is_kept_until_it_changes(self, article, make_article):
        before = Client().get("/llms.txt")
        kept = {"If-None-Match": before["ETag"]}

        assert Client().get("/llms.txt", headers=kept).status_code == 304
        make_article("Another")
        assert Client().get("/llms.txt", headers=kept).status_code == 200

    @pytest.mark.parametrize("number", [1, 20])
    def test_takes_the_same_queries_for_one_and_for_twenty(self, make_article, topic, number):
        for index in range(number):
            make_article(f"Number {index}", topics=[topic])
        llms()  # fills the cache of sites

        with CaptureQueriesContext(connection) as queries:
            assert llms().count("Number") == number
        assert len(queries) == LLMS_QUERIES


LLMS_QUERIES = 4
"""Site and settings; restrictions and articles, restrictions and topics."""
