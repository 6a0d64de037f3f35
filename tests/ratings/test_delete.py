"""Deleting one's own comment."""

from __future__ import annotations

import pytest
from django.test import Client

from ratings import actions
from ratings.models import Comment, Decision, State
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.posting import written
from tests.ratings.recount import wrong_numbers


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    yield
    assert wrong_numbers() == []


def delete(comment: Comment, **fields) -> Comment:
    return actions.delete(comment=comment, reader=fields.get("reader", comment.reader), now=NOON)


class TestDeleting:
    @pytest.mark.parametrize("state", [State.PENDING, State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM])
    def test_own_comment_goes_from_every_state(self, make_comment, state):
        assert delete(make_comment(state)).state == State.DELETED

    def test_decision_says_that_no_moderator_did_it(self, make_comment):
        delete(make_comment(State.PUBLISHED))

        decision = Decision.objects.get()
        assert (decision.from_state, decision.to_state, decision.moderator) == ("published", "deleted", None)

    def test_without_replies_it_is_gone_from_the_list_and_the_count(self, make_comment, article):
        delete(make_comment(State.PUBLISHED))

        found = responses_to(article, Selection())
        assert (found.count, found.threads) == (0, [])

    def test_with_replies_a_tombstone_stays_and_is_not_counted(self, make_comment, article):
        first = make_comment(State.PUBLISHED)
        make_comment(State.PUBLISHED, parent=first)

        delete(first)

        found = responses_to(article, Selection())
        assert (found.count, [shown.comment.state for shown in found.threads]) == (1, [State.DELETED])
        assert len(found.threads[0].replies) == 1

    def test_tombstone_goes_with_the_last_reply(self, make_comment, article):
        first = make_comment(State.PUBLISHED)
        reply = make_comment(State.PUBLISHED, parent=first)
        delete(first)

        delete(reply)

        assert responses_to(article, Selection()).threads == []

    def test_deleting_twice_changes_nothing(self, make_comment):
        once = delete(make_comment())
        twice = delete(once)

        assert (twice.version, Decision.objects.count()) == (once.version, 1)

    def test_other_reader_is_refused(self, make_comment, reader):
        comment = make_comment(State.PUBLISHED)
        with pytest.raises(actions.NotYours):
            delete(comment, reader=reader)

        comment.refresh_from_db()
        assert comment.state == State.PUBLISHED

    def test_erased_comment_stays_erased(self, make_comment, move):
        with pytest.raises(actions.Conflict):
            delete(move(make_comment(), State.ERASED))

    def test_moderator_who_saw_it_before_is_refused(self, make_comment):
        comment = make_comment()
        delete(comment)

        with pytest.raises(actions.Conflict):
            actions.decide(comment=comment, version=1, to=State.PUBLISHED, now=NOON)

    def test_rating_of_a_deleted_review_stays(self, make_review):
        review = make_review(4)
        delete(review)

        assert review.reader.ratings.counted().count() == 1

    def test_pinned_comment_is_pinned_no_more(self, make_comment, moderator):
        comment = make_comment(State.PUBLISHED)
        actions.pin(now=NOON, comment=comment, pinned=True, moderator=moderator)

        assert not delete(comment).is_pinned


class TestForm:
    @pytest.fixture
    def own(self, client, article) -> Comment:
        return written(client, article)

    def test_question_comes_before_anything_is_deleted(self, client, own):
        page = client.get(f"/responses/{own.public_id}/delete/")

        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        own.refresh_from_db()
        assert own.state == State.PENDING

    def test_answer_deletes_and_leads_to_the_comments_page(self, client, own):
        answer = posting.delete(client, own)

        assert (answer.status_code, answer["Location"]) == (303, f"/responses/{own.public_id}/")
        own.refresh_from_db()
        assert own.state == State.DELETED
        assert client.get(answer["Location"]).status_code == 200

    def test_sending_it_twice_is_no_error(self, client, own):
        assert [posting.delete(client, own).status_code for _ in range(2)] == [303, 303]

    def test_nobody_else_deletes_it(self, own, article):
        other = Client()
        posting.rate(other, article)

        for client in (Client(), other):
            assert client.get(f"/responses/{own.public_id}/delete/").status_code == 404
            assert posting.delete(client, own).status_code == 404
        own.refresh_from_db()
        assert own.state == State.PENDING

    def test_foreign_form_is_refused(self, client, own):
        assert posting.delete(client, own, headers={"Origin": "https://evil.example"}).status_code == 403
        own.refresh_from_db()
        assert own.state == State.PENDING
