"""Sanctions: what is in force, what a ban hides, and what lifting it brings back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from ratings import actions
from ratings.models import Bulk, Comment, Ground, Sanction, SanctionKind, State
from ratings.models.grounds import SHIPPED_TEXTS
from ratings.models.sanction import longest
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def sanction(reader, moderator):
    """Return a function that puts a sanction on the reader, at noon unless told otherwise."""

    def put(kind: SanctionKind = SanctionKind.BAN, **fields) -> Sanction:
        fields = {"reader": reader, "ground": Ground.ABUSE, "moderator": moderator, "now": NOON} | fields
        return actions.sanction(kind=kind, **fields)

    return put


@pytest.fixture
def lift(moderator):
    """Return a function that lifts a sanction and undoes to the end what it hid."""

    def end(sanction: Sanction, now=LATER, **fields) -> Sanction:
        lifted = actions.lift(sanction=sanction, moderator=moderator, now=now, **fields)
        finish(lifted, now)
        return Sanction.objects.get(pk=sanction.pk)

    return end


def finish(sanction: Sanction, now=NOON) -> None:
    """Go on with what `sanction` hides, or brings back, to the end."""
    bulk = sanction.hid
    while bulk is not None and bulk.is_running:
        undoing = bulk.undo_started_at is not None
        matching = Comment.objects.all() if undoing else actions.posted_by(sanction.reader_id)
        bulk = actions.continue_bulk(bulk=bulk, matching=matching, now=now)


def states_of(comments) -> list[str]:
    return [Comment.objects.get(pk=comment.pk).state for comment in comments]


class TestInForce:
    @pytest.mark.parametrize(
        ("seconds", "holds"), [(-1, False), (0, True), (86_399, True), (86_400, False), (86_401, False)]
    )
    def test_it_holds_from_its_beginning_until_before_its_end(self, sanction, seconds, holds):
        given = sanction(SanctionKind.MUTE, ends_at=TOMORROW)
        moment = NOON + timedelta(seconds=seconds)

        assert Sanction.objects.in_force(moment).exists() == given.is_in_force(moment) == holds

    def test_ban_without_an_end_holds_until_it_is_lifted(self, sanction, lift):
        given = sanction()
        assert given.is_in_force(NOON + timedelta(days=5000))

        assert not lift(given).is_in_force(LATER)

    def test_any_number_holds_at_once_and_lifting_one_leaves_the_others(self, sanction, lift):
        mute, ban = sanction(SanctionKind.MUTE, ends_at=TOMORROW), sanction()

        lift(ban)

        assert list(Sanction.objects.in_force(LATER).silencing()) == [mute]

    def test_reader_is_told_of_the_one_that_lasts_longest_and_of_equals_of_the_hardest(self, sanction):
        longer = sanction(SanctionKind.MUTE, ends_at=TOMORROW)
        sanction(SanctionKind.BAN, ends_at=LATER)
        assert longest(Sanction.objects.all()) == longer

        ban = sanction(SanctionKind.BAN, ends_at=TOMORROW)
        assert longest(Sanction.objects.all()) == ban
        for_ever = sanction(SanctionKind.BAN)
        assert longest(Sanction.objects.all()) == for_ever

    def test_none_holds_longest_where_there_is_none(self):
        assert longest([]) is None


class TestGiving:
    @pytest.mark.parametrize("ground", SHIPPED_TEXTS)
    def test_reason_is_the_text_of_the_ground_unless_there_are_other_words(self, sanction, ground):
        assert sanction(ground=ground).reason == str(SHIPPED_TEXTS[ground])
        assert sanction(ground=ground, reason=" Because. ").reason == "Because."

    @pytest.mark.parametrize(
        ("kind", "fields", "why"),
        [
            (SanctionKind.MUTE, {}, "A mute has an end"),
            (SanctionKind.BAN, {"ends_at": NOON}, "ends after it begins"),
            (SanctionKind.BAN, {"ground": Ground.OTHER}, "tells its reason"),
            (SanctionKind.BAN, {"hide": State.ERASED}, "could not be undone"),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_nothing_is_stored(
        self, sanction, make_comment, reader, kind, fields, why
    ):
        make_comment(State.PUBLISHED, reader=reader)

        with pytest.raises(ValueError, match=why):
            sanction(kind, **fields)
        assert not Sanction.objects.exists()

    def test_reader_who_was_joined_away_is_gone(self, sanction, reader, make_reader):
        actions.join(reader=reader, into=make_reader())

        with pytest.raises(actions.ReaderGone):
            sanction()

    def test_it_stands_in_the_history_of_the_admin_and_so_does_its_end(self, sanction, lift, reader, moderator):
        lift(sanction(reason="Enough."), reason="A mistake.")

        entries = ModelLogEntry.objects.filter(object_id=str(reader.pk)).order_by("pk")
        assert [(entry.action, entry.user, entry.comment) for entry in entries] == [
            ("ratings.sanction", moderator, "Enough."),
            ("ratings.lift", moderator, "A mistake."),
        ]

    def test_lifting_twice_changes_nothing(self, sanction, lift):
        first = lift(sanction(), reason="A mistake.")

        second = lift(first, now=TOMORROW, reason="Something else.")

        assert (second.lifted_at, second.lifted_reason) == (LATER, "A mistake.")
        assert ModelLogEntry.objects.filter(action="ratings.lift").count() == 1

    def test_reader_confirms_once(self, sanction):
        given = sanction()
        for now in (LATER, TOMORROW):
            actions.confirm(sanction=given, now=now)

        assert Sanction.objects.get().read_at == LATER


class TestHiding:
    @pytest.fixture(autouse=True)
    def _all_numbers_are_exact(self, db):
        yield
        assert wrong_numbers() == []

    @pytest.mark.parametrize("hide", [State.HIDDEN, State.SPAM])
    def test_what_was_posted_goes_and_comes_back_with_states_counts_and_pin(
        self, sanction, lift, reader, make_comment, moderator, hide
    ):
        above = make_comment(State.PUBLISHED)
        reply = make_comment(State.PUBLISHED, parent=above, reader=reader)
        pinned, waiting = make_comment(State.PUBLISHED, reader=reader), make_comment(reader=reader)
        rejected = make_comment(State.REJECTED, reader=reader)
        actions.pin(comment=pinned, pinned=True, now=NOON, moderator=moderator)
        posted = [above, reply, pinned, waiting, rejected]
        before = list(Comment.objects.order_by("pk").values("state", "is_pinned", "reply_count", "published_at"))

        ban = sanction(hide=hide, now=LATER)
        finish(ban, LATER)
        assert states_of(posted) == ["published", hide, hide, hide, "rejected"]
        lift(ban, TOMORROW)

        assert list(Comment.objects.order_by("pk").values(*before[0])) == before
        bulk = Bulk.objects.get()
        assert (bulk.sanction, bulk.done, bulk.undone) == (ban, 3, 3)

    def test_what_a_moderator_decided_since_stays(self, sanction, lift, reader, make_comment, move, moderator):
        kept, other = make_comment(State.PUBLISHED, reader=reader), make_comment(State.PUBLISHED, reader=reader)
        ban = sanction(hide=State.HIDDEN)
        finish(ban)
        move(kept, State.REJECTED, moderator=moderator, now=LATER)

        lift(ban, TOMORROW)

        assert states_of([kept, other]) == ["rejected", "published"]

    def test_ban_hides_nothing_unless_asked_and_makes_no_empty_bulk(self, sanction, reader, make_comment):
        comment = make_comment(State.PUBLISHED, reader=reader)
        sanction()
        assert states_of([comment]) == ["published"]

        assert sanction(hide=State.HIDDEN, among=Comment.objects.none()).hid is None

    def test_only_comments_that_the_moderator_may_decide_on_are_hidden(
        self, sanction, reader, make_comment, make_article
    ):
        ours = make_comment(State.PUBLISHED, reader=reader)
        make_comment(State.PUBLISHED, reader=reader, article=make_article("Of another section"))

        ban = sanction(hide=State.HIDDEN, among=Comment.objects.filter(article=ours.article))

        assert ban.hid.total == 1

    def test_what_is_posted_after_the_ban_is_not_meant(self, sanction, reader, make_comment, lift):
        make_comment(State.PUBLISHED, reader=reader)
        ban = sanction(ends_at=LATER, hide=State.HIDDEN)
        after = make_comment(State.PUBLISHED, reader=reader, now=LATER)

        finish(ban, TOMORROW)

        assert states_of([after]) == ["published"]

    def test_guest_who_turns_out_to_be_a_member_meanwhile_is_hidden_to_the_end_and_the_members_comments_stay(
        self, sanction, reader, make_reader, make_comment
    ):
        member = make_reader()
        earlier = make_comment(State.PUBLISHED, reader=member)
        comment = make_comment(State.PUBLISHED, reader=reader)
        ban = sanction(hide=State.HIDDEN)
        actions.join(reader=reader, into=member)

        assert Bulk.objects.get().selection == {"keys": [[comment.pk, 1]]}
        ban.refresh_from_db()
        finish(ban)
        assert states_of([comment, earlier]) == ["hidden", "published"]


class TestWhatIsJustBeingPosted:
    """It is there before the ban, and is hidden with it, or refused after: both hold the reader's row first."""

    def asked(self, queries) -> list[str]:
        """Return which rows were held or asked for, of those that matter here, in their order.

        A database that writes for one at a time holds no rows, and is asked the same.
        """
        found = []
        for query in (query["sql"] for query in queries):
            if query.startswith("SELECT") and 'FROM "ratings_reader"' in query:
                assert "FOR NO KEY UPDATE" in query or not connection.features.has_select_for_update
                found.append("reader held")
            elif query.startswith("SELECT") and 'FROM "ratings_sanction"' in query:
                found.append("sanctions")
            elif query.startswith("SELECT MAX") and 'FROM "ratings_comment"' in query:
                found.append("comments")
        return found

    def test_ban_holds_the_reader_before_it_looks_what_there_is_to_hide(self, sanction, django_assert_max_num_queries):
        with django_assert_max_num_queries(20) as queries:
            sanction(hide=State.HIDDEN)

        assert self.asked(queries.captured_queries) == ["reader held", "comments"]

    def test_comment_holds_the_reader_before_it_asks_for_sanctions(
        self, make_comment, reader, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(20) as queries:
            make_comment(reader=reader)

        assert self.asked(queries.captured_queries) == ["reader held", "sanctions"]


def test_comment_that_was_on_its_way_when_the_ban_came_is_refused(sanction, reader, make_comment):
    sanction(now=NOON + timedelta(seconds=1))

    with pytest.raises(actions.Silenced):
        make_comment(reader=reader, now=NOON)
