"""What moderators are told when a decision could not be stored, and what is held while they judge."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from ratings import actions
from ratings.desk import votes
from ratings.models import HelpfulVote, Rating, Standing, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

DOORS = {
    "decide": "reader-comments/{comment}/decide/",
    "pin": "reader-comments/{comment}/pin/",
    "pick": "reader-comments/{comment}/pick/",
    "judge_rating": "held-votes/{rating}/judge/",
    "judge_helpful": "held-votes/article/{article}/judge/?of=helpful",
    "begin_anew": "article-ratings/{article}/begin-anew/",
    "count_earlier_again": "article-ratings/{article}/count-again/",
}
FIELDS = {"to": "rejected", "version": 1, "pinned": "1", "count": 1, "sure": "1", "reason": "One <b>campaign</b>."}


@pytest.fixture
def rating(make_review) -> Rating:
    """A held rating, with a review."""
    review = make_review(1)
    given = Rating.objects.get(reader=review.reader)
    return actions.judge_rating(rating=given, standing=Standing.QUARANTINED, now=NOON)


@pytest.fixture
def helpful(make_comment, make_reader) -> HelpfulVote:
    comment = make_comment(State.PUBLISHED, parent=make_comment(State.PUBLISHED))
    actions.find_helpful(comment=comment, reader=make_reader(), helpful=True, now=NOON)
    actions.judge_helpful(vote=HelpfulVote.objects.get(), standing=Standing.QUARANTINED)
    return HelpfulVote.objects.get()


@pytest.fixture
def post(client, admin, article, rating, helpful):
    """Return a function that sends a decision to the door of an action."""
    client.force_login(admin)
    keys = {"comment": helpful.comment_id, "rating": rating.pk, "article": article.pk}
    return lambda action: client.post("/admin/" + DOORS[action].format(**keys), FIELDS)


def fails(error: Exception):
    def fail(**arguments):
        raise error

    return fail


@pytest.mark.parametrize("action", DOORS)
def test_busy_database_is_told_and_the_reason_comes_back(post, monkeypatch, action):
    monkeypatch.setattr(actions, action, fails(OperationalError("deadlock detected")))

    answer = post(action)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "could not store this just now" in answer.content.decode()
    assert "One &lt;b&gt;campaign&lt;/b&gt;." in answer.content.decode()


@pytest.mark.parametrize(("action", "model"), [("judge_rating", Rating), ("judge_helpful", HelpfulVote)])
def test_vote_that_is_gone_meanwhile_is_told(post, monkeypatch, action, model):
    monkeypatch.setattr(actions, action, fails(model.DoesNotExist()))

    answer = post(action)

    assert answer.status_code == 409
    assert "gone meanwhile" in answer.content.decode()


@pytest.mark.parametrize("action", ["judge_rating", "judge_helpful"])
def test_summary_is_held_first_then_the_threads_at_once_and_only_then_is_judged(
    post, monkeypatch, article, rating, helpful, action
):
    order: list[object] = []
    judge = getattr(actions, action)
    monkeypatch.setattr(votes, "lock_summary", lambda article_id: order.append(article_id))
    monkeypatch.setattr(
        votes, "lock_threads", lambda threads: order.append([key for row in threads for key in row.values()])
    )
    monkeypatch.setattr(actions, action, lambda **judgment: order.append(action) or judge(**judgment))

    assert post(action).status_code == 302

    review = rating.article.reader_comments.get(reader=rating.reader)
    thread = review.pk if action == "judge_rating" else helpful.comment.thread_id
    assert order == [article.pk, [thread], action]
