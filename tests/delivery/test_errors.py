"""What is answered when something is not there, not allowed, not understood, or broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from bs4 import BeautifulSoup
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from articles.models import Retraction
from delivery.errors import RETRY_SECONDS
from pages.models import InformationPage
from pages.resembling import resembling, words_of
from tests.processes import ROOT, environment
from tests.ratings.posting import GUEST, OWN, stamped

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def get(address: str, **options):
    return Client(raise_request_exception=False).get(address, **options)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def suggestions(address: str) -> list[str]:
    return [link["href"] for link in soup(get(address)).select("section[aria-labelledby=meant] a")]


@pytest.mark.django_db
class TestNotFound:
    @pytest.mark.parametrize(
        "address",
        [
            "/articles/why-the-ketle-whistles/",
            "/old/kettle.html",
            "/Why-The-Kettle-Whistles",
            "/articles/whistle%20kettles/x1/",
        ],
    )
    def test_page_with_a_similar_address_is_suggested(self, article, make_article, address):
        make_article("How to Fold a Map")

        answer = Client().get(address, follow=True)
        assert answer.status_code == 404
        assert [link["href"] for link in soup(answer).select("section[aria-labelledby=meant] a")] == [article.url]

    def test_search_field_holds_the_words_of_the_address(self):
        form = soup(get("/old-site/lower_back-pain.php/")).select_one("main form[role=search]")

        assert (form["action"], form.select_one("input[name=q]")["value"]) == ("/search/", "lower back pain php")

    def test_draft_and_private_pages_are_not_suggested(self, make_article):
        make_article("Canary Whistles", live=False)
        private = make_article("Canary Kettles")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

        assert suggestions("/articles/canary-whistle/") == []

    def test_takes_the_same_queries_for_one_and_for_many_suggestions(self, make_article, django_assert_num_queries):
        make_article("Kettle 1")
        get("/kettle/")
        for number in range(2):
            with django_assert_num_queries(8):
                assert len(suggestions("/kettle/")) == 1 + 2 * number
            make_article(f"Kettle {number}b")
            make_article(f"Kettle {number}c")

    def test_developer_sees_the_page_that_a_reader_would_see(self, settings):
        settings.DEBUG = True

        assert soup(get("/no/such/page/")).h1.text == "There is no such page"

    def test_program_is_answered_in_json(self):
        answer = get("/api/no/such/thing/")

        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
        assert answer.json() == {"detail": "There is nothing at this address."}


@given(st.text())
def test_any_address_has_few_words(path):
    assert len(words_of(path)) <= 8


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=3), max_size=8))
def test_any_words_find_pages_or_none(words):
    assert len(resembling(words)) <= 5


@pytest.mark.django_db
class TestTricks:
    """Row by row: an address that is written in another way is answered like the usual one, and never with a 500."""

    @pytest.mark.parametrize(
        "spelled",
        [
            "{0}",
            "/{0}",
            "{0};",
            "{0};a=b",
            "/./{0}",
            "/x/..{0}",
            "/x/%2e%2e{0}",
            "{0}%00",
            "{0}?a=1&a=2",
            "{upper}",
            "{bare}",
        ],
    )
    @pytest.mark.parametrize("page", ["draft", "private"])
    def test_page_that_readers_may_not_see_is_seen_at_no_spelling(self, make_article, spelled, page):
        article = make_article("Canary", live=page != "draft", slug="hidden-page", summary="Canary")
        if page == "private":
            PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
        usual = "/articles/hidden-page/"
        address = spelled.format(usual, upper=usual.upper(), bare=usual.rstrip("/"))
        expected = 404 if page == "draft" else 302

        client = Client()
        for ask in (client.get, client.head, client.options):
            answer = ask(address, headers={"X-HTTP-Method-Override": "PUT"})
            assert answer.status_code in (301, expected, 404) or (ask == client.options and not answer.content)
            assert b"Canary" not in answer.content
        followed = client.get(address, follow=True)
        assert followed.status_code in (200, 404)
        assert b"Canary" not in followed.content

    @pytest.mark.parametrize(
        "address",
        [
            "/" + "a" * 100_000 + "/",
            "/%00/",
            "/%ff%fe/",
            "//%5Bevil/",
            "//evil.example/%2f..",
            "/articles/?" + "&".join(f"a{number}=1" for number in range(900)),
            "/search/?q=" + "x" * 100_000,
            "/articles/?page=" + "9" * 1000,
            "/sitemap.xml?p=-1",
            "/feeds/articles.rss?a=" + "x" * 10_000,
        ],
    )
    def test_address_is_answered_and_leads_nowhere_else(self, address):
        answer = get(address, headers={"Accept": "text/html"})

        assert answer.status_code in (200, 301, 400, 404)
        assert "evil" not in answer.get("Location", "").split("/")[2:3]

    def test_flood_of_parameters_is_refused(self, settings):
        answer = get(
            "/articles/?" + "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
        )

        assert answer.status_code == 400
        assert "We could not read this request" in answer.content.decode()


@pytest.mark.django_db
class TestMovedAndGone:
    @pytest.fixture
    def retraction(self, article) -> Retraction:
        article.unpublish()
        return Retraction.objects.create(
            article=article,
            path=article.url,
            title="Why <it> whistles",
            reason="It was\n\n<b>wrong</b>.",
            retracted_at=NOON,
        )

    def test_retracted_article_says_when_and_why(self, retraction):
        answer = get(retraction.path)
        text = soup(answer).main.get_text(" ", strip=True)

        assert (answer.status_code, soup(answer).h1.get_text()) == (410, "Why <it> whistles")
        assert "November 2, 2026" in re.sub("Nov\\.", "November", text)
        assert "It was <b>wrong</b>." in text
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert get(retraction.path.rstrip("/"), follow=True).status_code == 410

    def test_markdown_twin_of_a_retracted_article_says_when_and_why(self, retraction):
        answer = get("/articles/why-the-kettle-whistles.md")

        assert (answer.status_code, answer["Content-Type"]) == (410, "text/markdown; charset=utf-8")
        assert answer["X-Robots-Tag"] == "noindex"
        words = answer.content.decode()
        assert words.startswith("# Why \\<it\\> whistles\n\nWe took this article back on ")
        assert "2026" in words
        assert words.endswith("It was\\\n\\<b\\>wrong\\</b\\>.\n")

    def test_retraction_that_was_lifted_is_not_told(self, retraction):
        Retraction.objects.update(lifted_at=NOON)

        assert get(retraction.path).status_code == get("/articles/why-the-kettle-whistles.md").status_code == 404

    def test_redirect_of_an_editor_stands_above_a_retraction(self, retraction):
        Redirect.add_redirect(retraction.path, "/privacy/")

        assert get(retraction.path)["Location"] == "/privacy/"

    def test_page_that_got_another_address_is_found_at_its_old_one(self, article, django_capture_on_commit_callbacks):
        article.slug = "steam"
        with django_capture_on_commit_callbacks(execute=True):
            article.save_revision().publish()

        answer = get("/articles/why-the-kettle-whistles/?utm_source=mail")
        assert (answer.status_code, answer["Location"]) == (301, "/articles/steam/")

    def test_page_that_was_moved_is_found_at_its_old_address(self, db):
        privacy = InformationPage.objects.get()
        child = privacy.add_child(instance=InformationPage(title="Cookies"))
        child.move(privacy.get_parent(), pos="last-child")

        assert get("/privacy/cookies/")["Location"] == "/cookies/"

    @pytest.mark.parametrize("state", ["draft", "private", "only in a draft"])
    def test_redirect_does_not_tell_the_address_of_a_page_that_readers_may_not_see(
        self, article, state, django_capture_on_commit_callbacks
    ):
        old = article.url
        article.slug = "canary"
        revision = article.save_revision()
        if state != "only in a draft":
            with django_capture_on_commit_callbacks(execute=True):
                revision.publish()
            article.refresh_from_db()
            assert Redirect.objects.filter(redirect_page=article).exists()
        if state == "draft":
            article.unpublish()
        if state == "private":
            PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)

        answer = get(old)
        assert answer.status_code == (200 if state == "only in a draft" else 404)
        assert "canary" not in str(answer.headers) + answer.content.decode()


@pytest.mark.django_db
class TestForbidden:
    def test_reader_is_told_in_our_own_words(self, monkeypatch):
        from django.core.exceptions import PermissionDenied

        monkeypatch.setattr("delivery.sitemaps._listed", Mock(side_effect=PermissionDenied))
        answer = get("/sitemap.xml")

        assert (answer.status_code, soup(answer).h1.get_text()) == (403, "You may not see this page")


def broken(error: Exception):
    """Let every statement fail with `error` as the database would raise it."""

    def fail(*arguments: object) -> None:
        raise error

    return connection.execute_wrapper(fail)


ERRORS = [OperationalError("server closed the connection"), InterfaceError("connection already closed")]


@pytest.mark.django_db
class TestDatabaseAway:
    @pytest.mark.parametrize("error", ERRORS, ids=["operational", "interface"])
    @pytest.mark.parametrize("address", ["/", "/articles/", "/no/such/page/", "/search/?q=kettle", "/sitemap.xml"])
    def test_every_page_is_answered_with_503_and_when_to_come_back(self, address, error):
        with broken(error):
            answer = get(address)

        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (
            503,
            str(RETRY_SECONDS),
            "no-store",
        )
        assert soup(answer).h1.get_text() == "This site is away for a moment"
        assert "connection" not in answer.content.decode()

    def test_failure_in_the_middle_of_a_template_is_answered_so_too(self, article, monkeypatch):
        monkeypatch.setattr("pages.templatetags.pages.sections_of", Mock(side_effect=ERRORS[0]))

        assert get(article.url).status_code == 503

    def test_program_is_answered_in_json(self):
        with broken(ERRORS[0]):
            answer = get("/api/articles/1/rating/")

        assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, "application/json", "30")

    @pytest.mark.parametrize("error", ERRORS, ids=["operational", "interface"])
    def test_reader_gets_back_the_words_that_could_not_be_stored(self, article, error):
        words = GUEST | stamped(article) | {"text": "It <took> me an hour."}
        with broken(error):
            answer = Client(raise_request_exception=False).post(f"/responses/comment/{article.pk}/", words, headers=OWN)

        assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_SECONDS))
        assert soup(answer).textarea.get_text() == "It <took> me an hour."

    def test_wrong_sql_is_a_bug_and_no_pause(self, article, monkeypatch):
        def ask_nonsense(*arguments: object) -> None:
            connection.cursor().execute("SELECT nonsense FROM nowhere")

        monkeypatch.setattr("pages.templatetags.pages.sections_of", ask_nonsense)
        answer = get(article.url)

        assert (answer.status_code, soup(answer).h1.get_text()) == (500, "Something went wrong on our side")
        assert "nonsense" not in answer.content.decode()

    def test_pages_of_errors_ask_the_database_for_nothing(self, rf, django_assert_num_queries):
        from delivery.errors import bad_request, server_error

        with django_assert_num_queries(0):
            assert server_error(rf.get("/")).status_code == 500
            assert bad_request(rf.get("/"), Exception()).status_code == 400


@pytest.mark.race
def test_site_whose_database_is_really_absent_answers_503(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client(raise_request_exception=False).get('/')\n"
        "print(answer.status_code, 'away for a moment' in answer.content.decode())\n"
    )
    absent = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"}
    run = [sys.executable, "-c", code]
    told = subprocess.run(
        run, env=os.environ | environment() | absent, capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert told.stdout.split() == ["503", "True"]
