"""Editing one's own comment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, CommentRevision, Decision, Phrase, State
from ratings.moderation.finding import Finding
from ratings.moderation.judge import Verdict
from ratings.stamp import trap_name
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.posting import text_area, written
from tests.ratings.recount import wrong_numbers

IN_TIME = NOON + timedelta(minutes=14)
WAITS = Verdict(state=State.PENDING)
LINKS = "http://a.example http://b.example"
LONG = "My kettle sings every morning, long before anybody else in the house is awake."


def edit(comment: Comment, text: str = "Better words", **fields) -> Comment:
    fields = {"reader": comment.reader, "verdict": WAITS, "version": comment.version, "now": IN_TIME} | fields
    return actions.edit(comment=comment, text=text, **fields)


class TestEditing:
    @pytest.fixture(autouse=True)
    def _all_numbers_are_exact(self, db):
        yield
        assert wrong_numbers() == []

    def test_new_words_stand_and_the_earlier_ones_are_kept_with_what_was_found_in_them(self, make_comment):
        comment = make_comment(text="Worse words")
        links = Finding(rule="links", points=40, reason="3 links")

        edited = edit(comment, verdict=Verdict(state=State.PENDING, findings=(links,)))
        again = edit(edited, "Best words")

        assert (again.text, again.edited_at, again.version, again.created_at) == ("Best words", IN_TIME, 3, NOON)
        kept = CommentRevision.objects.order_by("version").values_list("version", "text", "trace", "replaced_at")
        assert list(kept) == [
            (1, "Worse words", [], IN_TIME),
            (2, "Better words", links_trace(links), IN_TIME),
        ]

    def test_checks_judge_the_new_words(self, make_comment):
        links = Finding(rule="links", points=40, reason="3 links")

        edited = edit(make_comment(), verdict=Verdict(state=State.PENDING, findings=(links,)))

        assert edited.trace == links_trace(links)

    def test_published_comment_waits_again_and_the_decision_says_why(self, make_comment):
        edited = edit(make_comment(State.PUBLISHED))

        assert (edited.state, edited.published_at) == (State.PENDING, NOON)
        decision = Decision.objects.get()
        assert (decision.from_state, decision.to_state, decision.moderator) == ("published", "pending", None)
        # The author knows.
        assert (decision.reason, decision.note) == ("", "Edited by its author.")

    def test_published_comment_stays_if_the_checks_say_so(self, make_comment):
        edited = edit(make_comment(State.PUBLISHED), verdict=Verdict(state=State.PUBLISHED))

        assert (edited.state, edited.version, Decision.objects.count()) == (State.PUBLISHED, 2, 0)

    def test_words_that_a_moderator_checked_were_others(self, make_comment, moderator):
        comment = make_comment(State.PUBLISHED)
        actions.check(comment=comment, version=1, checked=True, now=NOON, moderator=moderator)

        assert not edit(comment, "Other words.", verdict=Verdict(state=State.PUBLISHED), version=2).is_checked

    def test_words_that_a_moderator_took_out_do_not_come_back_unseen(self, make_comment, moderator):
        comment = make_comment(State.PUBLISHED, text="Call Ruth 555")
        published = Verdict(state=State.PUBLISHED)
        redaction = actions.redact(comment=comment, version=1, text="Call", now=NOON, moderator=moderator)
        undone = actions.undo(decision=redaction, now=NOON, moderator=moderator)
        assert edit(comment, "Call Ruth", verdict=published, version=3).state == State.PUBLISHED

        comment = make_comment(State.PUBLISHED, text="Call Ruth 555")
        redaction = actions.redact(comment=comment, version=1, text="Call", now=NOON, moderator=moderator)
        undone = actions.undo(decision=redaction, now=NOON, moderator=moderator)
        actions.undo(decision=undone, now=NOON, moderator=moderator)
        assert edit(comment, "Call Ruth", verdict=published, version=4).state == State.PENDING

    def test_what_waits_goes_on_waiting_whatever_the_checks_say(self, make_comment):
        assert edit(make_comment(), "Better words.", verdict=Verdict(state=State.PUBLISHED)).state == State.PENDING

    def test_reply_that_waits_again_is_counted_out(self, make_comment):
        first = make_comment(State.PUBLISHED)
        edit(make_comment(State.PUBLISHED, parent=first))

        first.refresh_from_db()
        assert first.reply_count == 0

    def test_last_second_is_in_time_and_the_next_is_not(self, make_comment):
        comment = make_comment()
        edited = edit(comment, now=NOON + timedelta(minutes=15))

        with pytest.raises(actions.TooLate):
            edit(edited, "Too late", now=NOON + timedelta(minutes=15, seconds=1))

        assert Comment.objects.get().text == "Better words"

    @pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED, State.SPAM, State.DELETED, State.ERASED])
    def test_what_was_taken_out_of_sight_is_not_edited(self, make_comment, move, state):
        comment = move(make_comment(text="First words"), state)

        with pytest.raises(actions.TooLate):
            edit(comment)

        assert not CommentRevision.objects.exists()

    def test_other_reader_is_refused(self, make_comment, reader):
        with pytest.raises(actions.NotYours):
            edit(make_comment(), reader=reader)

    def test_same_words_change_nothing_even_late_and_in_an_old_version(self, make_comment):
        comment = make_comment(State.PUBLISHED, text="The same")

        same = edit(comment, "The same", version=9, now=NOON + timedelta(days=9))

        assert (same.state, same.version, same.edited_at) == (State.PUBLISHED, 1, None)
        assert not CommentRevision.objects.exists()

    def test_second_of_two_windows_is_refused_and_nothing_is_lost(self, make_comment):
        comment = make_comment(text="First words")
        edit(comment, "In one window", version=1)

        with pytest.raises(actions.Conflict) as conflict:
            edit(comment, "In the other", version=1)

        assert conflict.value.comment.text == "In one window"
        assert list(CommentRevision.objects.values_list("text", flat=True)) == ["First words"]

    def test_moderator_who_saw_the_earlier_words_is_refused(self, make_comment, moderator):
        comment = make_comment()
        edit(comment)

        with pytest.raises(actions.Conflict):
            actions.decide(comment=comment, version=1, to=State.PUBLISHED, moderator=moderator, now=IN_TIME)

        assert Comment.objects.get().state == State.PENDING

    def test_reader_who_edits_what_was_published_meanwhile_is_refused(self, make_comment, move):
        comment = make_comment()
        move(comment, State.PUBLISHED)

        with pytest.raises(actions.Conflict):
            edit(comment, version=1)

    def test_own_comment_is_edited_under_an_article_that_is_out_of_sight(self, make_comment, article):
        comment = make_comment()
        article.unpublish()

        assert edit(comment).text == "Better words"

    def test_stars_of_a_review_stay(self, make_review):
        assert edit(make_review(4)).stars == 4


def links_trace(finding: Finding) -> list[dict]:
    return [{"rule": finding.rule, "points": finding.points, "reason": finding.reason}]


class TestForm:
    @pytest.fixture
    def own(self, client, article) -> Comment:
        return written(client, article, text="First words")

    def test_words_that_call_for_a_notice_come_back_with_it_once(self, client, own):
        noticed = posting.edit(client, own, "My chest pain is back.")
        assert (noticed.status_code, text_area(noticed)) == (200, "My chest pain is back.")
        assert "cannot see you" in noticed.content.decode()
        assert Comment.objects.get().text == "First words"

        seen = posting.hidden_fields(noticed)["seen"]
        assert posting.edit(client, own, "My chest pain is back.", seen=seen).status_code == 303
        assert Comment.objects.get().text == "My chest pain is back."

    def test_form_holds_the_words_and_their_version(self, client, own):
        page = client.get(f"/responses/{own.public_id}/edit/")

        assert (page.status_code, text_area(page)) == (200, "First words")
        assert posting.hidden_fields(page)["version"] == "1"
        assert "no-store" in page["Cache-Control"]

    def test_new_words_are_stored_and_lead_to_the_comments_page(self, client, own):
        answer = posting.edit(client, own, "Better\r\nwords")

        assert (answer.status_code, answer["Location"]) == (303, f"/responses/{own.public_id}/")
        own.refresh_from_db()
        assert own.text == "Better\nwords"

    def test_checks_run_over_the_new_words(self, client, own):
        posting.edit(client, own, "http://a.example http://b.example http://c.example")

        own.refresh_from_db()
        assert "links" in [finding["rule"] for finding in own.trace]

    def test_no_edit_undoes_the_way_in_which_it_was_sent(self, client, article):
        comment = written(client, article, text=LINKS, **{trap_name(timezone.now() - timedelta(minutes=1)): "x"})
        posting.edit(client, comment, "Calm words")
        comment.refresh_from_db()
        posting.edit(client, comment, "Calmer words")

        comment.refresh_from_db()
        assert [(found["rule"], found["points"]) for found in comment.trace] == [("honeypot", 80), ("ladder", 0)]

    def test_edit_into_a_banned_word_is_refused_and_its_author_told_why(self, client, own):
        Phrase.objects.create(phrase="snake oil", folded="snake oil", kind="banned")

        answer = posting.edit(client, own, "Snake oil helps.")

        own.refresh_from_db()
        assert (own.state, own.text) == (State.REJECTED, "Snake oil helps.")
        page = client.get(answer["Location"]).content.decode()
        assert "holds a word that is not published" in page
        assert "A moderator decided" not in page

    def test_comment_is_no_repetition_of_itself(self, client, article):
        comment = written(client, article, text=LONG)
        posting.edit(client, comment, LONG + "!")

        comment.refresh_from_db()
        assert [found["rule"] for found in comment.trace] == ["ladder"]

    @pytest.mark.parametrize("text", ["", "  ", "x" * 5001, "a\x07b"])
    def test_words_that_cannot_be_stored_come_back(self, client, own, text):
        answer = posting.edit(client, own, text)

        assert answer.status_code == 422
        assert text_area(answer) == text
        own.refresh_from_db()
        assert own.text == "First words"

    @pytest.mark.parametrize("version", ["", "x", "1.5", "9" * 30, "-1"])
    def test_version_that_is_none_stores_nothing(self, client, own, version):
        answer = posting.edit(client, own, "Better words", version=version)

        assert answer.status_code in {409, 422}
        assert text_area(answer) == "Better words"
        own.refresh_from_db()
        assert own.text == "First words"

    def test_second_window_is_told_keeps_its_words_and_may_send_them_again(self, client, own):
        posting.edit(client, own, "In one window")

        answer = posting.edit(client, own, "In the other", version=1)

        assert (answer.status_code, text_area(answer)) == (409, "In the other")
        own.refresh_from_db()
        assert own.text == "In one window"
        again = posting.edit(client, own, "In the other", **posting.hidden_fields(answer))
        assert again.status_code == 303
        own.refresh_from_db()
        assert own.text == "In the other"

    def test_too_late_is_said_in_words_and_the_text_comes_back(self, client, own):
        Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))

        answer = posting.edit(client, own, "Better words")

        assert (answer.status_code, text_area(answer)) == (409, "Better words")
        assert "15 minutes" in answer.content.decode()
        assert client.get(f"/responses/{own.public_id}/edit/").status_code == 409

    def test_nobody_else_sees_the_form_or_changes_a_word(self, own, article):
        other = Client()
        posting.rate(other, article)

        for client in (Client(), other):
            assert client.get(f"/responses/{own.public_id}/edit/").status_code == 404
            assert posting.edit(client, own, "Mine").status_code == 404
        own.refresh_from_db()
        assert own.text == "First words"

    def test_comment_that_is_none_is_not_found(self, client, own):
        address = "/responses/00000000-0000-0000-0000-000000000000/edit/"

        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "x", "version": 1}, headers=posting.OWN).status_code == 404

    def test_foreign_form_is_refused_and_keeps_the_text(self, client, own):
        answer = posting.edit(client, own, "Forged", headers={"Origin": "https://evil.example"})

        assert (answer.status_code, text_area(answer)) == (403, "Forged")
        own.refresh_from_db()
        assert own.text == "First words"

    @pytest.mark.parametrize("extra", [{"state": "published"}, {"created_at": "2100-01-01"}, {"name": "Dr. Who"}])
    def test_fields_of_the_model_cannot_be_sent(self, client, own, extra):
        posting.edit(client, own, "Better words", **extra)

        found = Comment.objects.get()
        assert (found.state, found.name, found.created_at) == (State.PENDING, "Ruth", own.created_at)
