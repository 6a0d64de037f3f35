"""Which reader a POST acts for, and two readers that turn out to be one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratings import actions
from ratings.models import (
    Comment,
    Ground,
    HelpfulVote,
    Kind,
    Rating,
    RatingChange,
    RatingSummary,
    Reader,
    ReaderToken,
    Report,
    SanctionKind,
    Standing,
    State,
)
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


class TestAdmitting:
    def test_unknown_browser_gets_a_reader_and_a_token_of_which_only_the_digest_is_kept(self):
        admission = actions.admit(user=None, token="")

        assert admission.new_token is not None
        assert len(admission.new_token) >= 22  # 128 bits in base64
        stored = ReaderToken.objects.get(reader=admission.reader)
        assert admission.new_token not in stored.digest
        assert Reader.objects.of_token(admission.new_token) == admission.reader

    def test_known_browser_keeps_its_reader(self):
        first = actions.admit(user=None, token="")
        second = actions.admit(user=None, token=first.new_token)

        assert (second.reader, second.new_token) == (first.reader, None)

    def test_invented_token_makes_a_new_reader(self):
        assert actions.admit(user=None, token="guessed").new_token is not None

    def test_signing_in_takes_the_browsers_reader_along(self, make_user):
        guest = actions.admit(user=None, token="")
        user = make_user("ruth")

        assert actions.admit(user=user, token=guest.new_token).reader == guest.reader
        assert Reader.objects.get().user == user

    def test_signing_in_on_a_second_browser_joins_the_two_readers(self, make_user, article):
        user = make_user("ruth")
        member = actions.admit(user=user, token="").reader
        guest = actions.admit(user=None, token="")
        actions.rate(article=article, reader=guest.reader, stars=3, now=NOON)

        assert actions.admit(user=user, token=guest.new_token).reader == member
        assert list(member.ratings.values_list("stars", flat=True)) == [3]
        assert Reader.objects.count() == 1

    def test_browser_of_another_account_is_left_alone(self, make_user):
        token = actions.admit(user=None, token="").new_token
        first = actions.admit(user=make_user("ruth"), token=token).reader

        second = actions.admit(user=make_user("john"), token=token).reader

        assert second != first
        assert Reader.objects.of_token(token) == first


class TestJoining:
    """The guest turns out to be the member."""

    @pytest.fixture(autouse=True)
    def _all_numbers_are_exact(self, db):
        yield
        assert wrong_numbers() == []

    @pytest.fixture
    def guest(self, make_reader) -> Reader:
        return make_reader()

    @pytest.fixture
    def member(self, make_reader) -> Reader:
        return make_reader()

    def test_guest_is_no_more_and_the_browser_is_the_members(self, member):
        admission = actions.admit(user=None, token="")

        actions.join(reader=admission.reader, into=member)

        assert Reader.objects.of_token(admission.new_token) == member
        assert list(Reader.objects.all()) == [member]

    @pytest.mark.parametrize(("guest_at", "member_at", "stays"), [(NOON, LATER, 5), (LATER, NOON, 1)])
    def test_later_of_two_votes_stays(self, article, guest, member, guest_at, member_at, stays):
        actions.rate(article=article, reader=guest, stars=1, now=guest_at)
        actions.rate(article=article, reader=member, stars=5, now=member_at)

        actions.join(reader=guest, into=member)

        assert list(Rating.objects.values_list("reader", "stars")) == [(member.pk, stays)]
        assert RatingSummary.objects.get(article=article).own_count == 1

    def test_vote_that_only_the_guest_gave_is_the_members(self, article, guest, member):
        actions.rate(article=article, reader=guest, stars=2, now=NOON)

        actions.join(reader=guest, into=member)

        assert list(Rating.objects.values_list("reader", "stars")) == [(member.pk, 2)]

    def test_history_of_both_votes_is_kept(self, article, guest, member):
        actions.rate(article=article, reader=guest, stars=1, now=NOON)
        actions.rate(article=article, reader=member, stars=5, now=LATER)

        actions.join(reader=guest, into=member)

        changes = RatingChange.objects.filter(rating=Rating.objects.get()).order_by("changed_at")
        assert list(changes.values_list("stars", flat=True)) == [1, 5]

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    @pytest.mark.parametrize("of_the_guest", [True, False])
    @pytest.mark.parametrize("guest_at", [NOON, LATER])
    def test_vote_that_was_set_aside_is_not_laundered(self, article, guest, member, standing, of_the_guest, guest_at):
        votes = {
            True: actions.rate(article=article, reader=guest, stars=1, now=guest_at),
            False: actions.rate(article=article, reader=member, stars=1, now=NOON + timedelta(minutes=30)),
        }
        actions.judge_rating(rating=votes[of_the_guest], standing=standing, now=LATER)

        actions.join(reader=guest, into=member)

        assert Rating.objects.get().standing == standing
        assert RatingSummary.objects.get(article=article).own_count == 0

    def test_withdrawn_vote_stays_withdrawn_if_it_is_the_later_one(self, article, guest, member):
        actions.rate(article=article, reader=guest, stars=5, now=NOON)
        vote = actions.rate(article=article, reader=member, stars=1, now=NOON)
        actions.withdraw(rating=vote, reader=member, now=LATER)

        actions.join(reader=guest, into=member)

        assert Rating.objects.get().is_withdrawn
        assert RatingSummary.objects.get(article=article).own_count == 0

    def test_comments_in_every_state_are_the_members(self, guest, member, make_comment):
        for state in State:
            make_comment(state, reader=guest)

        actions.join(reader=guest, into=member)

        assert Comment.objects.filter(reader=member).count() == len(State)

    @pytest.mark.parametrize("of_the_guest", [True, False])
    def test_sanctions_of_both_hold_whoever_of_the_two_they_were_on(
        self, article, guest, member, moderator, of_the_guest
    ):
        for reader, kind in ((guest, SanctionKind.BAN), (member, SanctionKind.WARNING)):
            on = reader if of_the_guest else {guest: member, member: guest}[reader]
            actions.sanction(reader=on, kind=kind, ground=Ground.SPAM, moderator=moderator, now=NOON)

        actions.join(reader=guest, into=member)

        assert set(member.sanctions.values_list("kind", flat=True)) == {SanctionKind.BAN, SanctionKind.WARNING}
        with pytest.raises(actions.Silenced):
            actions.rate(article=article, reader=member, stars=5, now=LATER)

    def test_review_shows_the_stars_that_stay(self, article, guest, member, make_review):
        review = make_review(1, reader=guest)
        actions.rate(article=article, reader=member, stars=4, now=LATER)

        actions.join(reader=guest, into=member)

        review.refresh_from_db()
        assert (review.reader, review.stars) == (member, 4)

    def test_review_whose_writers_other_vote_was_set_aside_shows_none(self, article, guest, member, make_review):
        review = make_review(5, reader=guest)
        vote = actions.rate(article=article, reader=member, stars=4, now=LATER)
        actions.judge_rating(rating=vote, standing=Standing.QUARANTINED, now=LATER)

        actions.join(reader=guest, into=member)

        review.refresh_from_db()
        assert review.stars is None

    def test_comment_that_both_found_helpful_was_found_so_by_one(self, guest, member, make_comment):
        comment = make_comment(State.PUBLISHED)
        for reader in (guest, member):
            actions.find_helpful(comment=comment, reader=reader, helpful=True, now=NOON)

        actions.join(reader=guest, into=member)

        comment.refresh_from_db()
        assert (comment.helpful_count, HelpfulVote.objects.get().reader) == (1, member)

    def test_what_they_found_helpful_of_each_other_is_ones_own_and_does_not_count(self, guest, member, make_comment):
        by_guest, by_member = (make_comment(State.PUBLISHED, reader=reader) for reader in (guest, member))
        actions.find_helpful(comment=by_guest, reader=member, helpful=True, now=NOON)
        actions.find_helpful(comment=by_member, reader=guest, helpful=True, now=NOON)

        actions.join(reader=guest, into=member)

        assert not HelpfulVote.objects.exists()
        assert set(Comment.objects.values_list("helpful_count", flat=True)) == {0}

    @pytest.mark.parametrize("of_the_guest", [True, False])
    def test_helpful_vote_that_was_set_aside_is_not_laundered(self, guest, member, make_comment, of_the_guest):
        comment = make_comment(State.PUBLISHED)
        for reader in (guest, member):
            actions.find_helpful(comment=comment, reader=reader, helpful=True, now=NOON)
        aside = HelpfulVote.objects.get(reader=guest if of_the_guest else member)
        actions.judge_helpful(vote=aside, standing=Standing.QUARANTINED)

        actions.join(reader=guest, into=member)

        comment.refresh_from_db()
        assert (comment.helpful_count, HelpfulVote.objects.get().standing) == (0, Standing.QUARANTINED)

    def test_report_that_both_made_for_the_same_reason_is_one(self, guest, member, make_comment):
        comment = make_comment(State.PUBLISHED)
        for reader, reason in ((guest, "false"), (guest, "abuse"), (member, "false"), (member, "other")):
            actions.report(comment=comment, reader=reader, reason=Report.Reason(reason), now=NOON)

        actions.join(reader=guest, into=member)

        found = Report.objects.order_by("reason").values_list("reader", "reason")
        assert list(found) == [(member.pk, "abuse"), (member.pk, "false"), (member.pk, "other")]

    def test_all_of_it_at_once(self, article, guest, member, make_article, make_comment, make_review):
        other = make_article("Another One")
        make_review(2, reader=guest)
        first = make_comment(State.PUBLISHED, reader=member)
        reply = make_comment(State.PUBLISHED, reader=guest, parent=first)
        actions.rate(article=article, reader=member, stars=3, now=LATER)
        actions.rate(article=other, reader=guest, stars=1, now=NOON)
        actions.rate(article=other, reader=member, stars=5, now=NOON)
        for comment, voter in ((first, guest), (reply, member)):
            actions.find_helpful(comment=comment, reader=voter, helpful=True, now=NOON)
            actions.report(comment=comment, reader=voter, reason=Report.Reason.OTHER, now=NOON)

        actions.join(reader=guest, into=member)

        assert list(Reader.objects.all()) == [member]
        assert member.comments.count() == 3
        assert member.ratings.count() == 2
        assert member.reports.count() == 2
        assert list(Comment.objects.filter(kind=Kind.REVIEW).values_list("stars", flat=True)) == [3]


@pytest.mark.parametrize("was_known", [True, False])
def test_vote_on_own_work_is_taken_back_when_the_guest_signs_in(article, make_article, make_user, was_known):
    user = make_user("ruth")
    if was_known:
        actions.admit(user=user, token="")
    guest = actions.admit(user=None, token="")
    own, others = make_article("My own", owner=user), article
    for rated in (own, others):
        actions.rate(article=rated, reader=guest.reader, stars=5, now=NOON)

    reader = actions.admit(user=user, token=guest.new_token).reader

    assert list(Rating.objects.counted().values_list("article", "reader")) == [(others.pk, reader.pk)]
    assert RatingSummary.objects.get(article=own).own_count == 0
