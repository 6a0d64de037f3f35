"""Commenting, how a comment may move, and what is counted."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from ratings import actions
from ratings.models import Comment, CommentRevision, Decision, Kind, State
from ratings.models.decision import AppendOnly
from ratings.moderation.judge import Verdict
from ratings.moderation.transitions import SOURCES, targets
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    """Whatever a test does, replies and places equal a recount afterwards."""
    yield
    assert wrong_numbers() == []


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


@pytest.mark.parametrize("kind", Kind)
def test_kind_is_kept(make_comment, article, reader, kind):
    actions.rate(article=article, reader=reader, stars=5, now=NOON)

    assert make_comment(kind=kind, reader=reader).kind == kind


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.REVIEW])
def test_database_refuses_a_reply_that_is_no_comment(make_comment, article, reader, kind):
    actions.rate(article=article, reader=reader, stars=5, now=NOON)
    parent = make_comment(State.PUBLISHED)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_comment(kind=kind, parent=parent, reader=reader)


class TestSameForm:
    def test_sent_twice_it_is_one_comment(self, make_comment, reader):
        first = make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")
        second = make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

        assert first == second
        assert Comment.objects.count() == 1

    def test_with_other_words_it_is_refused_and_the_first_ones_stay(self, make_comment, reader):
        make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

        with pytest.raises(actions.AlreadySent):
            make_comment(submission_key="form", name="Ruth", reader=reader, text="Twice")

        assert Comment.objects.get().text == "Once"

    def test_with_another_name_it_is_refused(self, make_comment, reader):
        make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

        with pytest.raises(actions.AlreadySent):
            make_comment(submission_key="form", name="Ada", reader=reader, text="Once")

    def test_with_other_stars_it_changes_no_vote(self, make_comment, reader):
        review = {"submission_key": "form", "name": "Ruth", "reader": reader, "text": "Once", "kind": "review"}
        first = make_comment(**review, stars=5)

        assert make_comment(**review, stars=1) == first
        assert reader.ratings.get().stars == 5

    def test_with_another_parent_it_is_refused(self, make_comment, reader):
        parent = make_comment(State.PUBLISHED)
        make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

        with pytest.raises(actions.AlreadySent):
            make_comment(submission_key="form", name="Ruth", reader=reader, text="Once", parent=parent)

    def test_of_another_reader_it_is_not_yours(self, make_comment, reader):
        make_comment(submission_key="form", name="Ruth", text="Once")

        with pytest.raises(actions.NotYours):
            make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

    def test_sent_again_after_an_edit_it_is_still_the_same(self, make_comment, reader):
        first = make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")
        pending = Verdict(state=State.PENDING)
        actions.edit(comment=first, reader=reader, text="Edited", verdict=pending, version=1, now=NOON)

        second = make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")

        assert (second.pk, second.text) == (first.pk, "Edited")

    def test_sent_again_after_it_was_deleted_it_stays_deleted(self, make_comment, reader):
        first = make_comment(submission_key="form", name="Ruth", reader=reader, text="Once")
        actions.delete(comment=first, reader=reader, now=NOON)

        assert make_comment(submission_key="form", name="Ruth", reader=reader, text="Once").state == State.DELETED


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


def test_erasing_takes_all_that_could_tell_who_wrote_what_out_of_the_database(make_comment, reader):
    comment = make_comment(
        State.PUBLISHED, reader=reader, text="A private canary", name="Canary", email="canary@example.org"
    )
    published = Verdict(state=State.PUBLISHED)
    actions.edit(comment=comment, reader=reader, text="Another canary", verdict=published, version=1, now=NOON)
    Comment.objects.filter(pk=comment.pk).update(network="canary", pick_reason="Canary")

    actions.decide(comment=comment, version=2, to=State.ERASED, now=NOON)

    comment.refresh_from_db()
    assert "canary" not in str([Comment.objects.values().get(), *CommentRevision.objects.values()]).lower()
    assert (comment.text, comment.name, comment.email, comment.network) == ("", "", "", "")


def test_database_knows_the_states(make_comment):
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="famous")


def test_published_comments_of_an_unpublished_article_are_not_shown(make_comment, article):
    make_comment(State.PUBLISHED)
    article.unpublish()

    assert not Comment.objects.published().exists()


class TestPublishedAt:
    def test_it_is_set_once(self, make_comment, move):
        comment = make_comment(now=NOON - timedelta(days=1))
        assert comment.published_at is None

        assert move(comment, State.PUBLISHED).published_at == NOON
        move(comment, State.HIDDEN, now=LATER)
        assert move(comment, State.PUBLISHED, now=LATER).published_at == NOON

    def test_what_is_published_at_once_has_it_at_once(self, make_comment):
        assert make_comment(State.PUBLISHED).published_at == NOON


class TestCounts:
    """Of a chain of five comments, each of which answers the one before."""

    @pytest.fixture
    def chain(self, make_comment) -> list[Comment]:
        comments = [make_comment(State.PUBLISHED, text="0")]
        for number in range(1, 5):
            comments.append(make_comment(State.PUBLISHED, text=str(number), parent=comments[-1]))
        return comments

    @staticmethod
    def replies(chain: list[Comment]) -> list[int]:
        found = dict(Comment.objects.values_list("pk", "reply_count"))
        return [found[comment.pk] for comment in chain]

    @staticmethod
    def listed(chain: list[Comment]) -> list[str]:
        return list(Comment.objects.listed().oldest_first().values_list("text", flat=True))

    def test_first_counts_its_thread_and_every_other_what_answers_it(self, chain):
        assert self.replies(chain) == [4, 1, 1, 1, 0]

    def test_reply_that_waits_is_not_counted_before_it_is_published(self, chain, make_comment, move):
        late = make_comment(parent=chain[3])
        assert self.replies(chain) == [4, 1, 1, 1, 0]

        move(late, State.PUBLISHED)
        assert self.replies(chain) == [5, 1, 1, 2, 0]

    @pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED, State.SPAM, State.DELETED, State.PENDING])
    def test_what_goes_out_of_sight_is_counted_out_once(self, chain, move, state):
        move(chain[2], state)
        if state != State.DELETED:
            move(chain[2], State.ERASED)

        assert self.replies(chain) == [3, 0, 1, 1, 0]

    def test_what_comes_back_is_counted_in_again(self, chain, move):
        move(chain[2], State.HIDDEN)
        move(chain[2], State.PUBLISHED)

        assert self.replies(chain) == [4, 1, 1, 1, 0]

    def test_edit_that_waits_again_is_counted_out(self, chain):
        pending = Verdict(state=State.PENDING)
        actions.edit(
            comment=chain[4], reader=chain[4].reader, text="New", verdict=pending, version=1, now=chain[4].created_at
        )

        assert self.replies(chain) == [3, 1, 1, 0, 0]

    def test_tombstone_stands_exactly_while_published_replies_hang_on_it(self, chain, move):
        move(chain[3], State.HIDDEN)
        assert self.listed(chain) == ["0", "1", "2", "3", "4"]
        move(chain[2], State.SPAM)
        assert self.listed(chain) == ["0", "1", "3", "4"]  # nothing published answers 2 any more
        move(chain[4], State.REJECTED)
        assert self.listed(chain) == ["0", "1"]
        move(chain[0], State.HIDDEN)
        assert self.listed(chain) == ["0", "1"]
        move(chain[1], State.HIDDEN)
        assert self.listed(chain) == []
        move(chain[4], State.PUBLISHED)
        assert self.listed(chain) == ["0", "3", "4"]

    def test_count_is_the_number_of_those_that_are_published(self, chain, article, move):
        for number, comment in enumerate(reversed(chain)):
            found = responses_to(article, Selection())
            assert found.count == Comment.objects.published().count() == 5 - number
            move(comment, State.HIDDEN)

        assert responses_to(article, Selection()).count == 0

    def test_refused_move_counts_nothing(self, chain):
        with pytest.raises(actions.Conflict):
            actions.decide(comment=chain[2], version=9, to=State.HIDDEN, now=NOON)

        assert self.replies(chain) == [4, 1, 1, 1, 0]

    def test_reply_at_any_depth_stays_in_the_one_thread(self, make_comment):
        comment = first = make_comment(State.PUBLISHED)
        for _ in range(30):
            comment = make_comment(State.PUBLISHED, parent=comment)

        first.refresh_from_db()
        assert first.reply_count == 30
        assert set(Comment.objects.values_list("thread", flat=True)) == {first.pk}
