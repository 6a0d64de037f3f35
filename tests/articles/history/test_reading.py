"""What readers, and machines, are told of an article's history, and how they read what it said before."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.actions import correct, retract, sign_off, withdraw_sign_off
from articles.models import ArticlePage, Correction, SignOff, Version
from articles.twin import markdown_url
from freshness.collecting import collecting
from freshness.tags import until_day
from tests.articles.history.test_versions import publish

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
HOSTILE = "</script><script>alert(1)</script><!--responses:comments--> {{ page }} <b onclick=x>\u202e"


def days_ago(days: int):
    return TODAY - timedelta(days=days)


def tell(article, text: str = "Steam is hot.", days: int = 0, number: int = 1) -> Correction:
    wrong = Version.objects.get(article=article, number=number)
    return correct(article=article, text=text, wrong=wrong, by=None, today=days_ago(days), now=timezone.now())


def published_ago(article, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    ArticlePage.objects.filter(pk=article.pk).update(first_published_at=moment)
    article.versions.filter(number=1).update(published_at=moment)
    article.refresh_from_db()


def read(address: str) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def told(article) -> list[tuple[str, str]]:
    """Return the days and the words of the history."""
    page = read(article.url)
    for link in page.select(".history a"):
        link.extract()
    return [(item.time["datetime"], " ".join(item.div.text.split())) for item in page.select(".history li")]


def links(article) -> list[str]:
    return [link["href"] for link in read(article.url).select(".history a")]


class TestHistory:
    def test_nothing_happened_since_the_publication(self, article):
        publish(article, "A typo.")

        assert told(article) == []

    def test_all_that_happened_stands_there_the_latest_first(self, article, author):
        published_ago(article, 90)
        publish(article, "Two.", revised_on=days_ago(60), revision_note="A new study")
        fields = {"article": article, "kind": SignOff.Kind.MEDICAL, "signed_by": None}
        sign_off(reviewer=author, today=days_ago(50), **fields)
        tell(article, days=40)

        assert told(article) == [
            (str(days_ago(40)), "Corrected: Steam is hot."),
            (str(days_ago(50)), "Medically reviewed by Ada Brook"),
            (str(days_ago(60)), "Revised: A new study"),
            (str(days_ago(90)), "Published"),
        ]
        assert links(article) == ["versions/1/", "versions/1/"]

    def test_review_that_holds_no_longer_says_so(self, article, author, admin):
        published_ago(article, 90)
        _lapsed, withdrawn = (
            SignOff.objects.create(
                article=article, reviewer=author, kind="medical", signed_on=days_ago(days), due_on=due
            )
            for days, due in ((80, days_ago(30)), (20, None))
        )
        withdraw_sign_off(sign_off=withdrawn, by=admin, now=timezone.now())

        held = [words for _day, words in told(article)[:2]]
        assert [words.split(" · ")[0] for words in held] == ["Medically reviewed by Ada Brook"] * 2
        assert all(" · held until " in words for words in held)

    def test_review_that_was_taken_back_on_its_day_never_held(self, article, author, admin):
        fields = {"article": article, "kind": SignOff.Kind.MEDICAL, "signed_by": admin}
        withdraw_sign_off(sign_off=sign_off(reviewer=author, today=TODAY, **fields), by=admin, now=timezone.now())

        assert told(article) == []

    def test_reviewer_whose_page_is_hidden_is_not_named(self, article, author):
        SignOff.objects.create(article=article, reviewer=author, kind="medical", signed_on=days_ago(1))
        PageViewRestriction.objects.create(page=author, restriction_type="login")

        assert "Ada Brook" not in read(article.url).text
        assert "Ada Brook" not in Client().get(f"/api/articles/{article.pk}/").content.decode()

    def test_queries_are_the_same_for_one_event_and_for_many(self, article, author, settings):
        settings.KEEP_PAGES = True
        counts = []
        for number in (1, 4):
            for _each in range(number):
                publish(article, revision_note=f"Note {Version.objects.count()}")
                SignOff.objects.create(article=article, reviewer=author, kind="medical", signed_on=TODAY)
                tell(article, f"Correction {Correction.objects.count()}")
            Client().get(article.url)
            with CaptureQueriesContext(connection) as queries:
                Client().get(article.url)
            counts.append(len(queries))
        assert counts == [PAGE_QUERIES] * 2

    def test_byline_says_that_the_reviewer_has_not_seen_an_update(self, article, author):
        review = SignOff.objects.create(article=article, reviewer=author, kind="medical", signed_on=days_ago(9))
        assert "update under review" not in read(article.url).select_one(".byline").text

        SignOff.objects.filter(pk=review.pk).update(changed_on=TODAY)

        assert "update under review" in read(article.url).select_one(".byline").text


PAGE_QUERIES = 7
"""As for an article that nothing happened to."""


class TestNewCorrection:
    def test_it_stands_above_the_text_for_thirty_days(self, article):
        publish(article, revision_note="Hot")
        tell(article, "Old news.", days=30)
        tell(article, "Still news.", days=29)

        head = read(article.url).select_one(".article-head")

        (notice,) = head.select(".correction")
        assert "Still news." in notice.text
        assert notice.a["href"] == "versions/1/"
        assert "Old news." not in head.text

    def test_page_is_made_again_when_time_takes_it_away(self, article):
        tell(article, days=3)

        with collecting() as shown:
            Client().get(article.url)

        assert until_day(TODAY + timedelta(days=27)) in shown

    def test_it_leads_nowhere_while_readers_still_read_the_version_that_was_wrong(self, article):
        tell(article)

        assert read(article.url).select(".correction a") == []

    def test_hostile_text_is_inert_wherever_it_is_told(self, article):
        publish(article, revision_note=HOSTILE[:80])
        tell(article, HOSTILE)

        for address in (article.url, f"{article.url}versions/1/"):
            page = read(address)
            assert "alert(1)" in page.text
            assert not [script for script in page("script") if "alert(1)" in script.text and not script.get("type")]
            assert not page.find_all(onclick=True)
        assert HOSTILE in read(article.url).select_one(".correction").text
        assert "<script" not in Client().get(markdown_url(article)).content.decode().replace("\\<", "")


class TestMachines:
    def test_page_says_it_in_json_ld_and_counts_it_as_a_change(self, article):
        published_ago(article, 9)
        tell(article, days=2)

        (data,) = read(article.url)("script", type="application/ld+json")
        node = next(node for node in json.loads(data.text)["@graph"] if node["@type"] == "Article")

        day = str(days_ago(2))
        assert node["correction"] == [{"@type": "CorrectionComment", "text": "Steam is hot.", "datePublished": day}]
        assert node["dateModified"].startswith(day)

    def test_api_tells_all(self, article, author):
        published_ago(article, 90)
        publish(article, revised_on=days_ago(60), revision_note="A new study")
        SignOff.objects.create(
            article=article, reviewer=author, kind="medical", signed_on=days_ago(50), due_on=days_ago(30)
        )
        tell(article, days=40)

        found = Client().get(f"/api/articles/{article.pk}/").json()

        first = f"{article.full_url}versions/1/"
        assert found["history"] == [
            {"kind": "corrected", "day": str(days_ago(40)), "text": "Steam is hot.", "ended": None, "version": first},
            {"kind": "medical", "day": str(days_ago(50)), "text": "Ada Brook", "ended": str(days_ago(30)),
             "version": None},
            {"kind": "revised", "day": str(days_ago(60)), "text": "A new study", "ended": None, "version": None},
            {"kind": "published", "day": str(days_ago(90)), "text": "", "ended": None, "version": first},
        ]  # fmt: skip
        assert found["corrections"] == [{"day": str(days_ago(40)), "text": "Steam is hot.", "wrong": first}]

    def test_twin_and_feed_tell_it(self, article):
        published_ago(article, 9)
        tell(article, days=2)

        words = Client().get(f"/articles/{article.slug}.md").content.decode()
        (entry,) = Client().get("/feeds/articles.json").json()["items"]

        assert "## Corrections\n\n- " in words
        assert words.endswith(": Steam is hot.\n")
        assert entry["date_modified"].startswith(str(days_ago(2)))


class TestOlderVersion:
    def test_it_reads_as_it_read_and_says_until_when(self, article):
        publish(article, "It is hot.", title="Hot Steam", summary="New.", revision_note="Hot")
        tell(article)

        page = read(f"{article.url}versions/1/")

        assert page.h1.text == "Why the Kettle Whistles"
        assert "Steam needs room." in page.select_one(".article-body").text
        assert "It is hot." not in page.select_one("main").text
        assert "It is not our advice today." in page.select_one(".frozen").text
        assert "Steam is hot." in page.select_one(".frozen").text
        assert page.select_one(".frozen a")["href"] == article.url

    def test_search_engines_keep_the_article_instead(self, article):
        page = read(f"{article.url}versions/1/")

        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.find("link", rel="canonical")["href"] == article.full_url
        assert page("script", type="application/ld+json") == []
        assert f"{article.url}versions/" not in Client().get("/sitemap-articles-1.xml").content.decode()

    def test_readers_answer_the_article_only(self, article):
        page = read(f"{article.url}versions/1/")

        assert page.select("main form") == []
        assert Client().post(f"{article.url}versions/1/").status_code == 405

    def test_whoever_keeps_it_asks_each_time(self, article):
        assert Client().get(f"{article.url}versions/1/")["Cache-Control"] == Client().get("/no/")["Cache-Control"]

    @pytest.mark.parametrize("number", ["2", "0", "-1", "01", "x", "999999999", "9" * 30])
    def test_there_is_no_other(self, article, number):
        assert Client().get(f"{article.url}versions/{number}/").status_code == 404

    def test_it_is_gone_with_its_article(self, make_article):
        draft, private, index = (make_article(name) for name in ("Draft", "Private", "Below"))
        addresses = [f"{article.url}versions/1/" for article in (draft, private)]
        draft.unpublish()
        PageViewRestriction.objects.create(page=private, restriction_type="password", password="secret")

        assert [Client().get(address).status_code for address in addresses] == [404, 404]

        PageViewRestriction.objects.create(page=index.get_parent(), restriction_type="login")
        assert Client().get(f"{index.url}versions/1/").status_code in (302, 404)

    def test_it_is_retracted_with_its_article(self, article):
        address = f"{article.url}versions/1/"
        retract(article=article, reason="All wrong.", by=None, now=timezone.now())

        answer = Client().get(address)

        assert answer.status_code == 410
        assert b"All wrong." in answer.content
        assert b"Steam needs room." not in answer.content

    def test_it_moves_with_its_article(self, article, django_capture_on_commit_callbacks):
        address = f"{article.url}versions/1/"
        with django_capture_on_commit_callbacks(execute=True):
            publish(article, slug="steam")

        answer = Client().get(address)

        assert (answer.status_code, answer["Location"]) == (301, "/articles/steam/versions/1/")

    def test_it_can_be_read_when_a_kind_of_block_and_a_picture_are_gone(self, article):
        version = Version.objects.get()
        parts = [
            {"type": "gone", "value": "x", "id": "1"},
            {"type": "figure", "value": {"image": 999, "caption": "A spout"}, "id": "2"},
            {"type": "quote", "value": {"text": "It sings.", "speaker": "Ben", "profile": 999}, "id": "3"},
            {"type": "text", "value": "<p>Still here.</p>", "id": "4"},
        ]
        Version.objects.filter(pk=version.pk).update(content=version.content | {"body": json.dumps(parts)})

        page = read(f"{article.url}versions/1/")

        assert "Still here." in page.text
        assert "It sings." in page.text

    @pytest.mark.parametrize("number", [1, 5])
    def test_queries_are_the_same_for_one_block_of_each_kind_and_for_many(self, full_site, settings, number):
        settings.KEEP_PAGES = True
        body = [{"type": part["type"], "value": part["value"]} for part in full_site.body.raw_data]
        full_site.body = [part for part in body for _ in range(number)]
        full_site.revision_note = "More"
        full_site.save_revision().publish()
        address = f"{full_site.url}versions/2/"
        Client().get(address)

        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        assert len(queries) == VERSION_QUERIES


VERSION_QUERIES = 6
"""The version of the site; the article, its version and corrections; the pages and the pictures in its body."""
