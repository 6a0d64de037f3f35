"""Finding a comment helpful."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from ratings import actions
from ratings.models import Comment, HelpfulVote, Reader, Standing, State
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.posting import written
from tests.ratings.recount import wrong_numbers


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    yield
    assert wrong_numbers() == []


def find(comment: Comment, reader: Reader, *, helpful: bool = True, **fields) -> int:
    """Return how many find the comment helpful after `reader` says so, or no longer does."""
    return actions.find_helpful(comment=comment, reader=reader, helpful=helpful, now=NOON, **fields).helpful_count


def judge(comment: Comment, standing: Standing, **fields) -> int:
    actions.judge_helpful(vote=HelpfulVote.objects.get(comment=comment), standing=standing, **fields)
    comment.refresh_from_db()
    return comment.helpful_count


class TestVoting:
    @pytest.fixture
    def comment(self, make_comment) -> Comment:
        return make_comment(State.PUBLISHED)

    def test_every_reader_counts_once(self, comment, make_reader):
        first, second = make_reader(), make_reader()

        assert [find(comment, reader) for reader in (first, first, second)] == [1, 1, 2]

    def test_it_can_be_taken_back_any_number_of_times(self, comment, reader):
        said = [True, False, False, True, False]

        assert [find(comment, reader, helpful=helpful) for helpful in said] == [1, 0, 0, 1, 0]

    def test_replies_are_found_helpful_too(self, comment, make_comment, reader):
        assert find(make_comment(State.PUBLISHED, parent=comment), reader) == 1

    def test_ones_own_is_refused(self, comment):
        with pytest.raises(actions.OwnWork):
            find(comment, comment.reader)

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_shown_is_refused(self, make_comment, reader, state):
        with pytest.raises(actions.ParentGone):
            find(make_comment(state), reader)

    def test_article_that_is_not_shown_is_refused(self, comment, article, reader):
        article.unpublish()

        with pytest.raises(actions.NotOpen):
            find(comment, reader)

    def test_votes_stay_while_a_comment_is_hidden(self, comment, reader, move):
        find(comment, reader)
        move(comment, State.HIDDEN)

        assert move(comment, State.PUBLISHED).helpful_count == 1

    def test_database_refuses_a_second_vote_of_a_reader(self, comment, reader):
        find(comment, reader)
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpfulVote.objects.create(comment=comment, reader=reader, created_at=NOON)


class TestStanding:
    @pytest.fixture
    def comment(self, make_comment, reader) -> Comment:
        comment = make_comment(State.PUBLISHED)
        find(comment, reader)
        return comment

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_is_set_aside_is_not_counted_and_can_be_released(self, comment, moderator, standing):
        assert judge(comment, standing, reason="From one network.") == 0
        assert judge(comment, Standing.COUNTED, moderator=moderator) == 1
        assert HelpfulVote.objects.get().is_vouched_for

    def test_judging_the_same_twice_counts_once(self, comment):
        assert [judge(comment, Standing.QUARANTINED) for _ in range(2)] == [0, 0]
        assert [judge(comment, Standing.COUNTED) for _ in range(2)] == [1, 1]

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_was_set_aside_stays_so_when_it_is_taken_back_and_given_again(self, comment, reader, standing):
        judge(comment, standing)

        assert find(comment, reader, helpful=False) == 0
        assert find(comment, reader) == 0

    def test_wave_is_set_aside_and_what_was_released_never_again(self, make_comment, make_reader, moderator, no_limits):
        comment = make_comment(State.PUBLISHED)
        house = actions.Sender(network="one house")
        for _ in range(40):
            find(comment, make_reader(), sender=house)
        assert HelpfulVote.objects.filter(comment=comment, standing=Standing.QUARANTINED).count() == 40
        comment.refresh_from_db()
        assert comment.helpful_count == 0

        for vote in HelpfulVote.objects.filter(comment=comment):
            actions.judge_helpful(vote=vote, standing=Standing.COUNTED, moderator=moderator)

        assert find(comment, make_reader(), sender=house) == 41


class TestForm:
    @pytest.fixture
    def comment(self, make_comment) -> Comment:
        return make_comment(State.PUBLISHED, text="It sings.")

    def count(self, comment: Comment) -> int:
        return Comment.objects.values_list("helpful_count", flat=True).get(pk=comment.pk)

    def test_vote_is_stored_and_leads_to_the_page_where_it_can_be_taken_back(self, client, comment):
        answer = posting.find_helpful(client, comment)

        assert (answer.status_code, answer["Location"]) == (303, f"/responses/helpful/{comment.public_id}/")
        assert "reader" in answer.cookies
        page = client.get(answer["Location"])
        assert (page.status_code, page.context["is_helpful"], self.count(comment)) == (200, True, 1)
        assert "no-store" in page["Cache-Control"]

        posting.find_helpful(client, comment, "0")
        assert (client.get(answer["Location"]).context["is_helpful"], self.count(comment)) == (False, 0)

    def test_sending_it_twice_counts_once(self, client, comment):
        for _ in range(2):
            assert posting.find_helpful(client, comment).status_code == 303
        assert self.count(comment) == 1

    def test_page_of_who_has_not_voted_sets_no_cookie(self, comment):
        page = Client().get(f"/responses/helpful/{comment.public_id}/")

        assert (page.status_code, page.context["is_helpful"], page.cookies) == (200, False, {})

    def test_own_comment_is_refused_in_words(self, client, article, move):
        own = move(written(client, article), State.PUBLISHED)

        answer = posting.find_helpful(client, own)

        assert answer.status_code == 403
        assert "You cannot vote on what you wrote" in answer.content.decode()
        assert self.count(own) == 0

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_shown_is_not_found(self, client, make_comment, state):
        hidden = make_comment(state)

        assert posting.find_helpful(client, hidden).status_code == 404
        assert client.get(f"/responses/helpful/{hidden.public_id}/").status_code == 404
        assert not HelpfulVote.objects.exists()

    def test_comment_of_a_private_article_is_not_found(self, client, comment, article):
        PageViewRestriction.objects.create(page=article, restriction_type="login")

        assert posting.find_helpful(client, comment).status_code == 404
        assert client.get(f"/responses/helpful/{comment.public_id}/").status_code == 404

    def test_foreign_form_is_refused(self, client, comment):
        assert posting.find_helpful(client, comment, headers={"Origin": "https://evil.example"}).status_code == 403
        assert self.count(comment) == 0
