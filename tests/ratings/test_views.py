"""Rating and commenting over HTTP, without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, Kind, Rating, RatingSummary, Reader, State
from ratings.stamp import trap_name
from tests.conftest import NOON
from tests.ratings.posting import GUEST, OWN, comment, hidden_fields, rate, stamped, text_area, written


class TestRating:
    def test_vote_is_stored_and_leads_to_its_own_page(self, client, article):
        answer = rate(client, article, "4")

        rating = Rating.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/responses/{rating.public_id}/")
        assert rating.stars == 4
        page = client.get(answer["Location"])
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]

    @pytest.mark.parametrize("number", [1, 8])
    def test_it_costs_the_same_after_few_votes_and_after_many(self, article, django_assert_num_queries, number):
        for _each in range(number):
            rate(Client(), article)

        with django_assert_num_queries(22):
            rate(Client(), article)

    def test_second_vote_of_a_browser_changes_the_first(self, client, article):
        rate(client, article, "4")
        rate(client, article, "2")

        assert list(Rating.objects.values_list("stars", flat=True)) == [2]
        assert Reader.objects.count() == 1

    def test_cookie_is_for_http_and_this_site_only(self, client, article):
        cookie = rate(client, article).cookies["reader"]

        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert cookie["max-age"] == 365 * 24 * 60 * 60

    @pytest.mark.parametrize("stars", ["", "0", "6", "-1", "05", "5.0", "1e0", "٥", "true", " 5", "5\x00", ["5", "1"]])
    def test_anything_but_one_to_five_is_refused_in_words(self, client, article, stars):
        answer = rate(client, article, stars)

        assert answer.status_code == 422
        assert "choose one to five stars" in answer.content.decode()
        assert not Rating.objects.exists()
        assert not Reader.objects.exists()

    def test_missing_stars_are_refused(self, client, article):
        assert client.post(f"/responses/rate/{article.pk}/", headers=OWN).status_code == 422

    @pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}])
    def test_foreign_form_is_refused(self, client, article, headers):
        assert rate(client, article, headers=headers).status_code == 403
        assert not Rating.objects.exists()

    def test_draft_private_and_missing_articles_are_not_found(self, client, make_article):
        from wagtail.models import PageViewRestriction

        draft, private = make_article("Draft", live=False), make_article("Private")
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        assert [rate(client, page).status_code for page in (draft, private)] == [404, 404]
        assert client.post("/responses/rate/999999/", {"stars": "5"}, headers=OWN).status_code == 404

    def test_get_is_not_allowed(self, client, article):
        assert client.get(f"/responses/rate/{article.pk}/").status_code == 405

    def test_vote_on_ones_own_work_is_refused_in_words_and_makes_no_reader(self, client, article, editor):
        client.force_login(editor)

        answer = rate(client, article)

        assert answer.status_code == 403
        assert "You cannot vote on what you wrote or have a part in" in answer.content.decode()
        assert not Rating.objects.exists()
        assert not Reader.objects.exists()

    def test_double_click_and_two_windows_are_one_vote(self, client, article):
        answers = [rate(client, article, "5") for _ in range(5)]

        assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, answers[0]["Location"])}
        assert RatingSummary.objects.get().own_count == 1


class TestComment:
    @pytest.mark.parametrize("number", [1, 8])
    def test_it_costs_the_same_under_few_and_under_many(self, article, django_assert_num_queries, number):
        text = "Long enough to be compared with all that was said before."
        for _each in range(number):
            written(Client(), article, text=text)
        sent = stamped(article)

        with django_assert_num_queries(29):
            assert comment(Client(), article, text=text, **sent).status_code == 303

    def test_form_of_a_kept_page_leads_to_the_preview_and_then_is_stored(self, client, article):
        preview = comment(client, article)
        assert preview.status_code == 200
        assert "no-store" in preview["Cache-Control"]
        assert "<em>sings</em>" in preview.content.decode()
        assert not Comment.objects.exists()

        answer = comment(client, article, **hidden_fields(preview))

        stored = Comment.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/responses/{stored.public_id}/")
        assert (stored.state, stored.name, stored.email, stored.text) == (State.PENDING, *GUEST.values())
        assert "Waiting for review".lower() in client.get(answer["Location"]).content.decode().lower()

    def test_fresh_stamp_spares_the_preview(self, client, article):
        assert comment(client, article, **stamped(article)).status_code == 303

    def test_sending_the_same_form_twice_is_one_comment(self, client, article):
        fields = stamped(article)
        first, second = comment(client, article, **fields), comment(client, article, **fields)

        assert first["Location"] == second["Location"]
        assert Comment.objects.count() == 1

    def test_same_form_with_other_words_is_told_and_what_comes_back_can_be_sent(self, client, article):
        fields = stamped(article)
        comment(client, article, **fields)

        answer = comment(client, article, text="Other words", **fields)

        assert (answer.status_code, text_area(answer)) == (422, "Other words")
        assert Comment.objects.count() == 1
        again = comment(client, article, **hidden_fields(answer) | {"text": "Other words"})
        assert again.status_code == 303
        assert set(Comment.objects.values_list("text", flat=True)) == {GUEST["text"], "Other words"}

    def test_form_that_another_reader_sent_is_not_yours_and_keeps_the_text(self, client, article):
        fields = stamped(article)
        comment(client, article, **fields)
        other = Client()
        rate(other, article)

        answer = comment(other, article, **fields)

        assert (answer.status_code, text_area(answer)) == (404, GUEST["text"])
        assert Comment.objects.count() == 1

    def test_stamp_of_another_article_is_answered_with_the_preview(self, client, article, make_article):
        assert comment(client, article, **stamped(make_article("Another One"))).status_code == 200
        assert not Comment.objects.exists()

    def test_time_counts_from_the_first_form_also_through_a_preview(self, client, article):
        preview = comment(client, article, preview="1", **stamped(article))
        comment(client, article, **hidden_fields(preview))

        assert [found["rule"] for found in Comment.objects.get().trace] == ["ladder"]

    def test_review_without_stars_is_not_even_previewed(self, client, article):
        answer = comment(client, article, kind="review")

        assert answer.status_code == 422
        assert "carries your stars" in answer.content.decode()

    def test_preview_is_shown_when_it_is_asked_for(self, client, article):
        answer = comment(client, article, preview="1", **stamped(article))

        assert (answer.status_code, answer.context["preview"]) == (200, True)
        assert "<em>sings</em>" in answer.content.decode()
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(("kind", "stars"), [("question", ""), ("review", "4"), ("comment", "")])
    def test_preview_keeps_kind_and_stars(self, client, article, kind, stars):
        preview = comment(client, article, kind=kind, stars=stars)

        answer = comment(client, article, **hidden_fields(preview))

        assert answer.status_code == 303
        stored = Comment.objects.get()
        assert (stored.kind, stored.stars) == (kind, int(stars) if stars else None)

    def test_form_opens_with_the_kind_that_is_asked_for(self, client, article):
        page = client.get(f"/responses/comment/{article.pk}/?kind=question")

        assert page.context["form"]["kind"].value() == Kind.QUESTION
        assert client.get(f"/responses/comment/{article.pk}/?kind=sermon").status_code == 200

    @pytest.mark.parametrize("stamp", ["", "forged", "a:b:c", "\x00"])
    def test_stamp_that_is_none_is_answered_with_the_preview(self, client, article, stamp):
        assert comment(client, article, stamp=stamp).status_code == 200
        assert not Comment.objects.exists()

    def test_old_stamp_is_answered_with_the_preview_and_the_text(self, client, article):
        answer = comment(client, article, **stamped(article, timedelta(days=2)))

        assert answer.status_code == 200
        assert GUEST["text"] in unescape(answer.content.decode())

    def test_editing_from_the_preview_brings_the_text_back(self, client, article):
        answer = comment(client, article, edit="1", **stamped(article))

        assert text_area(answer) == GUEST["text"]
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"text": ""}, "Please write something"),
            ({"text": "   "}, "Please write something"),
            ({"name": ""}, "Please give a name"),
            ({"name": "\u3164\u2800"}, "Please give a name"),
            ({"name": "Ruth \u202eevil"}, "reading direction"),
            ({"email": ""}, "Please give an e-mail address"),
            ({"email": "nobody"}, "valid email address"),
            ({"email": "a@example.org\r\nBcc: x@example.org"}, "valid email address"),
            ({"text": "a\x07b"}, "invisible control characters"),
            ({"text": "a\x00b"}, "Null characters"),
            ({"text": "x" * 5001}, "5,001 characters; 5,000 are allowed"),
            ({"name": "x" * 81}, "81 characters; 80 are allowed"),
        ],
    )
    def test_what_is_wrong_is_said_in_words_and_the_text_comes_back(self, client, article, fields, sentence):
        answer = comment(client, article, **stamped(article), **fields)

        assert answer.status_code == 422
        assert sentence in unescape(answer.content.decode())
        assert text_area(answer).strip("\x00") == (GUEST | fields)["text"].strip("\x00") or "\x00" in fields.get(
            "text", ""
        )
        assert not Comment.objects.exists()
        assert not Reader.objects.exists()

    def test_five_thousand_characters_are_accepted_with_the_line_ends_of_a_browser(self, client, article):
        text = ("x" * 99 + "\n") * 50
        assert len(text) == 5000

        assert comment(client, article, text=text.replace("\n", "\r\n"), **stamped(article)).status_code == 303
        assert Comment.objects.get().text == text

    def test_text_is_stored_as_it_was_previewed(self, client, article):
        text = "    an indent\n\nand a last line  "
        preview = comment(client, article, text=text)
        assert "<code>an indent" in preview.content.decode()

        comment(client, article, **hidden_fields(preview))

        assert Comment.objects.get().text == text

    def test_body_of_a_megabyte_is_refused_unread(self, client, article):
        answer = comment(client, article, text="x" * 1_000_000)

        assert answer.status_code == 413
        assert "5,000 characters" in answer.content.decode()

    @pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
    def test_foreign_form_is_refused_and_keeps_the_text(self, client, article, headers):
        answer = comment(client, article, headers=headers, **stamped(article))

        assert answer.status_code == 403
        assert text_area(answer) == GUEST["text"]
        assert not Comment.objects.exists()

    def test_django_csrf_is_not_asked_for(self, article):
        assert comment(Client(enforce_csrf_checks=True), article, **stamped(article)).status_code == 303

    def test_signed_in_reader_needs_neither_name_nor_address(self, client, article, make_user):
        client.force_login(make_user("ruth", first_name="Ruth", last_name="Lee"))

        comment(client, article, name="Somebody else", email="other@example.org", **stamped(article))

        stored = Comment.objects.get()
        assert (stored.name, stored.email, stored.reader.user.username) == ("Ruth Lee", "ruth@example.org", "ruth")

    def test_login_name_is_never_published(self, client, article, make_user):
        client.force_login(make_user("ruth.private@example.org"))
        assert comment(client, article, name="", **stamped(article)).status_code == 422

        comment(client, article, name="Ruth", **stamped(article))

        assert Comment.objects.get().name == "Ruth"
        assert "ruth.private" not in comment(client, article, name="", **stamped(article)).content.decode()

    def test_guest_who_sends_a_form_twice_at_once_is_one_reader(self, article):
        fields = stamped(article)
        first, second = Client(), Client()
        answers = [comment(client, article, **fields) for client in (first, second)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert [client.get(answers[0]["Location"]).status_code for client in (first, second)] == [200, 200]
        assert Reader.objects.count() == 1

    def test_article_withdrawn_while_writing_is_told_and_the_text_kept(self, client, article):
        article.unpublish()

        answer = comment(client, article, **stamped(article))

        assert answer.status_code == 404
        assert text_area(answer) == GUEST["text"]

    @pytest.mark.parametrize(
        "extra",
        [
            {"state": "published", "published_at": "2000-01-01", "is_checked": "1", "is_pinned": "1"},
            {"reader": "1", "badge": "staff", "person": "1", "network": "mine"},
            {"created_at": "2000-01-01", "version": "9", "fingerprint": "1"},
            {"points": "0", "rules": "", "trace": "[]", "spam_score": "0.9", "is_called_spam": "1", "folded": "x"},
        ],
    )
    def test_fields_of_the_model_cannot_be_sent(self, client, article, extra):
        expected = written(client, article, text="http://a.example http://b.example")
        client.cookies.clear()

        stored = written(client, article, text="http://a.example http://b.example", **extra)

        kept = ("state", "version", "badge", "person", "network", "points", "rules", "trace", "spam_score")
        kept += ("is_called_spam", "is_checked", "is_pinned", "published_at", "fingerprint", "folded")
        assert [getattr(stored, field) for field in kept] == [getattr(expected, field) for field in kept]
        assert (stored.reader_id != expected.reader_id, stored.created_at.year) == (True, timezone.now().year)

    def test_draft_is_not_found(self, client, make_article):
        draft = make_article("Draft", live=False)

        assert comment(client, draft).status_code == 404
        assert client.get(f"/responses/comment/{draft.pk}/").status_code == 404


class TestReply:
    def published(self, make_comment, **fields) -> Comment:
        return make_comment(State.PUBLISHED, **fields)

    def test_reply_form_names_whom_it_answers_and_the_reply_joins_the_thread(self, client, article, make_comment):
        parent = self.published(make_comment, name="Ada")
        page = client.get(f"/responses/comment/{article.pk}/?reply_to={parent.public_id}")
        assert "Ada" in page.content.decode()

        comment(client, article, **hidden_fields(page) | stamped(article))

        reply = Comment.objects.exclude(pk=parent.pk).get()
        assert (reply.parent, reply.thread) == (parent, parent)

    def test_parent_hidden_meanwhile_is_told_and_the_text_kept(self, client, article, make_comment):
        parent = self.published(make_comment)
        actions.decide(comment=parent, version=1, to=State.HIDDEN, now=NOON)

        answer = comment(client, article, parent=str(parent.public_id), **stamped(article))

        assert answer.status_code == 409
        assert text_area(answer) == GUEST["text"]
        assert hidden_fields(answer).get("parent", "") == ""
        assert Comment.objects.count() == 1

    @pytest.mark.parametrize("reply_to", ["x", "00000000-0000-0000-0000-000000000000", "\x00", "1"])
    def test_unknown_parent_in_the_address_is_a_comment_of_its_own(self, client, article, reply_to):
        page = client.get(f"/responses/comment/{article.pk}/", {"reply_to": reply_to})

        assert page.status_code == 200
        assert hidden_fields(page).get("parent", "") == ""


class TestNotice:
    """Words that call for a calm notice are shown once before they are stored; nothing is ever forbidden."""

    WORRIED = "Since yesterday my legs are numb."

    def test_notice_comes_before_storing_and_is_passed_when_it_was_seen(self, client, article):
        asked = comment(client, article, text=self.WORRIED, **stamped(article))

        assert (asked.status_code, asked.context["preview"]) == (200, True)
        assert [notice.kind for notice in asked.context["notices"]] != []
        assert "numb" in asked.content.decode()
        assert not Comment.objects.exists()
        answer = comment(client, article, **hidden_fields(asked))
        assert answer.status_code == 303
        assert Comment.objects.get().text == self.WORRIED

    def test_other_words_are_looked_at_anew(self, client, article):
        asked = comment(client, article, text=self.WORRIED, **stamped(article))

        other = comment(client, article, **hidden_fields(asked) | {"text": "Call me: ruth.lee@example.org"})

        assert (other.status_code, Comment.objects.exists()) == (200, False)

    def test_what_was_seen_for_other_words_or_made_up_passes_nothing(self, client, article):
        for seen in ("1", "x" * 16, "\x00"):
            assert comment(client, article, text=self.WORRIED, seen=seen, **stamped(article)).status_code == 200
        assert not Comment.objects.exists()

    def test_calm_words_need_no_second_step(self, client, article):
        assert comment(client, article, **stamped(article)).status_code == 303

    def test_stored_comment_still_waits_for_a_moderator_who_sees_it(self, client, article):
        asked = comment(client, article, text=self.WORRIED, **stamped(article))
        comment(client, article, **hidden_fields(asked))

        stored = Comment.objects.get()
        assert (stored.state, "notice" in [finding["rule"] for finding in stored.trace]) == (State.PENDING, True)


def test_stamp_for_scripts_is_fresh_and_never_kept(client, article):
    answer = client.get(f"/responses/stamp/{article.pk}/")

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    fields = answer.json()
    assert set(fields) == {"stamp", "trap"}
    assert fields["trap"] == trap_name(timezone.now())
    assert comment(client, article, stamp=fields["stamp"]).status_code == 303
