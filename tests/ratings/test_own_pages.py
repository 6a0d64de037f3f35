"""What only the reader sees: the pages of their own responses, and what scripts are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from ratings import actions
from ratings.models import Comment, Decision, Ground, Rating, Reader, Standing, State
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.posting import rate, written

MINE = "/responses/"


class TestRatingPage:
    def test_it_shows_the_stars_and_lets_them_be_changed_and_withdrawn(self, client, article):
        page = client.get(rate(client, article, "4")["Location"])

        assert (page.status_code, page.context["rating"].stars) == (200, 4)
        assert "no-store" in page["Cache-Control"]
        assert posting.hidden_fields(page)["version"] == "1"

    def test_withdrawing_leads_to_the_page_and_can_be_repeated(self, client, article):
        location = rate(client, article)["Location"]
        rating = Rating.objects.get()

        for _ in range(2):
            answer = posting.withdraw(client, rating)
            assert (answer.status_code, answer["Location"]) == (303, location)
        assert client.get(location).context["rating"].is_withdrawn

    def test_stale_page_is_told_how_it_stands_now(self, client, article):
        seen = Rating.objects.get(pk=self.stored(client, article, "5").pk)
        rate(client, article, "1", version=seen.version)

        for answer in (
            rate(client, article, "3", version=seen.version),
            posting.withdraw(client, seen, version=seen.version),
        ):
            assert answer.status_code == 409
            assert answer.context["rating"].stars == 1
            assert "changed in another window" in answer.content.decode()
            assert posting.hidden_fields(answer)["version"] == "2"
        assert Rating.objects.get().stars == 1

    def test_form_in_a_page_that_anyone_keeps_has_no_version_and_simply_counts(self, client, article):
        for stars in "512":
            assert rate(client, article, stars).status_code == 303
        assert Rating.objects.get().stars == 2

    @pytest.mark.parametrize("version", ["", "x", "1.0", "-1", "١", "9" * 40, "\x00"])
    def test_version_that_is_none_is_as_good_as_none(self, client, article, version):
        rate(client, article, "5")

        assert rate(client, article, "3", version=version).status_code == 303

    def test_reader_is_told_openly_that_a_vote_is_set_aside(self, client, article):
        rating = self.stored(client, article)
        actions.judge_rating(rating=rating, standing=Standing.QUARANTINED, reason="12 of 14 from one.", now=NOON)

        assert "12 of 14 from one." in client.get(f"{MINE}{rating.public_id}/").content.decode()

    def test_nobody_else_sees_or_withdraws_it(self, client, article):
        rating = self.stored(client, article)
        other = Client()
        rate(other, article)

        for stranger in (Client(), other):
            assert stranger.get(f"{MINE}{rating.public_id}/").status_code == 404
            assert posting.withdraw(stranger, rating).status_code == 404
        rating.refresh_from_db()
        assert not rating.is_withdrawn

    def test_foreign_form_withdraws_nothing(self, client, article):
        rating = self.stored(client, article)

        assert posting.withdraw(client, rating, headers={"Origin": "https://evil.example"}).status_code == 403
        rating.refresh_from_db()
        assert not rating.is_withdrawn

    def test_get_withdraws_nothing(self, client, article):
        rating = self.stored(client, article)

        assert client.get(f"/responses/withdraw/{rating.public_id}/").status_code == 405

    def test_vote_under_an_article_that_was_withdrawn_can_be_taken_back_and_names_nothing(self, client, article):
        rating = self.stored(client, article)
        article.title = "A Secret Title"
        article.save_revision().publish()
        article.unpublish()

        page = client.get(f"{MINE}{rating.public_id}/")
        assert (page.status_code, "Secret" in page.content.decode()) == (200, False)
        assert posting.withdraw(client, rating).status_code == 303

    @pytest.mark.parametrize("guest_is_later", [True, False])
    def test_who_rated_as_a_guest_and_as_a_member_withdraws_the_one_that_is_left(
        self, client, article, make_user, guest_is_later
    ):
        user = make_user("ruth")
        member = actions.admit(user=user, token="").reader
        moment = timezone.now() + timedelta(hours=-1 if guest_is_later else 1)
        actions.rate(article=article, reader=member, stars=1, now=moment)
        guests = self.stored(client, article, "5")
        client.force_login(user)

        answer = posting.withdraw(client, guests)

        assert answer.status_code == 303
        assert client.get(answer["Location"]).status_code == 200
        assert Rating.objects.get().is_withdrawn

    @staticmethod
    def stored(client, article, stars: str = "5") -> Rating:
        location = rate(client, article, stars)["Location"]
        return Rating.objects.get(public_id=location.split("/")[2])


class TestCommentPage:
    @pytest.mark.parametrize("state", list(State))
    def test_author_sees_the_true_state_in_words(self, client, article, move, state):
        own = written(client, article)
        if state != State.PENDING:
            move(own, state, reason="Because of this.")

        page = client.get(f"{MINE}{own.public_id}/").content.decode()

        assert ("<em>sings</em>" in page) == (state not in {State.DELETED, State.ERASED})
        assert ("Because of this." in page) == (state != State.PENDING)
        assert str(state.label) in page

    @pytest.mark.parametrize("state", list(State))
    def test_editing_is_offered_while_it_can_be_done(self, client, article, move, state):
        own = written(client, article)
        if state != State.PENDING:
            move(own, state)

        page = client.get(f"{MINE}{own.public_id}/")

        can_be = state in {State.PENDING, State.PUBLISHED}
        assert page.context["is_editable"] == can_be
        assert (f'href="{MINE}{own.public_id}/edit/"' in page.content.decode()) == can_be

    def test_editing_is_not_offered_after_its_time(self, client, article):
        own = written(client, article)
        Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))

        assert not client.get(f"{MINE}{own.public_id}/").context["is_editable"]

    def test_article_that_was_withdrawn_is_not_named(self, client, article):
        own = written(client, article)
        article.title = "A Secret Title"
        article.save_revision().publish()
        article.unpublish()

        page = client.get(f"{MINE}{own.public_id}/")

        assert (page.status_code, "Secret" in page.content.decode()) == (200, False)

    def test_guest_who_signs_in_still_sees_the_own_comment(self, client, article, make_user):
        own = written(client, article)
        client.force_login(make_user("ruth"))

        assert client.get(f"{MINE}{own.public_id}/").status_code == 200

    def test_reason_is_that_of_the_state_whatever_was_done_since(self, client, article, move, moderator):
        own = move(written(client, article), State.REJECTED, moderator=moderator, reason="No ads.", ground=Ground.SPAM)
        by_moderator = {"now": NOON, "moderator": moderator}

        def page() -> str:
            return client.get(f"{MINE}{own.public_id}/").content.decode()

        for shown in (False, True):
            actions.undo(decision=Decision.objects.latest("pk"), **by_moderator)
            assert ("No ads." in page()) == shown
        version = Comment.objects.get().version
        redacted = actions.redact(comment=own, version=version, text="It.", reason="A telephone.", **by_moderator)
        assert "No ads." in page()
        assert "A telephone." in page()
        actions.undo(decision=redacted, **by_moderator)
        assert "No ads." in page()
        assert "A telephone." not in page()

    def test_comment_is_nobody_elses_and_the_answer_is_never_kept(self, client, article):
        own = written(client, article)
        other = Client()
        rate(other, article)

        for stranger in (Client(), other):
            answer = stranger.get(f"{MINE}{own.public_id}/")
            assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (404, True)


class TestAllOfMine:
    def test_it_lists_what_this_reader_gave_and_nothing_else(self, client, article, make_comment):
        other = make_comment(State.PUBLISHED, text="Of somebody else")
        rate(client, article, "4")
        written(client, article, text="Of mine")
        posting.report(client, other, note="Reported by me")

        page = client.get(MINE)

        assert [rating.stars for rating in page.context["ratings"]] == [4]
        assert [comment.text for comment in page.context["comments"]] == ["Of mine"]
        assert [report.note for report in page.context["reports"]] == ["Reported by me"]
        assert "Of somebody else" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]

    def test_who_gave_nothing_sees_an_empty_page_and_becomes_no_reader(self, article, make_review):
        make_review(5)
        page = Client().get(MINE)

        assert page.status_code == 200
        assert not any(page.context[name] for name in ("ratings", "comments", "reports"))
        assert not page.cookies
        assert Reader.objects.count() == 1

    def test_invented_cookie_sees_nothing(self, client, article, make_review):
        make_review(5)
        client.cookies["reader"] = "guessed"

        assert not any(client.get(MINE).context[name] for name in ("ratings", "comments", "reports"))

    def test_withdrawn_votes_and_deleted_comments_are_gone(self, client, article, move):
        rate(client, article)
        posting.withdraw(client, Rating.objects.get())
        for state in (State.DELETED, State.ERASED):
            move(written(client, article), state)

        page = client.get(MINE)

        assert not any(page.context[name] for name in ("ratings", "comments"))

    def test_rejected_comments_are_shown_with_their_true_state(self, client, article, move):
        move(written(client, article), State.SPAM)

        assert [comment.state for comment in client.get(MINE).context["comments"]] == [State.SPAM]

    def test_articles_that_are_not_for_everybody_are_not_named(self, client, make_article):
        draft, private = make_article("A Secret Draft"), make_article("A Secret Among Few")
        for article in (draft, private):
            rate(client, article)
            written(client, article)
        draft.unpublish()
        PageViewRestriction.objects.create(page=private, restriction_type="login")

        assert "Secret" not in client.get(MINE).content.decode()

    def test_who_signs_in_sees_what_both_gave(self, client, article, make_article, make_user):
        user = make_user("ruth")
        actions.rate(
            article=make_article("Another One"), reader=actions.admit(user=user, token="").reader, stars=1, now=NOON
        )
        rate(client, article, "5")
        client.force_login(user)

        assert {rating.stars for rating in client.get(MINE).context["ratings"]} == {1, 5}

    def test_what_stands_under_an_article_that_is_not_public_is_listed_without_its_title(self, client, article):
        rate(client, article)
        own = written(client, article)
        article.unpublish()

        page = client.get(MINE).content.decode()

        assert f"/responses/{own.public_id}/" in page
        assert "not public at present" in page
        assert article.title not in page

    def test_it_takes_the_same_queries_for_one_and_for_three(
        self, client, make_article, django_assert_num_queries, no_limits, make_comment
    ):
        other = make_comment(State.PUBLISHED)

        def answer(number: int) -> None:
            article = make_article(f"Number {number}")
            rate(client, article)
            written(client, article)
            posting.report(client, other, reason=["false", "abuse", "other"][number])

        answer(0)
        client.get(MINE)  # fills the caches of sites
        with django_assert_num_queries(QUERIES):
            client.get(MINE)
        answer(1)
        answer(2)
        with django_assert_num_queries(QUERIES):
            client.get(MINE)


QUERIES = 11


class TestToldToScripts:
    def told(self, client, article) -> dict:
        answer = client.get(f"/responses/mine/{article.pk}/")
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
        assert not answer.cookies
        return answer.json()

    def test_who_gave_nothing_is_told_nothing(self, article):
        assert self.told(Client(), article) == {
            "stars": None,
            "rating_url": None,
            "waiting": 0,
            "helpful": [],
            "edit_url": None,
        }

    def test_reader_is_told_what_they_gave(self, client, article, make_comment):
        liked, other = (make_comment(State.PUBLISHED) for _ in range(2))
        location = rate(client, article, "4")["Location"]
        written(client, article)
        posting.find_helpful(client, liked)
        posting.find_helpful(Client(), other)

        assert self.told(client, article) == {
            "stars": 4,
            "rating_url": location,
            "waiting": 1,
            "helpful": [str(liked.public_id)],
            "edit_url": None,
        }

    def test_withdrawn_vote_is_none(self, client, article):
        rate(client, article)
        posting.withdraw(client, Rating.objects.get())

        assert self.told(client, article)["stars"] is None

    def test_only_who_may_edit_is_told_where(self, client, article, editor, moderator):
        client.force_login(editor)
        assert self.told(client, article)["edit_url"] == f"/admin/pages/{article.pk}/edit/"
        client.force_login(moderator)
        assert self.told(client, article)["edit_url"] is None

    def test_article_that_is_not_for_everybody_is_not_found(self, client, article, make_article):
        PageViewRestriction.objects.create(page=article, restriction_type="login")
        for hidden in (article.pk, make_article("A Draft", live=False).pk, 999_999, 2**80):
            assert client.get(f"/responses/mine/{hidden}/").status_code == 404
