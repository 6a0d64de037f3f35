"""Commenting, and how a comment may move."""

import itertools

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from ratings import actions
from ratings.models import Comment, Decision, State
from ratings.models.decision import AppendOnly
from ratings.moderation.judge import Verdict
from ratings.moderation.transitions import SOURCES, targets
from tests.conftest import NOON


def test_first_comment_opens_a_thread_and_a_reply_joins_it(make_comment):
    first = make_comment(State.PUBLISHED)
    reply = make_comment(State.PUBLISHED, parent=first)
    answer = make_comment(parent=reply)

    assert {first.thread_id, reply.thread_id, answer.thread_id} == {first.pk}
    assert answer.parent == reply


def test_text_is_kept_as_written(make_comment):
    text = "  <b>Not bold</b> & *bold*\n\n\n| ملاحظة 👩‍👩‍👧‍👦 \u202eevil\u202c  "

    assert Comment.objects.get(pk=make_comment(text=text).pk).text == text


@pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.REJECTED, State.SPAM, State.DELETED])
def test_comment_that_is_not_shown_cannot_be_answered(make_comment, state):
    with pytest.raises(actions.ParentGone):
        make_comment(parent=make_comment(state))


def test_comment_under_another_article_cannot_be_answered(make_comment, make_article):
    with pytest.raises(actions.ParentGone):
        make_comment(parent=make_comment(State.PUBLISHED), article=make_article("Another One"))


def test_draft_cannot_be_commented(make_comment, make_article):
    with pytest.raises(actions.NotOpen):
        make_comment(article=make_article("A Draft", live=False))


def test_same_form_twice_is_one_comment(make_comment, reader):
    first = make_comment(submission_key="form", reader=reader)
    second = make_comment(submission_key="form", reader=reader, text="Changed")

    assert first == second
    assert Comment.objects.get().text == first.text


@pytest.mark.parametrize(("source", "target"), list(itertools.product(State, State)))
def test_transition_table_holds(make_comment, source, target):
    comment = make_comment(source)

    if source in SOURCES[target]:
        actions.decide(comment=comment, version=1, to=target, now=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.version) == (target, 2)
    else:
        with pytest.raises(actions.Conflict):
            actions.decide(comment=comment, version=1, to=target, now=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.version) == (source, 1)


def test_nothing_leaves_erased():
    assert targets(State.ERASED) == frozenset()


def test_second_of_two_moderators_loses(make_comment, make_user):
    comment = make_comment()
    first, second = make_user("first"), make_user("second")
    actions.decide(comment=comment, version=1, to=State.PUBLISHED, moderator=first, now=NOON)

    with pytest.raises(actions.Conflict) as conflict:
        actions.decide(comment=comment, version=1, to=State.SPAM, moderator=second, now=NOON)

    assert conflict.value.comment.state == State.PUBLISHED
    assert list(Decision.objects.values_list("moderator__username", "to_state")) == [("first", "published")]


def test_decision_records_who_why_and_the_rule_trace(article, reader, moderator):
    verdict = Verdict(state=State.PENDING)
    comment = actions.comment(
        article=article, reader=reader, name="Ruth", email="", text="Hello", verdict=verdict, now=NOON
    )
    Comment.objects.filter(pk=comment.pk).update(trace=[{"rule": "links", "points": 20, "reason": "2 links"}])

    decision = actions.decide(
        comment=comment, version=1, to=State.REJECTED, moderator=moderator, reason="Advertising", now=NOON
    )

    assert (decision.moderator, decision.from_state, decision.to_state) == (moderator, "pending", "rejected")
    assert (decision.reason, decision.decided_at) == ("Advertising", NOON)
    assert decision.trace == [{"rule": "links", "points": 20, "reason": "2 links"}]
    entry = PageLogEntry.objects.get(action="ratings.decide", page=article.pk)
    assert entry.formatter.format_message(entry) == f"Reader comment {comment.pk}: Waiting for review → Rejected"
    assert entry.formatter.format_comment(entry) == "Advertising"


def test_decision_can_be_neither_changed_nor_deleted(make_comment):
    decision = actions.decide(comment=make_comment(), version=1, to=State.PUBLISHED, now=NOON)

    with pytest.raises(AppendOnly):
        decision.save()
    with pytest.raises(AppendOnly):
        Decision.objects.update(reason="rewritten")
    with pytest.raises(AppendOnly):
        decision.delete()
    with pytest.raises(AppendOnly):
        Decision.objects.all().delete()


def test_erasing_takes_the_words_the_name_and_the_address_away(make_comment):
    comment = make_comment(State.PUBLISHED, text="Something private", name="Ruth", email="ruth@example.org")

    actions.decide(comment=comment, version=1, to=State.ERASED, now=NOON)

    comment.refresh_from_db()
    assert (comment.text, comment.name, comment.email) == ("", "", "")


def test_database_knows_the_states(make_comment):
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="famous")


def test_published_comments_of_an_unpublished_article_are_not_shown(make_comment, article):
    make_comment(State.PUBLISHED)
    article.unpublish()

    assert not Comment.objects.published().exists()
