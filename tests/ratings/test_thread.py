"""Comments as a reader sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratings.models import State
from ratings.thread import PER_PAGE, responses_to


def shape(threads) -> list:
    return [(shown.comment.text, [reply.comment.text for reply in shown.replies]) for shown in threads]


def test_replies_stand_under_their_thread_on_two_levels(make_comment, article):
    first = make_comment(State.PUBLISHED, text="first")
    second = make_comment(State.PUBLISHED, text="second")
    reply = make_comment(State.PUBLISHED, text="reply", parent=first)
    make_comment(State.PUBLISHED, text="answer", parent=reply)
    make_comment(State.PUBLISHED, text="other", parent=second)

    assert shape(responses_to(article).threads) == [("first", ["reply", "answer"]), ("second", ["other"])]


def test_reply_to_a_reply_names_whom_it_answers(make_comment, article):
    first = make_comment(State.PUBLISHED)
    reply = make_comment(State.PUBLISHED, parent=first, name="Ruth")
    make_comment(State.PUBLISHED, parent=reply)

    (thread,) = responses_to(article).threads
    assert [shown.in_reply_to for shown in thread.replies] == ["", "Ruth"]


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_published_comments_are_shown_and_counted(make_comment, article, state):
    make_comment(state)
    make_comment(State.PUBLISHED, text="shown")

    found = responses_to(article)
    assert (found.count, shape(found.threads)) == (1, [("shown", [])])


def test_reply_whose_parent_was_hidden_is_still_shown_and_names_nobody(make_comment, article):
    from ratings import actions
    from tests.conftest import NOON

    first = make_comment(State.PUBLISHED, name="Hidden Name")
    make_comment(State.PUBLISHED, text="reply", parent=first)
    actions.decide(comment=first, version=1, to=State.HIDDEN, now=NOON)

    (thread,) = responses_to(article).threads
    assert (thread.comment.text, thread.in_reply_to) == ("reply", "")


def test_pages_follow_each_other_without_gap_or_repeat(make_comment, article, reader):
    written = [make_comment(State.PUBLISHED, text=str(number), reader=reader).text for number in range(PER_PAGE + 7)]

    first = responses_to(article)
    second = responses_to(article, after=first.more_after)

    assert [shown.comment.text for shown in [*first.threads, *second.threads]] == written
    assert (first.count, second.more_after) == (PER_PAGE + 7, "")


@pytest.mark.parametrize("after", ["", "x", "1", "1-", "-1", "9" * 30 + "-1", "١-١", "1-1; DROP TABLE", "\x00"])
def test_key_that_is_none_is_harmless(make_comment, article, after):
    make_comment(State.PUBLISHED)

    assert responses_to(article, after=after).count == 1


@pytest.mark.parametrize("comments", [0, 1, 3])
def test_responses_take_three_queries_however_many_comments_there_are(make_comment, article, reader, comments):
    for _ in range(comments):
        make_comment(State.PUBLISHED, reader=reader)

    with CaptureQueriesContext(connection) as queries:
        responses_to(article)

    assert len(queries) == 3
