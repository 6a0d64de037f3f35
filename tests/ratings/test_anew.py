"""Ratings that begin anew: earlier ones are kept, counted nowhere, and counted again when that is undone."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from ratings import actions
from ratings.aggregates import verify
from ratings.models import Comment, Rating, RatingChange, RatingSummary, Reader, Standing
from ratings.ranking import top_rated
from tests.conftest import NOON
from tests.journeys.hostile import FOLDER, hostile_strings
from tests.journeys.outline import outline
from tests.ratings import posting
from tests.ratings.reading import look, words
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=5)
REASON = "Wholly rewritten."


@pytest.fixture
def vote(article, make_reader):
    """Return a function that stores votes of new readers, and returns the last."""

    def give(*stars: int, **fields) -> Rating:
        ratings = [
            actions.rate(**{"article": article, "reader": make_reader(), "stars": number, "now": NOON} | fields)
            for number in stars
        ]
        return ratings[-1]

    return give


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


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def page_of(desk: Client, article) -> str:
    return " ".join(desk.get(f"/admin/article-ratings/{article.pk}/").content.decode().split())


def post(desk: Client, article, what: str = "begin-anew", **fields):
    return desk.post(f"/admin/article-ratings/{article.pk}/{what}/", fields)


class TestDesk:
    def test_it_shows_how_the_article_is_rated(self, desk, article, vote, dated, moderator):
        vote(4, 5, 5)
        actions.set_legacy_total(article=article, mean=Decimal("4.5"), count=40)
        dated(article, NOON - timedelta(days=30), date(2026, 11, 1))
        Rating.objects.filter(stars=5).update(changed_at=NOON - timedelta(days=25))
        actions.judge_rating(rating=vote(1), standing=Standing.QUARANTINED, now=NOON)

        page = page_of(desk, article)

        assert "★ 4.5 (43 reviews)" in page
        assert "40 of them are from elsewhere" in page
        assert "2 of 3 votes are older than the revision of Nov. 1, 2026" in page
        assert "1 vote is held" in page
        assert re.search(r"★ 5</th> <td>2</td> <td>67 %</td>", page)
        assert "Yes: 43 ratings shall count no more." in page

    def test_held_votes_are_linked_for_who_may_judge_them(self, desk, article, vote, admin):
        actions.judge_rating(rating=vote(1), standing=Standing.QUARANTINED, now=NOON)
        assert 'href="/admin/held-votes/"' not in page_of(desk, article)

        desk.force_login(admin)
        assert 'href="/admin/held-votes/"' in page_of(desk, article)

    def test_article_without_ratings_has_nothing_to_begin_anew(self, desk, article):
        page = page_of(desk, article)

        assert "No reviews yet" in page
        assert "begin-anew" not in page
        post(desk, article, reason=REASON, sure="on")
        assert "nothing to begin anew" in page_of(desk, article)

    def test_it_begins_anew_and_can_be_undone(self, desk, article, vote):
        vote(1, 2)

        answer = post(desk, article, reason=REASON, sure="on")
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/article-ratings/{article.pk}/")
        assert summary_of(article).count == 0
        page = page_of(desk, article)
        assert "2 are kept, and count no more" in page
        assert "Count them again (2)" in page

        answer = post(desk, article, "count-again")
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/article-ratings/{article.pk}/")
        assert summary_of(article).count == 2
        assert "count-again" not in page_of(desk, article)

    @pytest.mark.parametrize(
        "fields",
        [{"reason": REASON}, {"sure": "on"}, {"sure": "on", "reason": " "}, {"sure": "on", "reason": REASON + "\0"}],
    )
    def test_without_a_reason_and_a_yes_nothing_begins_anew_and_what_was_typed_stays(self, desk, article, vote, fields):
        vote(1)

        answer = post(desk, article, **fields)

        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Nothing was stored yet" in page
        assert 'aria-invalid="true"' in page
        assert (REASON in page) == (REASON in fields.get("reason", ""))
        assert summary_of(article).count == 1

    def test_history_of_the_article_tells_of_both(self, desk, article, vote):
        vote(1, 2)
        post(desk, article, reason="<i>Wholly</i> rewritten.", sure="on")
        post(desk, article, "count-again")

        page = desk.get(f"/admin/pages/{article.pk}/history/").content.decode()

        assert "The ratings began anew. Kept, and counted no more: 2" in page
        assert "&lt;i&gt;Wholly&lt;/i&gt; rewritten." in page
        assert "Counted again: 2" in page

    def test_article_leads_to_it_in_the_list_and_the_editor(self, desk, article):
        link = f'href="/admin/article-ratings/{article.pk}/"'

        assert link in desk.get(f"/admin/pages/{article.get_parent().pk}/").content.decode()
        assert link in desk.get(f"/admin/pages/{article.pk}/edit/").content.decode()
        assert "article-ratings" not in desk.get(f"/admin/pages/{article.get_parent().pk}/edit/").content.decode()

    def test_hostile_title_adds_nothing_to_the_page(self, desk, article, vote):
        vote(1)

        def outline_with(title: str):
            ArticlePage.objects.filter(pk=article.pk).update(title=title[:255], draft_title=title[:255])
            return outline(page_of(desk, article))

        harmless = outline_with("harmless")
        for hostile in hostile_strings(FOLDER / "markup.txt"):
            assert outline_with(hostile) == harmless, hostile


DOORS = ["", "begin-anew/", "count-again/"]


class TestDoors:
    @pytest.fixture(autouse=True)
    def _rated(self, vote):
        vote(1)

    def knock(self, client: Client, key: int, door: str, **options):
        address = f"/admin/article-ratings/{key}/{door}"
        return client.post(address, {"reason": REASON, "sure": "on"}, **options) if door else client.get(address)

    @pytest.mark.parametrize("door", DOORS)
    def test_stranger_is_asked_to_sign_in(self, client, article, door):
        assert self.knock(client, article.pk, door)["Location"].startswith("/admin/login/")
        assert summary_of(article).count == 1

    @pytest.mark.parametrize("door", DOORS)
    def test_who_may_not_publish_the_article_comes_no_further(self, client, article, moderator, door):
        client.force_login(moderator)

        assert self.knock(client, article.pk, door)["Location"] == "/admin/"
        assert summary_of(article).count == 1
        page = client.get(f"/admin/pages/{article.get_parent().pk}/").content.decode()
        assert "article-ratings" not in page

    @pytest.mark.parametrize("door", DOORS)
    def test_script_of_who_may_not_gets_403(self, client, article, moderator, door):
        client.force_login(moderator)
        address = f"/admin/article-ratings/{article.pk}/{door}"
        by_script = {"x-requested-with": "XMLHttpRequest"}

        answer = client.post(address, headers=by_script) if door else client.get(address, headers=by_script)

        assert answer.status_code == 403

    @pytest.mark.parametrize("door", DOORS[1:])
    def test_door_that_writes_does_not_open_by_reading(self, desk, article, door):
        assert desk.get(f"/admin/article-ratings/{article.pk}/{door}").status_code == 405
        assert summary_of(article).count == 1

    def test_door_that_reads_does_not_open_by_writing(self, desk, article):
        assert desk.post(f"/admin/article-ratings/{article.pk}/").status_code == 405

    @pytest.mark.parametrize("door", DOORS[1:])
    def test_door_that_writes_needs_the_token_of_the_admin(self, editor, article, door):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        assert self.knock(client, article.pk, door).status_code == 403
        assert summary_of(article).count == 1

    @pytest.mark.parametrize("door", DOORS)
    @pytest.mark.parametrize("key", [0, 1, 424242, 2**63, 10**30])
    def test_what_is_no_article_is_not_found(self, desk, door, key):
        assert self.knock(desk, key, door).status_code == 404
