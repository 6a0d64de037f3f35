"""Ratings that begin anew: earlier ones are kept, counted nowhere, and counted again when that is undone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from ratings import actions
from ratings.aggregates import verify
from ratings.models import Comment, Rating, RatingChange, RatingSummary, Reader, Standing
from ratings.ranking import top_rated
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.reading import look, words
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=5)
REASON = "Wholly rewritten."


@pytest.fixture
def begin_anew(article, admin):
    def begin(now=NOON) -> int:
        count = actions.begin_anew(article=article, moderator=admin, now=now, reason=REASON)
        assert everything_is_exact()
        return count

    return begin


@pytest.fixture
def count_again(article, admin):
    def count() -> int:
        number = actions.count_earlier_again(article=article, moderator=admin)
        assert everything_is_exact()
        return number

    return count


def everything_is_exact() -> bool:
    return not wrong_numbers() and not [mismatch for progress in verify() for mismatch in progress.mismatches]


def summary_of(article) -> RatingSummary:
    return RatingSummary.objects.get(article=article)


class TestBeginning:
    def test_no_number_counts_what_was_given_before(self, article, vote, begin_anew):
        vote(1, 1, 4)
        actions.set_legacy_total(article=article, mean=Decimal("2.5"), count=40)

        assert begin_anew() == 43

        summary = summary_of(article)
        assert (summary.count, summary.mean, summary.retired_count) == (0, None, 43)
        assert summary.begun_anew_at == NOON
        assert not top_rated(ArticlePage.objects.all(), limit=3).exists()

    def test_no_vote_is_deleted_or_changed(self, vote, begin_anew):
        vote(1, 4)
        seen = ("reader", "stars", "standing", "revision", "version", "changed_at")
        before = list(Rating.objects.values_list(*seen))

        begin_anew()

        assert list(Rating.objects.values_list(*seen)) == before
        assert RatingChange.objects.count() == 2

    def test_what_is_given_since_counts(self, article, vote, begin_anew):
        vote(1, 1, 1)
        begin_anew()
        vote(5, 5, 4)

        assert (summary_of(article).count, summary_of(article).mean) == (3, Decimal("4.6"))

    def test_other_articles_are_left_alone(self, vote, begin_anew, make_article):
        vote(1)
        other = make_article("Pots")
        vote(2, article=other)

        begin_anew()

        assert summary_of(other).count == 1

    def test_second_time_only_takes_what_came_since(self, article, vote, begin_anew):
        vote(1, 1)
        actions.set_legacy_total(article=article, mean=Decimal(3), count=7)
        begin_anew()
        vote(2)

        assert begin_anew(now=LATER) == 1
        assert (summary_of(article).retired_count, summary_of(article).begun_anew_at) == (10, LATER)

    def test_where_nothing_counts_nothing_begins_anew(self, article, vote, begin_anew):
        assert begin_anew() == 0
        vote(3)
        begin_anew()

        assert begin_anew(now=LATER) == 0
        assert summary_of(article).begun_anew_at == NOON

    def test_total_that_is_imported_again_stays_out(self, article, vote, begin_anew, count_again):
        vote(4)
        begin_anew()

        actions.set_legacy_total(article=article, mean=Decimal(3), count=7)
        assert (summary_of(article).count, summary_of(article).retired_count) == (0, 8)
        count_again()
        assert (summary_of(article).count, summary_of(article).legacy_mean) == (8, 3)

    def test_reviews_show_no_stars_until_their_writers_rate_again(self, article, make_review, begin_anew):
        review = make_review(2)
        begin_anew()
        assert Comment.objects.get().stars is None

        actions.rate(article=article, reader=review.reader, stars=5, now=LATER)
        assert Comment.objects.get().stars == 5

    def test_database_refuses_a_total_that_is_both_counted_and_retired(self, article, vote, begin_anew):
        vote(4)
        begin_anew()

        with pytest.raises(IntegrityError):
            RatingSummary.objects.update(legacy_count=1, legacy_mean=1)


class TestReadersAfterwards:
    @pytest.mark.parametrize("stars", [2, 5])
    def test_who_rates_again_counts_again_with_the_same_stars_too(self, article, vote, begin_anew, stars):
        rating = vote(2)
        begin_anew()

        actions.rate(article=article, reader=rating.reader, stars=stars, now=LATER)

        assert (summary_of(article).histogram[stars], summary_of(article).retired_count) == (1, 0)
        assert RatingChange.objects.filter(rating=rating).count() == 2
        assert everything_is_exact()

    def test_who_takes_a_vote_back_is_no_longer_among_the_earlier_ones(self, article, vote, begin_anew, count_again):
        vote(5)
        rating = vote(2)
        begin_anew()

        actions.withdraw(rating=rating, reader=rating.reader, now=LATER)

        assert summary_of(article).retired_count == 1
        assert everything_is_exact()
        assert count_again() == 1

    @pytest.mark.parametrize("standing", [Standing.QUARANTINED, Standing.REJECTED])
    def test_vote_that_did_not_count_stays_so_and_is_an_earlier_one_once_released(
        self, article, vote, begin_anew, standing
    ):
        vote(5)
        rating = vote(1)
        actions.judge_rating(rating=rating, standing=standing, now=NOON)
        assert begin_anew() == 1
        assert Rating.objects.get(pk=rating.pk).standing == standing

        actions.judge_rating(rating=rating, standing=Standing.COUNTED, now=LATER)

        assert (summary_of(article).count, summary_of(article).retired_count) == (0, 2)
        assert everything_is_exact()

    def test_held_vote_given_again_stays_held(self, article, vote, begin_anew):
        vote(5)
        rating = vote(1)
        actions.judge_rating(rating=rating, standing=Standing.QUARANTINED, now=NOON)
        begin_anew()

        actions.rate(article=article, reader=rating.reader, stars=1, now=LATER)

        assert list(Rating.objects.quarantined()) == [rating]
        assert summary_of(article).count == 0

    def test_guest_and_account_that_turn_out_to_be_one_have_the_later_vote(self, article, vote, begin_anew):
        guest, member = vote(1), vote(2)
        begin_anew()
        actions.rate(article=article, reader=member.reader, stars=4, now=LATER)

        actions.join(reader=guest.reader, into=member.reader)

        assert (summary_of(article).histogram[4], summary_of(article).retired_count) == (1, 0)
        assert everything_is_exact()

    def test_earlier_votes_of_the_hour_are_no_sign_of_a_wave(self, article, vote, begin_anew):
        """Were they taken for votes that are set aside already, twelve from one house would be held here."""
        house = {"sender": actions.Sender(network="one house")}
        Reader.objects.update(created_at=NOON - timedelta(days=90))
        vote(*[5] * 12)
        Rating.objects.update(network="one house")
        begin_anew()

        vote(*[5] * 5, now=LATER, **house)

        assert not Rating.objects.quarantined().exists()
        assert summary_of(article).count == 5

    def test_votes_of_earlier_versions_are_those_that_count(self, article, vote, begin_anew, dated):
        vote(1)
        dated(article, NOON - timedelta(days=30), date(2026, 11, 1))
        Rating.objects.update(changed_at=NOON - timedelta(days=9))
        assert Rating.objects.of_earlier_versions(article).count() == 1

        begin_anew()

        assert Rating.objects.of_earlier_versions(article).count() == 0


class TestCountingAgain:
    def test_all_is_as_it_was(self, article, vote, make_review, begin_anew, count_again):
        vote(1, 4)
        make_review(2)
        actions.set_legacy_total(article=article, mean=Decimal("2.5"), count=40)
        before = RatingSummary.objects.values().get()
        begin_anew()

        assert count_again() == 43

        assert RatingSummary.objects.values().get() == before
        assert not Rating.objects.filter(is_retired=True).exists()
        assert Comment.objects.get().stars == 2

    def test_what_came_between_counts_too_once_a_reader(self, article, vote, begin_anew, count_again):
        vote(1)
        rating = vote(2)
        begin_anew()
        actions.rate(article=article, reader=rating.reader, stars=5, now=LATER)
        vote(4)
        begin_anew(now=LATER)
        vote(3)

        assert count_again() == 3
        assert summary_of(article).histogram == {1: 1, 2: 0, 3: 1, 4: 1, 5: 1}

    def test_where_nothing_began_anew_nothing_changes(self, article, vote, count_again):
        vote(1)

        assert count_again() == 0
        assert summary_of(article).count == 1

    def test_wrong_number_of_earlier_votes_is_found_and_repaired(self, article, vote, begin_anew):
        vote(1, 2)
        begin_anew()
        RatingSummary.objects.update(retired_own_count=9)

        found = [mismatch for progress in verify(repair=True) for mismatch in progress.mismatches]

        assert [(mismatch.kept, mismatch.recounted) for mismatch in found] == [(9, 2)]
        assert summary_of(article).retired_own_count == 2


def test_both_take_the_same_statements_for_3_votes_and_for_300(make_article, admin):
    def statements(votes: int) -> tuple[int, int]:
        article = make_article()
        readers = Reader.objects.bulk_create(Reader() for _ in range(votes))
        for number, reader in enumerate(readers):
            actions.rate(article=article, reader=reader, stars=number % 5 + 1, now=NOON)
        with CaptureQueriesContext(connection) as beginning:
            actions.begin_anew(article=article, moderator=admin, now=NOON, reason=REASON)
        with CaptureQueriesContext(connection) as undoing:
            actions.count_earlier_again(article=article, moderator=admin)
        return len(beginning), len(undoing)

    statements(1)  # fills the caches of content types
    assert statements(3) == statements(300)


class TestPages:
    def test_article_says_since_when_and_how_many_are_kept(self, client, article, vote, begin_anew):
        vote(1, 1, 1)
        begin_anew()
        rating = words(look(client, article.url).select_one("#rating"))
        assert "The ratings began anew on Nov. 2, 2026. 3 earlier ones are kept and not counted." in rating
        assert "No reviews yet" in rating

    def test_article_speaks_of_no_earlier_ones_when_there_are_none(self, client, article, vote, begin_anew):
        rating = vote(1)
        assert "anew" not in words(look(client, article.url).select_one("#rating"))
        begin_anew()
        actions.rate(article=article, reader=rating.reader, stars=1, now=LATER)

        text = words(look(client, article.url).select_one("#rating"))

        assert "The ratings began anew on Nov. 2, 2026." in text
        assert "earlier" not in text

    def test_reader_is_told_and_counts_again_with_the_form_of_that_page(self, client, article, begin_anew):
        own = posting.rate(client, article, "2")["Location"]
        assert "counts at once" in words(look(client, own).select_one("main"))
        begin_anew()
        assert "kept and not counted; rate again, and it counts" in words(look(client, own).select_one("main"))

        posting.rate(client, article, "2")

        assert "counts at once" in words(look(client, own).select_one("main"))
        assert summary_of(article).count == 1
