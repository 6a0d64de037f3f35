"""Reporting an error in an article: the reader's form, the editors' queue, and what the reader learns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.outline import anchor
from ratings import actions, limits
from ratings.actions.errors import Place
from ratings.models import ErrorReport, Reader
from ratings.stamp import read_stamp
from tests.conftest import NOON
from tests.ratings.posting import OWN, hidden_fields, stamped, text_area

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> & {{ 7 }}"
OPEN, CORRECTED, DECLINED = ErrorReport.State.OPEN, ErrorReport.State.CORRECTED, ErrorReport.State.DECLINED


@pytest.fixture
def article(make_article):
    heading = {"type": "heading", "value": {"text": "How Steam Forms", "level": "2"}, "id": "a1b2c3d4-0000"}
    return make_article(body=[heading, {"type": "text", "value": "<p>Steam needs room.</p>"}])


PART = anchor("a1b2c3d4-0000")


def address(article, query: str = "") -> str:
    return f"/responses/error/{article.pk}/{query}"


def send(client: Client, article, headers=OWN, **fields):
    fields = stamped(article) | {"part": PART, "text": "Water boils at 100 °C."} | fields
    return client.post(address(article), fields, headers=headers)


@pytest.fixture
def stored(article, reader):
    """Return a function that stores an error report."""

    def store(**fields) -> ErrorReport:
        defaults = {"article": article, "reader": reader, "text": "It is 100 °C.", "now": NOON}
        return actions.report_error(**defaults | fields)

    return store


class TestForm:
    def test_article_leads_to_it_and_its_preview_does_not(self, client, article):
        link = f'href="{address(article)}"'

        assert link in client.get(article.url).content.decode()
        assert link not in article.make_preview_request().content.decode()

    def test_it_asks_for_the_part_that_the_address_names(self, client, article):
        page = client.get(address(article, f"?part={PART}"))

        choices = BeautifulSoup(page.content, "html.parser").select("select[name=part] option")
        assert [(choice["value"], choice.text, choice.has_attr("selected")) for choice in choices] == [
            ("", "The article as a whole", False),
            (PART, "How Steam Forms", True),
        ]
        assert "no-store" in page["Cache-Control"]
        assert not page.cookies

    @pytest.mark.parametrize("query", ["?part=nowhere", "?part=%00", "?text=%3Cb%3E", "?part=" + "x" * 5000])
    def test_address_that_names_no_part_asks_about_the_whole_article(self, client, article, query):
        page = client.get(address(article, query))

        assert page.status_code == 200
        chosen = BeautifulSoup(page.content, "html.parser").select("option[selected]")
        assert [choice["value"] for choice in chosen if choice["value"]] == []
        assert text_area(page) == ""

    def test_form_as_it_was_served_is_taken(self, client, article):
        page = client.get(address(article))

        answer = client.post(address(article), hidden_fields(page) | {"text": "It is wrong."}, headers=OWN)

        assert answer.status_code == 303

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"text": ""}, "Please write something"),
            ({"text": "x" * 2001}, "2,000"),
            ({"email": "nobody"}, "valid email"),
            ({"part": "part-gone"}, "no longer in the article"),
            ({"stamp": "none"}, "open for a long time"),
            ({"stamp": "", "text": HOSTILE}, "open for a long time"),
        ],
    )
    def test_bad_input_is_told_in_words_and_keeps_what_was_typed(self, client, article, fields, sentence):
        answer = send(client, article, **fields)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert text_area(answer) == fields.get("text", "Water boils at 100 °C.")
        assert read_stamp(hidden_fields(answer)["stamp"], article.pk, timezone.now()) is not None
        assert not ErrorReport.objects.exists()
        assert not Reader.objects.exists()

    @pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
    def test_form_from_elsewhere_is_refused_with_the_words_kept(self, client, article, headers):
        answer = send(client, article, headers=headers)

        assert answer.status_code == 403
        assert text_area(answer) == "Water boils at 100 °C."
        assert not ErrorReport.objects.exists()

    def test_article_that_is_not_for_everybody_has_no_form(self, client, article):
        article.unpublish()

        for answer in (client.get(address(article)), send(client, article), client.get("/responses/error/99999999/")):
            assert answer.status_code == 404
            assert article.title not in answer.content.decode()


class TestStoring:
    def test_report_says_where_what_and_in_which_version(self, client, article):
        answer = send(client, article, email="ruth@example.org")

        report = ErrorReport.objects.get()
        assert answer.status_code == 303
        assert answer["Location"] == f"/responses/{report.public_id}/"
        assert (report.article, report.anchor, report.place, report.version) == (
            article,
            PART,
            "How Steam Forms",
            article.live_revision_id,
        )
        assert (report.text, report.email, report.state) == ("Water boils at 100 °C.", "ruth@example.org", OPEN)

    def test_same_form_sent_twice_is_one_report_of_one_reader(self, article):
        stamp = stamped(article)

        answers = [send(Client(), article, **stamp) for _ in range(2)]

        assert {answer["Location"] for answer in answers} == {f"/responses/{ErrorReport.objects.get().public_id}/"}
        assert Reader.objects.count() == 1

    def test_what_fills_the_trap_is_kept_as_spam(self, client, article):
        stamp = stamped(article)
        trap = read_stamp(stamp["stamp"], article.pk, timezone.now()).trap_name

        assert send(client, article, **stamp, **{trap: "https://pills.example"}).status_code == 303

        assert ErrorReport.objects.get().state == ErrorReport.State.SPAM

    def test_reader_who_sends_too_many_is_told_when_it_will_work_and_keeps_the_words(self, client, article):
        limit = limits.LIMITS[limits.Doing.ERROR][limits.Scope.READER].at_once
        for number in range(limit):
            assert send(client, article, text=f"Error {number}").status_code == 303

        answer = send(client, article, text="One more")

        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert text_area(answer) == "One more"
        assert ErrorReport.objects.count() == limit

    def test_joining_readers_carries_the_reports_along(self, stored, make_reader):
        report, other = stored(), make_reader()

        actions.join(reader=report.reader, into=other)

        report.refresh_from_db()
        assert report.reader == other


class TestWhatTheReaderLearns:
    @pytest.fixture
    def sent(self, client, article) -> ErrorReport:
        send(client, article, text=HOSTILE, email="ruth@example.org")
        return ErrorReport.objects.get()

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [(OPEN, "An editor will look"), (CORRECTED, "corrected the article"), (DECLINED, "found no error")],
    )
    def test_state_and_answer_stand_under_your_responses_as_text(self, client, sent, admin, state, sentence):
        if state != OPEN:
            actions.answer_error(report=sent, to=state, by=admin, answer="<b>Thank you</b>", now=NOON)

        own, mine = (client.get(path).content.decode() for path in (f"/responses/{sent.public_id}/", "/responses/"))

        assert sentence in own
        for page in (own, mine):
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 }}" in page
            assert ("&lt;b&gt;Thank you&lt;/b&gt;" in page) == (state != OPEN)
            assert "ruth@example.org" not in page

    def test_nobody_else_sees_it(self, sent):
        assert Client().get(f"/responses/{sent.public_id}/").status_code == 404
        assert HOSTILE[:8] not in Client().get("/responses/").content.decode()

    def test_article_that_was_taken_away_is_not_named(self, client, sent, article):
        article.unpublish()

        for path in (f"/responses/{sent.public_id}/", "/responses/"):
            page = client.get(path).content.decode()
            assert article.title not in page
            assert "How Steam Forms" not in page


class TestQueue:
    QUEUE = "/admin/error-reports/"

    @pytest.fixture
    def desk(self, client, editor) -> Client:
        client.force_login(editor)
        return client

    def answer(self, desk: Client, report: ErrorReport, to: str = "corrected", **fields):
        seen = {"seen": report.state, "seen_at": report.answered_at.isoformat() if report.answered_at else ""}
        return desk.post(f"{self.QUEUE}{report.pk}/answer/", seen | {"to": to} | fields)

    def test_open_reports_come_first_and_the_longest_waiting_on_top(self, desk, stored, editor):
        first, second, third = (stored(text=str(day), now=NOON + timedelta(days=day)) for day in range(3))
        actions.answer_error(report=first, to=DECLINED, by=editor, now=NOON)

        assert list(desk.get(self.QUEUE).context["page"]) == [second, third, first]
        assert list(desk.get(f"{self.QUEUE}?state=declined").context["page"]) == [first]

    def test_reports_of_one_article_can_be_listed(self, desk, stored, make_article):
        report = stored(article=make_article("Pots"))
        stored()

        assert list(desk.get(f"{self.QUEUE}?article={report.article_id}").context["page"]) == [report]

    @pytest.mark.parametrize("query", ["?state=x", "?article=x", f"?article={'9' * 19}", "?p=x", "?article=١"])
    def test_address_that_asks_for_nothing_known_lists_all(self, desk, stored, query):
        report = stored()

        assert list(desk.get(self.QUEUE + query).context["page"]) == [report]

    def test_card_leads_to_the_editor_and_to_the_part_and_shows_words_as_text(self, desk, stored, article):
        stored(text=HOSTILE, email="ruth@example.org", place=Place(anchor=PART, heading="How Steam Forms"))

        page = desk.get(self.QUEUE).content.decode()

        assert f'href="/admin/pages/{article.pk}/edit/"' in page
        assert f'href="{article.url}#{PART}"' in page
        assert 'href="mailto:ruth@example.org"' in page
        assert "<script>alert" not in page

    def test_menu_says_how_many_wait(self, desk, stored):
        assert "Error reports (" not in desk.get("/admin/").content.decode()
        stored()

        assert "Error reports (1)" in desk.get("/admin/").content.decode()

    def test_answer_is_stored_and_told_in_the_history_of_the_article(self, desk, stored, editor, article):
        report = stored()

        assert self.answer(desk, report, answer="Fixed, thank you.").status_code == 302

        report.refresh_from_db()
        assert (report.state, report.answer, report.answered_by) == (CORRECTED, "Fixed, thank you.", editor)
        entry = PageLogEntry.objects.get(page=article.pk, action="ratings.answer_error")
        assert entry.user == editor
        assert entry.formatter.format_message(entry) == f"Error report {report.pk}: Open → Corrected"
        assert entry.comment == "Fixed, thank you."

    def test_second_of_two_editors_is_told_and_keeps_the_words(self, desk, stored, admin):
        seen = stored()
        actions.answer_error(report=stored(), to=CORRECTED, by=admin, answer="Done.", now=NOON)

        refused = self.answer(desk, seen, "declined", answer="I see no error.")

        assert refused.status_code == 409
        assert "Another editor answered" in refused.content.decode()
        assert text_area(refused) == "I see no error."
        assert ErrorReport.objects.get().state == CORRECTED

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday", "\x01"])
    def test_moment_that_never_was_is_told_as_another_state(self, desk, stored, moment):
        assert self.answer(desk, stored(), seen_at=moment).status_code == 409
        assert ErrorReport.objects.get().state == OPEN

    def test_answer_can_be_changed_and_the_report_opened_again(self, desk, stored):
        for to in ("spam", "corrected", "open"):
            assert self.answer(desk, ErrorReport.objects.get(pk=stored().pk), to).status_code == 302

        report = ErrorReport.objects.get()
        assert (report.state, report.answered_at, report.answered_by) == (OPEN, None, None)

    @pytest.mark.parametrize("fields", [{"answer": "x" * 1001}, {"to": "published"}, {"answer": "a\x07b"}])
    def test_answer_that_cannot_be_stored_is_told_in_words(self, desk, stored, fields):
        answer = self.answer(desk, stored(), **fields)

        assert answer.status_code == 422
        assert ErrorReport.objects.get().state == OPEN

    def test_address_is_forgotten_ninety_days_after_the_answer(self, stored, admin):
        report = stored(email="ruth@example.org")
        actions.answer_error(report=report, to=CORRECTED, by=admin, answer="", now=NOON)

        assert actions.forget_addresses(now=NOON + timedelta(days=90)) == 0
        assert actions.forget_addresses(now=NOON + timedelta(days=91)) == 1
        assert ErrorReport.objects.get().email == ""

    def test_reports_of_articles_that_one_may_not_edit_are_not_listed(self, desk, stored, editor):
        report = stored()
        editor.groups.get().page_permissions.all().delete()

        assert list(desk.get(self.QUEUE).context["page"]) == []
        assert self.answer(desk, report).status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_any_number_of_reports_costs_the_same(self, desk, stored, number, django_assert_num_queries):
        for each in range(number):
            stored(text=str(each))
        desk.get(self.QUEUE)

        with django_assert_num_queries(15):
            desk.get(self.QUEUE)
