"""Giving stars, changing them, and taking them back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.models import Contributor
from ratings import actions
from ratings.models import Rating, RatingChange, RatingSummary, Reader, Standing
from tests.conftest import NOON
from tests.ratings.recount import wrong_numbers

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    """Whatever a test does, the histogram equals a recount afterwards."""
    yield
    assert wrong_numbers() == []


def rate(article, reader, stars: int = 5, **fields) -> Rating:
    fields.setdefault("now", NOON)
    return actions.rate(article=article, reader=reader, stars=stars, **fields)


def withdraw(rating: Rating, **fields) -> Rating:
    fields.setdefault("now", LATER)
    fields.setdefault("reader", rating.reader)
    return actions.withdraw(rating=rating, **fields)


def judge(rating: Rating, standing: Standing, **fields) -> Rating:
    return actions.judge_rating(rating=rating, standing=standing, now=LATER, **fields)


def counted(article) -> dict[int, int]:
    """Return how many votes of which stars are shown; those of none are left out."""
    histogram = RatingSummary.objects.get(article=article).histogram
    return {stars: count for stars, count in histogram.items() if count}


def history(rating: Rating) -> list[tuple[int | None, str]]:
    return list(RatingChange.objects.filter(rating=rating).order_by("pk").values_list("stars", "standing"))


class TestGiving:
    def test_first_rating_is_counted_with_the_revision_that_was_read(self, article, reader):
        rating = rate(article, reader, 4)

        assert counted(article) == {4: 1}
        assert rating.revision_id == article.live_revision_id is not None
        assert (rating.created_at, rating.changed_at, rating.version) == (NOON, NOON, 1)

    def test_rating_again_replaces_the_first(self, article, reader):
        first = rate(article, reader, 4)
        second = rate(article, reader, 2, now=LATER)

        assert (second.pk, second.public_id) == (first.pk, first.public_id)
        assert (second.created_at, second.changed_at, second.version) == (NOON, LATER, 2)
        assert counted(article) == {2: 1}

    def test_rating_twice_alike_changes_nothing_at_all(self, article, reader):
        first = rate(article, reader)
        second = rate(article, reader, now=LATER)

        assert (second.version, second.changed_at) == (first.version, NOON)
        assert counted(article) == {5: 1}
        assert history(first) == [(5, "counted")]

    def test_every_change_is_kept(self, article, reader):
        rating = rate(article, reader, 4)
        rate(article, reader, 2)
        withdraw(rating)
        rate(article, reader, 3)
        judge(rating, Standing.QUARANTINED)

        assert history(rating) == [
            (4, "counted"),
            (2, "counted"),
            (None, "counted"),
            (3, "counted"),
            (3, "quarantined"),
        ]

    @pytest.mark.parametrize("stars", [0, 6, -1])
    def test_other_stars_are_refused(self, article, reader, stars):
        with pytest.raises(ValueError, match="1 to 5"):
            rate(article, reader, stars)

    def test_draft_cannot_be_rated(self, make_article, reader):
        with pytest.raises(actions.NotOpen):
            rate(make_article(live=False), reader)

    def test_article_that_is_unpublished_meanwhile_leaves_no_trace(self, article, reader):
        article.unpublish()

        with pytest.raises(actions.NotOpen):
            rate(article, reader)

        assert not Rating.objects.exists()
        assert not RatingSummary.objects.exists()

    def test_reader_who_was_joined_away_meanwhile_is_told_so(self, article, reader, make_reader):
        actions.join(reader=Reader.objects.get(pk=reader.pk), into=make_reader())

        with pytest.raises(actions.ReaderGone):
            rate(article, reader)

    def test_database_refuses_a_second_rating_of_a_reader(self, article, reader):
        rate(article, reader)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(article=article, reader=reader, stars=1, created_at=NOON, changed_at=NOON)

    @pytest.mark.parametrize("fields", [{"stars": 6}, {"stars": 0}, {"stars": 5, "standing": "famous"}])
    def test_database_refuses_other_stars_and_standings(self, article, reader, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(article=article, reader=reader, created_at=NOON, changed_at=NOON, **fields)


class TestTwoWindows:
    def test_change_of_a_version_that_is_no_more_is_refused_and_tells_how_it_stands(self, article, reader):
        seen = rate(article, reader, 5)
        rate(article, reader, 1, version=seen.version)

        with pytest.raises(actions.RatingMoved) as moved:
            rate(article, reader, 3, version=seen.version)

        assert (moved.value.rating.stars, moved.value.rating.version) == (1, 2)
        assert counted(article) == {1: 1}

    def test_withdrawing_a_version_that_is_no_more_is_refused(self, article, reader):
        seen = rate(article, reader, 5)
        rate(article, reader, 1)

        with pytest.raises(actions.RatingMoved) as moved:
            withdraw(seen, version=seen.version)

        assert moved.value.rating.stars == 1
        assert counted(article) == {1: 1}

    def test_change_after_the_vote_was_withdrawn_in_another_window_is_refused(self, article, reader):
        seen = rate(article, reader, 5)
        withdraw(seen)

        with pytest.raises(actions.RatingMoved) as moved:
            rate(article, reader, 4, version=seen.version)

        assert moved.value.rating.is_withdrawn
        assert counted(article) == {}

    def test_who_asks_for_no_version_simply_gives_stars(self, article, reader):
        rate(article, reader, 5)
        rate(article, reader, 1)

        assert rate(article, reader, 3).stars == 3


class TestWithdrawing:
    def test_withdrawn_vote_is_not_counted_and_its_row_stays(self, article, reader):
        rating = withdraw(rate(article, reader))

        assert counted(article) == {}
        assert (rating.is_withdrawn, rating.changed_at, Rating.objects.count()) == (True, LATER, 1)

    def test_withdrawing_twice_changes_nothing(self, article, reader):
        once = withdraw(rate(article, reader))
        twice = withdraw(once, now=LATER + timedelta(hours=1))

        assert (twice.version, twice.changed_at) == (once.version, LATER)
        assert len(history(twice)) == 2

    @pytest.mark.parametrize("stars", [5, 2])
    def test_rating_again_after_withdrawing_counts_once(self, article, reader, stars):
        withdrawn = withdraw(rate(article, reader, 5))
        again = rate(article, reader, stars)

        assert (again.pk, again.is_withdrawn) == (withdrawn.pk, False)
        assert counted(article) == {stars: 1}

    def test_vote_of_another_reader_cannot_be_withdrawn(self, article, reader, make_reader):
        rating = rate(article, reader)

        with pytest.raises(actions.NotYours):
            withdraw(rating, reader=make_reader())

        assert counted(article) == {5: 1}

    def test_vote_can_be_withdrawn_when_the_article_is_gone_from_sight(self, article, reader):
        rating = rate(article, reader)
        article.unpublish()

        assert withdraw(rating).is_withdrawn


class TestOwnWork:
    def account(self, make_user, name: str = "ada", **fields) -> Reader:
        return Reader.objects.create(user=make_user(name, **fields))

    def test_owner_of_the_page_is_refused(self, make_article, make_user):
        owner = make_user("owner")
        article = make_article(owner=owner)

        with pytest.raises(actions.OwnWork):
            rate(article, Reader.objects.create(user=owner))

        assert not Rating.objects.exists()

    @pytest.mark.parametrize("role", Contributor.Role.values)
    def test_contributor_of_every_role_is_refused(self, article, author, make_user, role):
        reader = self.account(make_user)
        author.account = reader.user
        author.save()
        article.contributors = [Contributor(author=author, role=role)]
        article.save_revision().publish()

        with pytest.raises(actions.OwnWork):
            rate(article, reader)

    def test_contributor_may_rate_what_others_wrote(self, make_article, article, author, make_user):
        reader = self.account(make_user)
        author.account = reader.user
        author.save()
        article.contributors = [Contributor(author=author)]
        article.save_revision().publish()

        other = make_article("By Somebody Else")
        rate(other, reader)

        assert counted(other) == {5: 1}

    def test_who_may_edit_the_article_is_refused(self, article, editor, admin):
        for user in (editor, admin):
            with pytest.raises(actions.OwnWork):
                rate(article, Reader.objects.create(user=user))

    def test_moderator_without_a_part_in_it_may_rate(self, article, moderator):
        rate(article, Reader.objects.create(user=moderator))

        assert counted(article) == {5: 1}

    def test_reader_with_an_account_and_a_guest_may_rate(self, article, make_user, reader):
        rate(article, self.account(make_user, "ruth"))
        rate(article, reader)

        assert counted(article) == {5: 2}


class TestStanding:
    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_is_set_aside_is_not_counted_and_can_be_released(self, article, reader, moderator, standing):
        rating = rate(article, reader)

        aside = judge(rating, standing, reason="12 of 14 votes came from one network.")
        assert (aside.reason, counted(article)) == ("12 of 14 votes came from one network.", {})

        released = judge(rating, Standing.COUNTED, moderator=moderator)
        assert (released.is_vouched_for, counted(article)) == (True, {5: 1})
        assert Rating.objects.count() == 1

    def test_history_tells_who_decided_and_why(self, article, reader, moderator):
        rating = judge(rate(article, reader), Standing.REJECTED, moderator=moderator, reason="Bought.")

        last = rating.changes.order_by("pk").last()
        assert (last.moderator, last.reason, last.changed_at) == (moderator, "Bought.", LATER)

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_was_set_aside_stays_so_whatever_its_reader_does(self, article, reader, standing):
        rating = judge(rate(article, reader, 5), standing)

        assert rate(article, reader, 1).standing == standing
        assert withdraw(rating).standing == standing
        assert rate(article, reader, 4).standing == standing
        assert counted(article) == {}

    def test_released_vote_that_its_reader_changes_counts_and_may_be_set_aside_anew(self, article, reader, moderator):
        rating = judge(rate(article, reader, 5), Standing.QUARANTINED)
        assert judge(rating, Standing.COUNTED, moderator=moderator).is_vouched_for

        assert not rate(article, reader, 2).is_vouched_for
        assert counted(article) == {2: 1}

    def test_withdrawn_vote_that_is_released_is_still_withdrawn(self, article, reader, moderator):
        rating = withdraw(judge(rate(article, reader), Standing.QUARANTINED))
        judge(rating, Standing.COUNTED, moderator=moderator)

        assert counted(article) == {}

    def test_judging_the_same_twice_changes_nothing(self, article, reader):
        once = judge(rate(article, reader), Standing.REJECTED)

        assert judge(once, Standing.REJECTED).version == once.version


class TestWave:
    """Forty votes from one network within the hour are one."""

    @pytest.fixture
    def flood(self, article, make_reader, no_limits) -> list[Rating]:
        house = actions.Sender(network="one house")
        return [rate(article, make_reader(), 1, sender=house) for _ in range(40)]

    def test_votes_are_set_aside_with_the_reason_and_none_is_lost(self, article, flood):
        assert counted(article) == {}
        assert Rating.objects.quarantined().count() == 40
        reasons = set(Rating.objects.values_list("reason", flat=True))
        assert any("40 of 40 votes came from one network." in reason for reason in reasons)

    def test_writer_of_the_last_vote_learns_its_true_standing(self, flood):
        assert flood[-1].standing == Standing.QUARANTINED

    def test_all_can_be_released_and_are_never_set_aside_again(self, article, flood, moderator, make_reader):
        for rating in flood:
            judge(rating, Standing.COUNTED, moderator=moderator)
        assert counted(article) == {1: 40}

        rate(article, make_reader(), 1, sender=actions.Sender(network="one house"))

        assert counted(article) == {1: 41}

    def test_import_brings_no_wave(self, article, make_reader):
        for _ in range(45):
            rate(article, make_reader(), 1)

        assert counted(article) == {1: 45}


class TestEarlierVersions:
    def test_votes_before_the_revision_are_known_and_still_count(self, article, make_reader, dated):
        dated(article, NOON - timedelta(days=9), revised_on=NOON.date())
        for day in (-2, -1, 0, 1):
            rate(article, make_reader(), now=NOON + timedelta(days=day))

        assert Rating.objects.of_earlier_versions(article).count() == 2
        assert counted(article) == {5: 4}

    def test_vote_that_is_changed_after_the_revision_is_of_this_version(self, article, reader, dated):
        rate(article, reader, 4, now=NOON - timedelta(days=2))
        dated(article, NOON - timedelta(days=9), revised_on=NOON.date())
        rate(article, reader, 5, now=NOON)

        assert not Rating.objects.of_earlier_versions(article).exists()

    def test_same_stars_for_a_new_revision_are_given_anew(self, article, reader):
        first = rate(article, reader)
        article.save_revision().publish()
        article.refresh_from_db()

        second = rate(article, reader, now=LATER)

        assert (second.revision_id, second.changed_at) == (article.live_revision_id, LATER)
        assert second.revision_id != first.revision_id
        assert counted(article) == {5: 1}

    def test_votes_that_do_not_count_are_not_named(self, article, make_reader, dated):
        dated(article, NOON - timedelta(days=9), revised_on=(NOON + timedelta(days=1)).date())
        withdraw(rate(article, make_reader()))
        judge(rate(article, make_reader()), Standing.QUARANTINED)

        assert not Rating.objects.of_earlier_versions(article).exists()

    def test_article_that_was_never_revised_has_no_earlier_version(self, article, reader, dated):
        rate(article, reader)

        assert not Rating.objects.of_earlier_versions(article).exists()
        assert not Rating.objects.of_earlier_versions(dated(article, NOON, date(2026, 11, 2))).exists()


class TestLegacyTotal:
    def test_it_invents_no_votes(self, article):
        actions.set_legacy_total(article=article, mean="4.80", count=25)

        summary = RatingSummary.objects.get(article=article)
        assert (summary.count, summary.own_count, str(summary.mean)) == (25, 0, "4.8")
        assert not Rating.objects.exists()

    def test_it_stays_whatever_readers_do(self, article, reader):
        actions.set_legacy_total(article=article, mean="5.00", count=40)
        withdraw(rate(article, reader, 4))
        rate(article, reader, 4)

        summary = RatingSummary.objects.get(article=article)
        assert (summary.legacy_count, str(summary.legacy_mean)) == (40, "5.00")
        assert (summary.count, str(summary.mean)) == (41, "4.9")

    def test_votes_stay_whatever_total_is_set(self, article, reader):
        rate(article, reader, 4)
        actions.set_legacy_total(article=article, mean="5.00", count=40)
        actions.set_legacy_total(article=article, mean=0, count=0)

        assert counted(article) == {4: 1}
