"""What readers see of the forms that they fill in, and of what became of their responses, without scripts."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, DiscussionPolicy, Kind, Report, Standing, State
from tests.conftest import NOON
from tests.ratings.posting import comment, delete, find_helpful, hidden_fields, rate, report, stamped, withdraw, written
from tests.ratings.reading import look, page_of, words

pytestmark = pytest.mark.django_db


class TestWriteForm:
    def test_it_holds_nothing_personal(self, client, article, make_user):
        client.force_login(make_user("ruth", first_name="Ruth"))

        form = look(client, article.url).select_one("#write")

        assert {field["name"]: field.get("value") for field in form.select("input:not([type=radio])")} == {
            "parent": "",
            "name": None,
            "email": None,
        }
        assert [field["value"] for field in form.select("[name=kind]")] == Kind.values
        assert form.select_one("a[href='/privacy/']")

    def test_it_says_when_comments_close(self, client, article, dated):
        dated(article, timezone.now())
        policy = DiscussionPolicy.objects.create(article_type="articles.articlepage", closes_after_days=30)

        assert "Comments close on" in words(look(client, article.url).select_one("#write"))

        policy.delete()
        assert "Comments close on" not in words(look(client, article.url).select_one("#write"))

    def test_closed_comments_have_no_form_and_no_reply_but_the_rating_stays(self, client, article, dated, make_comment):
        make_comment(State.PUBLISHED)
        dated(article, NOON - timedelta(days=99))
        DiscussionPolicy.objects.create(article_type="articles.articlepage", closes_after_days=30)

        page = look(client, article.url)

        assert "Comments here closed on" in words(page.select_one(".closed"))
        assert not page.select("#write, #comments a[href*=reply_to], a[href='#write']")
        assert page.select("#rating form[action] button")

    def test_preview_of_a_draft_answers_nobody(self, rf, article, make_comment):
        make_comment(State.PUBLISHED)
        request = rf.get("/")
        request.is_preview, request.user = True, AnonymousUser()

        html = render_to_string(article.template, article.get_context(request), request=request)

        page = BeautifulSoup(html, "html.parser")
        assert not page.select("main form[action], .comment-actions, [data-news-url], [data-mine-url]")
        assert len(page.select("fieldset[disabled]")) == 2

    def test_error_is_tied_to_its_field_and_named_on_top(self, client, article):
        page = page_of(comment(client, article, name=""))

        field = page.select_one("input[name=name]")
        assert field["aria-invalid"] == "true"
        assert "give a name" in words(page.find(id=field["aria-describedby"]))
        assert page.select_one(".error-summary[data-answer] a")["href"] == f"#{field['id']}"

    def test_preview_carries_kind_and_stars_along(self, client, article):
        preview = comment(client, article, kind="review", stars="4", preview="1")

        kept = hidden_fields(preview)

        assert (kept["kind"], kept["stars"]) == ("review", "4")
        assert "Review ★★★★☆ 4 of 5 stars" in words(page_of(preview).select_one(".comment"))

    def test_notice_names_the_words_and_lets_the_comment_pass(self, client, article):
        preview = comment(client, article, text="My leg is numb.", **stamped(article))

        page = page_of(preview)
        assert "numb" in words(page.select_one("[role=note]"))
        sent = {"text": "My leg is numb.", **hidden_fields(preview)}
        assert comment(client, article, **sent).status_code == 303


class TestOwnPages:
    def test_rating_can_be_changed_and_withdrawn_where_it_is_seen(self, client, article):
        location = rate(client, article, "4")["Location"]

        page = look(client, location)

        assert words(page.select_one("[data-answer]")).startswith("You gave this article 4 stars of five.")
        assert page.select_one("[name=stars][checked]")["value"] == "4"
        assert [field["value"] for field in page.select("[name=version]")] == ["1", "1"]
        withdraw(client, article.ratings.get(), version="1")
        assert "You took your stars back" in words(look(client, location).select_one("[data-answer]"))

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_does_not_count_is_told_openly(self, client, article, standing):
        location = rate(client, article, "4")["Location"]
        actions.judge_rating(rating=article.ratings.get(), standing=standing, reason="Many at once.", now=NOON)

        answer = words(look(client, location).select_one("[data-answer]"))

        assert "Many at once." in answer
        assert "It counts at once." not in answer

    def test_comment_can_be_edited_and_deleted_in_time_and_only_deleted_later(self, client, article):
        own = written(client, article)
        address = f"/responses/{own.public_id}/"

        assert [link["href"] for link in look(client, address).select(".buttons a")] == [
            f"{address}edit/",
            f"{address}delete/",
        ]
        Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
        assert [link["href"] for link in look(client, address).select(".buttons a")] == [f"{address}delete/"]

    def test_before_deleting_it_says_what_stays(self, client, article):
        own = written(client, article)

        assert "Replies to it stay" in words(look(client, f"/responses/{own.public_id}/delete/").select_one("main"))
        delete(client, own)
        page = look(client, f"/responses/{own.public_id}/")
        assert "no longer shown" in words(page.select_one("[data-answer]"))
        assert own.text not in page.get_text()

    def test_helpful_vote_can_be_taken_back(self, client, article, make_comment):
        shown = make_comment(State.PUBLISHED)
        location = find_helpful(client, shown)["Location"]

        page = look(client, location)

        assert words(page.select_one("[data-answer]")) == "You found this comment helpful."
        assert page.select_one("[name=helpful]")["value"] == "0"
        find_helpful(client, shown, "0")
        assert look(client, location).select_one("[name=helpful]")["value"] == "1"

    def test_report_asks_for_a_reason_and_thanks(self, client, article, make_comment):
        shown = make_comment(State.PUBLISHED)

        refused = page_of(report(client, shown, reason=""))
        thanks = look(client, report(client, shown)["Location"])

        assert "Please choose what is wrong" in words(refused.select_one(".error-summary"))
        assert words(refused.select_one("textarea")) == "It is not true."
        assert len(refused.select("[name=reason]")) == len(Report.Reason)
        assert "A moderator will look at the comment." in words(thanks.select_one("[data-answer]"))

    def test_all_of_ones_own_is_listed_with_what_became_of_it(self, client, article, make_comment):
        assert "There is nothing yet." in words(look(client, "/responses/").select_one("main"))
        rate(client, article, "4")
        own = written(client, article)
        report(client, make_comment(State.PUBLISHED, text="Not mine"))

        page = look(client, "/responses/")

        assert [words(heading) for heading in page.select("h2")] == ["Ratings", "Comments", "Reports"]
        assert page.select(f"a[href='/responses/{own.public_id}/']")
        assert "Waiting for review" in words(page.select_one("main"))
        assert "Not mine" not in page.get_text()

    def test_none_is_indexed_and_headings_are_in_order(self, client, article, make_comment):
        shown = make_comment(State.PUBLISHED)
        own = written(client, article)
        addresses = [
            "/responses/",
            rate(client, article, "4")["Location"],
            report(client, shown)["Location"],
            f"/responses/{own.public_id}/",
            f"/responses/{own.public_id}/edit/",
            f"/responses/{own.public_id}/delete/",
            f"/responses/helpful/{shown.public_id}/",
            f"/responses/report/{shown.public_id}/",
            f"/responses/comment/{article.pk}/?reply_to={shown.public_id}",
        ]
        for address in addresses:
            page = look(client, address)
            levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
            assert page.select_one("meta[name=robots]")["content"] == "noindex", address
            assert levels[0] == 1, address
            assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), address
