"""What the checks are told about a comment."""

from datetime import timedelta

import pytest
from django.db import connection

from ratings import actions
from ratings.models import Badge, Comment, DiscussionPolicy, Ground, Phrase, Sanction, SanctionKind, State
from ratings.moderation.facts import _in_force_on, facts_about
from ratings.moderation.policy import Mode, Policy
from ratings.moderation.submission import Alike, DomainRecord, Submission, Writer
from tests.conftest import NOON

DAY = timedelta(days=1)
LONG = "I have had a stiff neck since I moved to the new desk, and three exercises have helped me more than anything."
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="asks how SQLite looks for rows")
HOME = actions.Sender(network="home")


@pytest.fixture
def facts(article):
    """Return a function that gathers the facts about a text, one of nobody known unless told otherwise."""

    def gather(text: str = "A calm remark.", **fields) -> Submission:
        given = {"name": "Ruth", "article": article, "readers": [], "account": None, "network": "", "key": "form"}
        return facts_about(text, **given | {"now": NOON} | fields)

    return gather


def sanction(reader, kind: SanctionKind, **fields) -> Sanction:
    fields = {"begins_at": NOON - DAY, "ends_at": NOON + DAY, "ground": Ground.ABUSE} | fields
    return Sanction.objects.create(reader=reader, kind=kind, **fields)


def test_of_a_new_guest_nothing_is_known(facts):
    known = facts()

    assert (known.writer, known.policy, known.domains, known.alike) == (Writer(), Policy(), {}, Alike())
    assert (known.dwell, known.trap, known.found_before, known.akismet) == (None, "", (), None)


def test_policy_and_words_of_the_site_come_with_it(facts):
    DiscussionPolicy.objects.create(mode=Mode.AFTER, hold_from=50)
    Phrase.objects.create(phrase="snake oil", folded="snake oil", kind="banned")

    known = facts("Snake oil")

    assert known.policy == Policy(mode=Mode.AFTER, hold_from=50)
    assert [hit.span for hit in known.words.find(known.text)] == [(0, 9)]


class TestWriter:
    def test_published_ones_count_for_ever_and_refused_ones_for_30_days(self, facts, make_comment, reader):
        for at in (NOON - 31 * DAY, NOON - 29 * DAY):
            make_comment(State.PUBLISHED, reader=reader, now=at)
        make_comment(State.PENDING, reader=reader)
        make_comment(State.PUBLISHED)

        assert facts(readers=[reader]).writer == Writer(published=2, published_lately=1)

    def test_refused_is_what_a_moderator_refused(self, facts, make_comment, move, reader, moderator):
        for state in (State.HIDDEN, State.REJECTED, State.SPAM):
            move(make_comment(reader=reader), state, moderator=moderator)
        make_comment(State.REJECTED, reader=reader)
        move(make_comment(reader=reader), State.DELETED)
        move(make_comment(reader=reader, now=NOON - 31 * DAY), State.SPAM, moderator=moderator)
        move(make_comment(), State.SPAM, moderator=moderator)

        assert facts(readers=[reader]).writer == Writer(refused_lately=3)

    def test_approved_is_what_a_moderator_published_or_kept(self, facts, make_comment, move, reader, moderator):
        DiscussionPolicy.objects.create(mode=Mode.AFTER, trusted_after=2)
        move(make_comment(reader=reader), State.PUBLISHED, moderator=moderator)
        kept = make_comment(State.PUBLISHED, reader=reader)

        assert (facts(readers=[reader]).writer.approved, facts(readers=[reader]).is_trusted) == (1, False)
        actions.check(comment=kept, version=kept.version, checked=True, now=NOON, moderator=moderator)
        assert (facts(readers=[reader]).writer.approved, facts(readers=[reader]).is_trusted) == (2, True)

    def test_guest_who_has_signed_in_since_is_both(self, facts, make_comment, make_reader, make_user):
        account, guest, other = make_user("ruth"), make_reader(), make_reader()
        own = actions.admit(user=account, token="").reader
        other.user = make_user("ida")
        for reader in (own, guest, other):
            make_comment(State.PUBLISHED, reader=reader, account=None)

        assert facts(readers=[guest, own], account=account).writer.published == 2
        assert facts(readers=[other, own], account=account).writer.published == 1

    def test_staff_is_who_would_have_a_badge(self, facts, moderator, make_user):
        assert facts(account=moderator).writer.is_staff
        assert not facts(account=make_user("ruth")).writer.is_staff

    @pytest.mark.parametrize(
        ("kind", "fields", "expected"),
        [
            (SanctionKind.PREMODERATION, {}, True),
            (SanctionKind.PREMODERATION, {"ends_at": NOON}, False),
            (SanctionKind.PREMODERATION, {"lifted_at": NOON}, False),
            (SanctionKind.WARNING, {}, False),
        ],
    )
    def test_premoderated_is_who_is_under_that_sanction_now(self, facts, reader, kind, fields, expected):
        sanction(reader, kind, **fields)

        assert facts(readers=[reader]).writer.is_premoderated is expected
        assert not facts().writer.is_premoderated

    def test_banned_neighbors_are_others_who_wrote_from_the_same_network(self, facts, make_comment, make_reader):
        banned, muted, warned, lifted, elsewhere = (make_reader() for _ in range(5))
        for reader in (banned, muted, warned, lifted):
            for _ in range(2):
                make_comment(reader=reader, sender=HOME)
        make_comment(reader=elsewhere, sender=actions.Sender(network="other"))
        for reader in (banned, elsewhere):
            sanction(reader, SanctionKind.BAN, ends_at=None)
        sanction(muted, SanctionKind.MUTE)
        sanction(banned, SanctionKind.MUTE)
        sanction(warned, SanctionKind.WARNING)
        sanction(lifted, SanctionKind.BAN, lifted_at=NOON)

        assert facts(network="home").writer.banned_neighbors == 2
        assert facts(network="home", readers=[banned]).writer.banned_neighbors == 1
        assert facts(network="").writer.banned_neighbors == 0


class TestDomains:
    def test_record_tells_since_when_and_what_became_of_the_comments(self, facts, make_comment):
        for state, days in ((State.PUBLISHED, 3), (State.PUBLISHED, 2), (State.SPAM, 1), (State.PENDING, 0)):
            make_comment(state, text="See http://a.example", now=NOON - days * DAY)
        make_comment(text="See http://b.example")

        assert facts("http://www.A.example/x http://new.example").domains == {
            "a.example": DomainRecord(known_for=3 * DAY, published=2, spam=1)
        }

    def test_comment_does_not_vouch_for_its_own_links(self, facts, make_comment):
        comment = make_comment(State.PUBLISHED, text="See http://a.example", now=NOON - 2 * DAY)

        assert facts("http://a.example", edited=comment).domains == {}


class TestLikeness:
    def test_near_ones_of_the_last_month_are_counted_wherever_they_stand(
        self, facts, make_comment, make_article, reader, article
    ):
        make_comment(text=LONG, reader=reader)
        make_comment(State.SPAM, text=LONG.upper(), article=make_article("Second"))
        make_comment(State.PUBLISHED, text=f"{LONG} Really.", article=make_article("Third"))
        make_comment(State.PUBLISHED, text=LONG, now=NOON - 31 * DAY)
        make_comment(State.DELETED, text=LONG)
        make_comment(State.PUBLISHED, text="Something else, which has nothing to do with any neck, desk or exercise.")

        assert facts(LONG, readers=[reader]).alike == Alike(comments=3, articles=3, spam=1, by_others=2)
        assert facts(LONG[:40], readers=[reader]).alike == Alike()

    def test_comment_is_not_like_itself(self, facts, make_comment):
        comment = make_comment(text=LONG)

        assert facts(LONG + "!", edited=comment).alike == Alike(articles=1)


@pytest.mark.parametrize("number", [1, 12])
def test_number_of_queries_is_that_of_the_questions(
    facts, make_comment, reader, django_assert_num_queries, make_article, no_limits, number
):
    text = f"{LONG} http://a.example http://b.example"
    for _ in range(number):
        make_comment(State.PUBLISHED, text=text, reader=reader, sender=HOME, article=make_article())
        make_comment(State.PUBLISHED, text=text, sender=HOME)
        sanction(Comment.objects.latest("pk").reader, SanctionKind.BAN)
    facts()

    # Policy, words, model; a new guest without links, in a few words, is asked about no further.
    with django_assert_num_queries(3):
        facts()
    # And writer, sanctions, domains, likeness.
    with django_assert_num_queries(7):
        known = facts(text, readers=[reader], network="home")

    assert (known.writer.published, known.alike.comments) == (number, 2 * number)


@only_sqlite
def test_neighbors_are_found_by_the_index_of_networks(db):
    assert "comment_network" in _in_force_on(keys=[1], network="home", now=NOON).explain()


def test_edit_asks_no_more(facts, make_comment, reader, django_assert_num_queries):
    comment = make_comment(text=LONG, reader=reader)

    with django_assert_num_queries(7):
        facts(f"{LONG} http://a.example", readers=[reader], network="home", edited=comment)


def test_badge_that_the_checks_know_is_the_one_that_is_stored(facts, make_comment, moderator, article):
    stored = make_comment(reader=actions.admit(user=moderator, token="").reader)

    assert facts(account=moderator).writer.is_staff == (stored.badge == Badge.STAFF)
