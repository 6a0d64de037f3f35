"""One decision on many comments, in chunks that can be cut short anywhere, and undone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratings import actions, tasks
from ratings.actions import bulks
from ratings.models import Bulk, Comment, Decision, Lease, ModeratedSection, Report, State
from ratings.models.comment import CommentQuerySet
from ratings.moderation.judge import Verdict
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

LATER = NOON + timedelta(minutes=5)
SENT_TWICE = UUID(int=1)


@pytest.fixture(autouse=True)
def _small_chunks_and_exact_numbers(db, monkeypatch):
    monkeypatch.setattr(bulks, "CHUNK", 2)
    yield
    assert wrong_numbers() == []


@pytest.fixture
def begin(moderator):
    """Return a function that begins a bulk on what waits, as a moderator saw it at noon."""

    def start(to: State = State.SPAM, **fields) -> Bulk:
        fields = {"selection": {"state": "pending"}, "until": 10**9, "moderator": moderator} | fields
        return actions.begin_bulk(matching=waiting(), to=to, seen_at=NOON, now=NOON, **fields)

    return start


@pytest.fixture
def undo(moderator):
    return lambda bulk: run(actions.begin_undoing_bulk(bulk=bulk, now=LATER, moderator=moderator))


def waiting():
    return Comment.objects.in_state(State.PENDING)


def run(bulk: Bulk, matching=None) -> Bulk:
    """Make all chunks that are left."""
    while bulk.is_running:
        found = Comment.objects.all() if bulk.undo_started_at else waiting() if matching is None else matching
        bulk = actions.continue_bulk(bulk=bulk, matching=found, now=LATER)
    return bulk


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


class TestDeciding:
    def test_all_that_match_are_decided_once_with_ground_reason_and_note(self, make_comment, begin):
        for _ in range(5):
            make_comment()
        bulk = run(begin(ground="spam", reason="Advertising.", note="A wave."))

        assert (bulk.total, bulk.done, bulk.skipped, bulk.finished_at) == (5, 5, 0, LATER)
        assert set(states()) == {State.SPAM}
        told = set(Decision.objects.values_list("bulk", "ground", "reason", "note", "moderator", "version"))
        assert told == {(bulk.pk, "spam", "Advertising.", "A wave.", bulk.moderator_id, 1)}

    def test_what_came_moved_or_was_edited_or_reported_after_the_preview_is_left_alone(
        self, make_comment, make_reader, begin, move
    ):
        comments = [make_comment() for _ in range(4)]
        reported = make_comment(State.PUBLISHED)
        bulk = begin(until=reported.pk)
        late = make_comment()
        move(move(comments[0], State.PUBLISHED, now=LATER), State.PENDING, now=LATER)
        edit = {"verdict": Verdict(state=State.PENDING), "text": "Other words.", "version": 1}
        actions.edit(comment=comments[1], reader=comments[1].reader, now=LATER, **edit)
        actions.report(comment=reported, reader=make_reader(), reason=Report.Reason.FALSE, now=LATER)

        bulk = run(bulk, Comment.objects.filter(state__in=[State.PENDING, State.PUBLISHED]))

        decided = set(Decision.objects.filter(bulk=bulk).values_list("comment", flat=True))
        assert decided == {comments[2].pk, comments[3].pk}
        assert (bulk.total, bulk.done, bulk.skipped) == (4, 2, 2)
        late.refresh_from_db()
        assert late.state == State.PENDING

    def test_chosen_ones_are_decided_in_the_version_that_was_seen(self, make_comment, begin):
        seen, moved = make_comment(), make_comment()
        bulk = run(begin(selection={"keys": [[seen.pk, 1], [moved.pk, 7]]}))

        assert (states(), bulk.done) == ([State.SPAM, State.PENDING], 1)

    @pytest.mark.parametrize("to", [State.DELETED, State.ERASED])
    def test_what_cannot_be_undone_is_no_bulk(self, begin, to):
        with pytest.raises(ValueError, match="could not be undone"):
            begin(to)

    def test_states_from_which_there_is_no_way_are_left_alone(self, make_comment, begin):
        for state in State:
            make_comment(state)
        bulk = run(begin(State.HIDDEN), Comment.objects.all())

        assert bulk.done == 2
        assert Counter(states()) == Counter(State) - Counter([State.PENDING, State.PUBLISHED]) + Counter(
            {State.HIDDEN: 2}
        )

    def test_beginning_the_same_again_changes_nothing(self, make_comment, begin):
        make_comment()
        bulk = run(begin())

        assert begin(public_id=bulk.public_id) == bulk
        assert Bulk.objects.count() == 1

    def test_two_that_begin_the_same_at_once_begin_one(self, make_comment, begin, monkeypatch):
        make_comment()
        others = []

        def overtaken(comments) -> int:
            if not others:
                others.append(None)
                others.append(begin(public_id=SENT_TWICE))
            return len(comments)

        monkeypatch.setattr(CommentQuerySet, "count", overtaken)

        assert begin(public_id=SENT_TWICE) == others[1]
        assert Bulk.objects.count() == 1

    @pytest.mark.parametrize(("seconds", "state"), [(-59, State.PENDING), (-60, State.SPAM)])
    @pytest.mark.parametrize("selection", [{"state": "pending"}, {"keys": [[1, 2]]}])
    def test_edit_that_may_have_been_on_its_way_during_the_preview_of_a_list_is_left_alone(
        self, make_comment, begin, selection, seconds, state
    ):
        """A list has no versions: of an edit that was begun before the preview nobody knows if it was stored then."""
        sent = NOON + timedelta(seconds=seconds)
        comment = make_comment(now=sent)
        judged = Verdict(state=State.PENDING)
        actions.edit(comment=comment, reader=comment.reader, text="Other.", verdict=judged, version=1, now=sent)
        if "keys" in selection:
            selection, state = {"keys": [[comment.pk, 2]]}, State.SPAM

        bulk = run(begin(selection=selection))

        assert (states(), bulk.skipped) == ([state], int(state == State.PENDING))

    def test_what_a_moderator_has_just_decided_is_no_such_edit(self, make_comment, begin, move):
        move(make_comment(State.PUBLISHED), State.PENDING, now=NOON - timedelta(seconds=1))

        assert run(begin()).done == 1


class TestCutShort:
    @pytest.mark.parametrize("killed_at", [1, 2, 4, 5])
    def test_killed_anywhere_it_goes_on_and_decides_everything_once(self, make_comment, begin, monkeypatch, killed_at):
        first = make_comment(State.PUBLISHED)
        for _ in range(5):
            make_comment(parent=first)
        bulk = begin(State.PUBLISHED)
        calls = iter(range(1, 100))

        def dies(*arguments, **values):
            decision = move(*arguments, **values)
            if next(calls) == killed_at:
                raise KeyboardInterrupt
            return decision

        move = bulks.move
        monkeypatch.setattr(bulks, "move", dies)
        with pytest.raises(KeyboardInterrupt):
            run(bulk)
        bulk.refresh_from_db()
        assert bulk.done == Decision.objects.count() == (killed_at - 1) // 2 * 2

        bulk = run(bulk)

        assert (bulk.done, bulk.skipped, Decision.objects.count()) == (5, 0, 5)
        first.refresh_from_db()
        assert first.reply_count == 5

    def test_undoing_that_is_killed_goes_on(self, make_comment, begin, moderator, monkeypatch):
        for _ in range(5):
            make_comment()
        bulk = actions.begin_undoing_bulk(bulk=run(begin()), now=LATER, moderator=moderator)
        bulk = actions.continue_bulk(bulk=bulk, matching=Comment.objects.all(), now=LATER)
        with monkeypatch.context() as patch:
            patch.setattr(bulks, "undo_held", dies_at_once)
            with pytest.raises(KeyboardInterrupt):
                run(bulk)

        bulk = run(Bulk.objects.get())

        assert (bulk.undone, bulk.not_undone, set(states())) == (5, 0, {State.PENDING})

    def test_stopped_it_ends_where_it_is_and_can_be_undone(self, make_comment, begin, undo):
        for _ in range(5):
            make_comment()
        bulk = actions.continue_bulk(bulk=begin(), matching=waiting(), now=LATER)
        stopped = actions.stop_bulk(bulk=bulk, now=LATER)

        assert (stopped.is_running, stopped.done, stopped.skipped) == (False, 2, 3)
        assert actions.continue_bulk(bulk=bulk, matching=waiting(), now=LATER).done == 2
        assert (undo(bulk).undone, set(states())) == (2, {State.PENDING})


def dies_at_once(*arguments, **values):
    raise KeyboardInterrupt


class TestUndoing:
    def test_all_is_as_it_was_but_for_what_moved_on(self, make_comment, make_review, begin, undo, move):
        first = make_comment(State.PUBLISHED)
        comments = [make_comment(parent=first), make_comment(), make_review(4, state=State.PENDING), make_comment()]
        bulk = run(begin(State.PUBLISHED))
        move(comments[1], State.HIDDEN)

        bulk = undo(bulk)

        assert (bulk.undone, bulk.not_undone, bulk.is_running) == (3, 1, False)
        assert states()[1:] == [State.PENDING, State.HIDDEN, State.PENDING, State.PENDING]
        published = Comment.objects.exclude(published_at=None).values_list("pk", flat=True)
        assert set(published) == {first.pk, comments[1].pk}

    def test_it_begins_in_the_middle_and_twice_is_once(self, make_comment, begin, undo):
        for _ in range(5):
            make_comment()
        bulk = undo(actions.continue_bulk(bulk=begin(), matching=waiting(), now=LATER))

        assert (bulk.undone, bulk.done, bulk.finished_at) == (2, 2, LATER)
        assert undo(bulk).undone == 2
        assert Decision.objects.count() == 4

    def test_undoing_that_was_stopped_goes_on(self, make_comment, begin, undo, moderator):
        for _ in range(5):
            make_comment()
        bulk = actions.begin_undoing_bulk(bulk=run(begin()), now=LATER, moderator=moderator)
        bulk = actions.continue_bulk(bulk=bulk, matching=Comment.objects.all(), now=LATER)
        assert not actions.stop_bulk(bulk=bulk, now=LATER).is_running

        assert undo(bulk).undone == 5


class TestRights:
    """The rights of its moderator are asked again for each chunk."""

    @pytest.fixture
    def section(self, moderator, make_article):
        """The only part of the site that the moderator looks after, once it is called."""
        article = make_article("Pots")
        return lambda: ModeratedSection.objects.create(group=moderator.groups.get(), page=article) and article

    def test_who_is_no_moderator_any_more_decides_nothing_more(self, make_comment, begin, moderator):
        for _ in range(5):
            make_comment()
        bulk = tasks.next_chunk(begin())
        moderator.groups.clear()

        with pytest.raises(PermissionDenied):
            tasks.next_chunk(bulk)
        tasks.finish_bulk.func(bulk.pk)

        assert Decision.objects.count() == 2
        bulk.refresh_from_db()
        assert bulk.is_running

    def test_section_that_was_taken_away_is_left_alone(self, make_comment, begin, section):
        for _ in range(4):
            make_comment()
        bulk = tasks.next_chunk(begin())
        make_comment(article=section())

        bulk = tasks.first_chunks(bulk)

        assert (bulk.done, Counter(states())[State.SPAM]) == (3, 3)

    def test_undoing_touches_only_the_sections_of_who_undoes(self, make_comment, begin, section, moderator):
        for _ in range(2):
            make_comment()
        article = section()
        make_comment(article=article)
        bulk = actions.begin_undoing_bulk(bulk=run(begin()), now=LATER, moderator=moderator)

        bulk = tasks.first_chunks(bulk)

        assert (bulk.undone, bulk.not_undone) == (1, 2)
        assert Comment.objects.get(state=State.PENDING).article_id == article.pk

    def test_worker_does_what_is_left_and_makes_room_for_others_between(self, make_comment, begin, monkeypatch):
        monkeypatch.setattr(tasks, "CHUNKS_A_TASK", 1)
        for _ in range(3):
            make_comment()
        bulk, asked = begin(), []
        monkeypatch.setattr(type(tasks.finish_bulk), "enqueue", lambda task, key: asked.append(key))

        tasks.finish_bulk.func(bulk.pk)
        assert (asked, Decision.objects.count()) == ([bulk.pk], 2)
        tasks.finish_bulk.func(bulk.pk)
        tasks.finish_bulk.func(bulk.pk)

        assert Decision.objects.count() == 3


def test_comment_more_in_a_chunk_costs_as_many_queries_as_it_has_rows_to_write(make_comment, begin, monkeypatch):
    monkeypatch.setattr(bulks, "CHUNK", 100)

    def queries(number: int) -> int:
        for _ in range(number):
            make_comment()
        bulk = begin()
        with CaptureQueriesContext(connection) as context:
            run(bulk)
        return len(context)

    queries(1)  # What Django and Wagtail look up once.
    one, four = queries(1), queries(4)

    # The comment itself, its lease, its decision, and the entry in the history, for which Wagtail asks three more; one
    # lock for the article of them all.
    assert four - one == 3 * 7
    assert not Lease.objects.exists()
