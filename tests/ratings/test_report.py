"""Reporting a comment to the moderators."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from ratings import actions
from ratings.models import Comment, Reader, Report, State
from tests.conftest import NOON
from tests.ratings import posting


def tell(comment: Comment, reader: Reader, reason: str = "false", **fields) -> Report:
    return actions.report(comment=comment, reader=reader, reason=Report.Reason(reason), now=NOON, **fields)


class TestReporting:
    @pytest.fixture
    def comment(self, make_comment) -> Comment:
        return make_comment(State.PUBLISHED)

    def test_report_says_why_in_whose_words_and_about_which_version(self, comment, reader, move):
        move(comment, State.HIDDEN)
        move(comment, State.PUBLISHED)

        report = tell(comment, reader, note="I am a nurse.", sender=actions.Sender(network="digest"))

        assert (report.reason, report.note, report.version) == ("false", "I am a nurse.", 3)
        assert (report.network, report.created_at) == ("digest", NOON)

    def test_same_reason_twice_is_one_report_and_the_first_note_stays(self, comment, reader):
        first = tell(comment, reader, note="First")
        second = tell(comment, reader, note="Second")

        assert first == second
        assert Report.objects.get().note == "First"

    def test_other_reasons_and_other_readers_are_reports_of_their_own(self, comment, reader, make_reader):
        for reason in Report.Reason.values:
            tell(comment, reader, reason)
        tell(comment, make_reader())

        assert Report.objects.count() == len(Report.Reason) + 1

    def test_comment_stays_as_it_is_however_many_report_it(self, comment, make_reader):
        for _ in range(30):
            tell(comment, make_reader())

        comment.refresh_from_db()
        assert (comment.state, comment.version) == (State.PUBLISHED, 1)

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_shown_is_refused(self, make_comment, reader, state):
        with pytest.raises(actions.ParentGone):
            tell(make_comment(state), reader)

    def test_article_that_is_not_shown_is_refused(self, comment, article, reader):
        article.unpublish()

        with pytest.raises(actions.NotOpen):
            tell(comment, reader)

    @pytest.mark.parametrize("fields", [{"reason": "false"}, {"reason": "boredom"}])
    def test_database_refuses_a_second_report_and_unknown_reasons(self, comment, reader, fields):
        tell(comment, reader)
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(comment=comment, reader=reader, version=1, created_at=NOON, **fields)


class TestForm:
    @pytest.fixture
    def comment(self, make_comment) -> Comment:
        return make_comment(State.PUBLISHED)

    def test_form_is_asked_for_by_its_address(self, client, comment):
        page = client.get(f"/responses/report/{comment.public_id}/")

        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert not page.cookies
        for reason in Report.Reason.values:
            assert f'value="{reason}"' in page.content.decode()

    def test_report_is_stored_and_leads_to_its_own_page(self, client, comment):
        answer = posting.report(client, comment, reason="dangerous", note="Do not try this.")

        report = Report.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/responses/{report.public_id}/")
        assert (report.reason, report.note, report.network != "") == ("dangerous", "Do not try this.", True)
        page = client.get(answer["Location"])
        assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
        assert Client().get(answer["Location"]).status_code == 404

    def test_sending_it_twice_is_one_report(self, client, comment):
        answers = [posting.report(client, comment) for _ in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Report.objects.count() == 1

    @pytest.mark.parametrize("fields", [{"reason": ""}, {"reason": "boredom"}, {"note": "x" * 501}, {"note": "a\x07b"}])
    def test_what_cannot_be_stored_is_said_and_the_note_comes_back(self, client, comment, fields):
        answer = posting.report(client, comment, **fields)

        assert answer.status_code == 422
        assert posting.text_area(answer) == fields.get("note", "It is not true.")
        assert not Report.objects.exists()
        assert not Reader.objects.exclude(pk=comment.reader_id).exists()

    def test_note_is_not_needed(self, client, comment):
        assert posting.report(client, comment, note="  ").status_code == 303
        assert Report.objects.get().note == ""

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_shown_is_not_found(self, client, make_comment, state):
        hidden = make_comment(state)

        assert posting.report(client, hidden).status_code == 404
        assert client.get(f"/responses/report/{hidden.public_id}/").status_code == 404

    def test_comment_of_a_private_article_is_not_found(self, client, comment, article):
        PageViewRestriction.objects.create(page=article, restriction_type="login")

        assert posting.report(client, comment).status_code == 404
        assert client.get(f"/responses/report/{comment.public_id}/").status_code == 404

    def test_foreign_form_is_refused(self, client, comment):
        assert posting.report(client, comment, headers={"Origin": "https://evil.example"}).status_code == 403
        assert not Report.objects.exists()

    def test_page_of_the_report_does_not_name_what_was_withdrawn(self, client, comment, article):
        location = posting.report(client, comment)["Location"]
        article.title = "A Secret Title"
        article.save_revision().publish()
        article.unpublish()

        page = client.get(location)

        assert page.status_code == 200
        assert "Secret" not in page.content.decode()

    def test_page_of_the_report_does_not_quote_what_was_erased_or_hidden(self, client, make_comment, move):
        comment = make_comment(State.PUBLISHED, text="A private canary")
        location = posting.report(client, comment)["Location"]
        move(comment, State.HIDDEN)

        assert "private canary" not in client.get(location).content.decode()
