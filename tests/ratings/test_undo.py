"""Undoing what a moderator did: everything is as it was, and what came after is respected."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from ratings import actions
from ratings.models import Act, Comment, Decision, Kind, Report, State
from ratings.models.decision import AppendOnly
from ratings.moderation.judge import Verdict
from ratings.moderation.transitions import SOURCES
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

LATER = NOON + timedelta(minutes=5)
MOVES = [(source, to) for to in State for source in sorted(SOURCES[to]) if to not in (State.DELETED, State.ERASED)]
SHOWN = ("state", "text", "trace", "kind", "stars", "is_pinned", "pick_reason", "is_checked", "published_at")


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    yield
    assert wrong_numbers() == []


@pytest.fixture
def act(moderator):
    """Return a function that does something to a comment as it stands, and returns the decision."""

    def do(action, comment: Comment, **fields) -> Decision:
        version = Comment.objects.values_list("version", flat=True).get(pk=comment.pk)
        if action not in (actions.pin, actions.pick):
            fields["version"] = version
        return action(comment=comment, now=NOON, moderator=moderator, **fields)

    return do


@pytest.fixture
def undo(moderator):
    return lambda decision: actions.undo(decision=decision, now=LATER, moderator=moderator)


def looks(*comments: Comment) -> list[tuple]:
    return list(Comment.objects.filter(pk__in=[each.pk for each in comments]).order_by("pk").values_list(*SHOWN))


ACTS = {
    "move": (actions.decide, {"to": State.HIDDEN}),
    "stay": (actions.decide, {"to": State.PUBLISHED}),
    "redact": (actions.redact, {"text": "It [name taken out] sings."}),
    "check": (actions.check, {"checked": True}),
    "pin": (actions.pin, {"pinned": True}),
    "pick": (actions.pick, {"reason": "Names its sources."}),
}


class TestThereAndBack:
    @pytest.mark.parametrize("name", ACTS)
    def test_every_act_is_undone_and_brought_back_by_undoing_the_undoing(self, make_comment, act, undo, name):
        comment = make_comment(State.PUBLISHED, text="It, says Ruth, sings.")
        make_comment(State.PUBLISHED, parent=comment)
        untouched = looks(comment)
        action, fields = ACTS[name]
        decision = act(action, comment, **fields)
        done = looks(comment)

        first = undo(decision)
        assert looks(comment) == untouched
        second = undo(first)
        assert looks(comment) == done
        undo(second)

        assert looks(comment) == untouched
        assert (first.act, first.undoes, second.undoes) == (Act.UNDO, decision, first)

    @pytest.mark.parametrize(("source", "to"), MOVES)
    def test_every_move_is_undone_though_its_way_back_is_no_way_forth(self, make_comment, act, undo, source, to):
        comment = make_comment(source, parent=make_comment(State.PUBLISHED))
        untouched = looks(comment)
        decision = act(actions.decide, comment, to=to)
        done = looks(comment)

        again = undo(decision)

        assert looks(comment) == untouched
        undo(again)
        assert looks(comment) == done

    def test_review_that_became_a_comment_is_a_review_again_with_the_stars_of_now(
        self, make_review, act, undo, article, make_comment
    ):
        review = make_review(4, state=State.SPAM)
        other = make_comment(State.PUBLISHED, kind=Kind.REVIEW, reader=review.reader)
        decision = act(actions.decide, review, to=State.PUBLISHED)
        review.refresh_from_db()
        assert (review.kind, review.stars) == (Kind.COMMENT, None)
        actions.rate(article=article, reader=review.reader, stars=2, now=NOON)

        undo(decision)

        review.refresh_from_db()
        assert (review.state, review.kind, review.stars) == (State.SPAM, Kind.REVIEW, 2)
        other.refresh_from_db()
        assert other.kind == Kind.REVIEW

    def test_reports_are_open_again(self, make_comment, make_reader, act, undo):
        comment = make_comment(State.PUBLISHED)
        actions.report(comment=comment, reader=make_reader(), reason=Report.Reason.FALSE, now=NOON)
        decision = act(actions.decide, comment, to=State.PUBLISHED)
        assert Report.objects.open().count() == 0

        again = undo(decision)
        assert Report.objects.open().count() == 1

        undo(again)
        assert Report.objects.open().count() == 0


class TestPins:
    def test_pin_that_was_taken_away_comes_back_and_goes_again(self, make_comment, act, undo):
        first, second = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)
        act(actions.pin, first, pinned=True)
        before = looks(first, second)
        decision = act(actions.pin, second, pinned=True)
        after = looks(first, second)

        again = undo(decision)
        assert looks(first, second) == before
        undo(again)

        assert looks(first, second) == after

    def test_displaced_one_that_has_moved_on_stays_where_it_is(self, make_comment, act, undo):
        first, second = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)
        act(actions.pin, first, pinned=True)
        decision = act(actions.pin, second, pinned=True)
        act(actions.decide, first, to=State.HIDDEN)

        undo(decision)

        assert not Comment.objects.filter(is_pinned=True).exists()
        first.refresh_from_db()
        assert first.state == State.HIDDEN

    def test_unpinning_is_not_undone_over_another_pin(self, make_comment, act, undo):
        first, second = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)
        act(actions.pin, first, pinned=True)
        decision = act(actions.pin, first, pinned=False)
        act(actions.pin, second, pinned=True)

        with pytest.raises(actions.Conflict) as conflict:
            undo(decision)

        assert conflict.value.comment == second
        assert Comment.objects.get(is_pinned=True) == second

    def test_comment_that_comes_back_leaves_the_pin_to_who_has_it(self, make_comment, act, undo):
        first, second = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED)
        act(actions.pin, first, pinned=True)
        decision = act(actions.decide, first, to=State.HIDDEN)
        act(actions.pin, second, pinned=True)

        undo(decision)

        first.refresh_from_db()
        assert first.is_published
        assert Comment.objects.get(is_pinned=True) == second


class TestRefusals:
    def test_what_its_author_edited_since_is_left_alone(self, make_comment, act, undo):
        comment = make_comment(State.PUBLISHED)
        decision = act(actions.redact, comment, text="Shorter.")
        verdict, given = Verdict(state=State.PUBLISHED), {"text": "Other words.", "version": decision.version + 1}
        actions.edit(comment=comment, reader=comment.reader, verdict=verdict, now=LATER, **given)

        with pytest.raises(actions.Conflict):
            undo(decision)

        comment.refresh_from_db()
        assert comment.text == "Other words."

    def test_earlier_decision_is_not_undone_before_the_later_one(self, make_comment, act, undo):
        comment = make_comment()
        first = act(actions.decide, comment, to=State.PUBLISHED)
        second = act(actions.decide, comment, to=State.HIDDEN)
        with pytest.raises(actions.Conflict):
            undo(first)

        undo(second)
        with pytest.raises(actions.Conflict):
            undo(second)

    def test_no_moderator_undoes_that_its_author_deleted_it(self, make_comment, act, undo):
        comment = make_comment()
        earlier = act(actions.decide, comment, to=State.PUBLISHED)
        actions.delete(comment=comment, reader=comment.reader, now=NOON)

        with pytest.raises(actions.NotUndoable):
            undo(Decision.objects.latest("pk"))
        with pytest.raises(actions.Conflict):
            undo(earlier)
        comment.refresh_from_db()
        assert comment.state == State.DELETED

    def test_what_is_erased_is_gone(self, make_comment, act, undo):
        comment = make_comment(State.PUBLISHED)
        earlier = act(actions.pin, comment, pinned=True)
        erased = act(actions.decide, comment, to=State.ERASED)

        for decision in (earlier, erased):
            with pytest.raises(actions.NotUndoable):
                undo(decision)

    def test_decisions_are_only_ever_added_to(self, make_comment, act, undo):
        decision = act(actions.decide, make_comment(), to=State.PUBLISHED)
        stored = Decision.objects.values().get()

        undo(decision)

        assert Decision.objects.values().get(pk=decision.pk) == stored
        for write in (
            decision.save,
            decision.delete,
            Decision.objects.all().delete,
            lambda: Decision.objects.update(note="It was otherwise."),
            lambda: Decision.objects.bulk_update([decision], ["note"]),
        ):
            with pytest.raises(AppendOnly), transaction.atomic():
                write()


def test_decision_of_somebody_whose_account_is_gone_can_be_undone(make_comment, act, make_user, move):
    gone = make_user("gone", "Comment moderators")
    comment = move(make_comment(), State.PUBLISHED, moderator=gone)
    gone.delete()

    undone = actions.undo(decision=comment.decisions.get(), now=LATER, moderator=make_user("here"))

    assert (undone.to_state, Comment.objects.get(pk=comment.pk).state) == (State.PENDING, State.PENDING)
