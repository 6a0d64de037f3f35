"""Comparing every kept number with a recount, and repairing it."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ratings import actions, aggregates
from ratings.aggregates import Mismatch, verify
from ratings.models import AggregateCheck, Comment, Kind, RatingSummary, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(article, make_comment, make_reader) -> Comment:
    """A review with four stars, two replies and one helpful vote."""
    reader = make_reader()
    actions.rate(article=article, reader=reader, stars=4, now=NOON)
    review = make_comment(State.PUBLISHED, kind=Kind.REVIEW, reader=reader)
    make_comment(State.PUBLISHED, parent=make_comment(State.PUBLISHED, parent=review))
    actions.find_helpful(comment=review, reader=make_reader(), helpful=True, now=NOON)
    return review


def found(*, repair: bool = False, **values: int) -> list[Mismatch]:
    return [mismatch for progress in verify(repair=repair, **values) for mismatch in progress.mismatches]


def run(*arguments: str, **options: object) -> str:
    told = StringIO()
    call_command("verify_aggregates", *arguments, stdout=told, **options)
    return told.getvalue()


class TestFinding:
    def test_right_numbers_are_no_mismatch(self, review):
        assert found() == []

    @pytest.mark.parametrize(("column", "right"), [("n1", 0), ("n2", 0), ("n3", 0), ("n4", 1), ("n5", 0)])
    def test_wrong_number_of_votes_is_found_and_repaired(self, review, column, right):
        RatingSummary.objects.update(**{column: 9})

        assert [(wrong.kept, wrong.recounted, wrong.was_repaired) for wrong in found()] == [(9, right, False)]
        assert [(wrong.kept, wrong.recounted, wrong.was_repaired) for wrong in found(repair=True)] == [(9, right, True)]
        assert found() == []
        assert getattr(RatingSummary.objects.get(), column) == right

    @pytest.mark.parametrize(
        ("column", "wrong", "right"), [("reply_count", 9, 2), ("helpful_count", 9, 1), ("stars", 1, 4)]
    )
    def test_wrong_number_at_a_comment_is_found_and_repaired(self, review, column, wrong, right):
        Comment.objects.filter(pk=review.pk).update(**{column: wrong})

        assert [(mismatch.key, mismatch.kept, mismatch.recounted) for mismatch in found()] == [
            (review.pk, wrong, right)
        ]
        found(repair=True)
        assert found() == []
        assert getattr(Comment.objects.get(pk=review.pk), column) == right

    def test_replies_of_a_reply_are_those_that_answer_it(self, review):
        answered = Comment.objects.get(parent=review)
        Comment.objects.filter(pk=answered.pk).update(reply_count=0)

        assert [(mismatch.key, mismatch.recounted) for mismatch in found()] == [(answered.pk, 1)]

    def test_review_without_stars_though_its_reader_gave_some(self, review):
        Comment.objects.filter(pk=review.pk).update(stars=None)

        assert [(mismatch.kept, mismatch.recounted) for mismatch in found(repair=True)] == [(None, 4)]
        assert found() == []

    def test_article_with_votes_whose_summary_is_missing(self, review, article):
        RatingSummary.objects.all().delete()

        assert [(mismatch.kept, mismatch.recounted) for mismatch in found(repair=True)] == [(0, 1)]
        assert RatingSummary.objects.get(article=article).histogram[4] == 1

    def test_total_from_elsewhere_is_left_alone(self, article):
        actions.set_legacy_total(article=article, mean=5, count=40)

        assert found(repair=True) == []
        assert RatingSummary.objects.get().legacy_count == 40

    def test_every_mismatch_is_logged_as_an_error(self, review, caplog):
        RatingSummary.objects.update(n1=9, n2=8)

        found()

        assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
        assert f"n1, votes of summary {RatingSummary.objects.get().pk}: kept 9, recounted 0" in caplog.text


class TestMeanwhile:
    """Readers go on while it runs."""

    def test_number_that_is_right_again_under_the_lock_is_no_alarm(self, article, make_reader, monkeypatch):
        actions.rate(article=article, reader=make_reader(), stars=5, now=NOON)
        RatingSummary.objects.update(n5=0)
        monkeypatch.setattr(aggregates, "_look_again", counted_meanwhile(aggregates._look_again))

        assert found(repair=True) == []

    def test_summary_of_an_article_that_is_deleted_meanwhile_is_no_alarm(self, article, make_reader, monkeypatch):
        RatingSummary.objects.create(article=article, n5=1)
        monkeypatch.setattr(aggregates, "_look_again", deleted_meanwhile(aggregates._look_again))

        assert found(repair=True) == []


def counted_meanwhile(look_again):
    def look(*arguments, **values):
        RatingSummary.objects.update(n5=1)
        return look_again(*arguments, **values)

    return look


def deleted_meanwhile(look_again):
    def look(*arguments, **values):
        RatingSummary.objects.all().delete()
        return look_again(*arguments, **values)

    return look


class TestChunks:
    @pytest.fixture
    def comments(self, make_comment) -> list[Comment]:
        comments = [make_comment(State.PUBLISHED) for _ in range(7)]
        Comment.objects.update(helpful_count=1)
        return comments

    @pytest.mark.parametrize("chunk", [1, 3, 7, 100])
    def test_every_row_is_compared_once_however_large_they_are(self, comments, chunk):
        assert [mismatch.key for mismatch in found(chunk=chunk)] == [comment.pk for comment in comments]

    def test_what_was_repaired_before_an_interruption_stays_and_the_next_run_does_the_rest(self, comments):
        for progress in verify(repair=True, chunk=3):
            if progress.mismatches:
                break

        assert Comment.objects.filter(helpful_count=0).count() == 3
        assert len(found(repair=True)) == 4
        assert found() == []

    def test_rows_in_a_chunk_cost_no_query_each(self, make_comment, django_assert_max_num_queries):
        for _ in range(20):
            make_comment(State.PUBLISHED)
        summaries, chunks, ends = 1, 4 * 2, 4

        with django_assert_max_num_queries(summaries + chunks + ends + 2):
            assert found() == []


class TestCommand:
    def test_tells_what_it_compared_and_keeps_it(self, review):
        assert "0 wrong, 0 repaired" in run()

        check = AggregateCheck.objects.latest()
        assert (check.wrong, check.repaired) == (0, 0)
        # Six numbers of the article, two of each of three comments, and the stars of the review.
        assert check.compared == 6 + 2 * 3 + 1

    def test_fails_if_wrong_numbers_are_left(self, review):
        RatingSummary.objects.update(n1=9)

        with pytest.raises(CommandError, match="1 of 13 numbers are wrong") as failure:
            run()

        assert failure.value.returncode == 1
        assert RatingSummary.objects.get().n1 == 9
        assert AggregateCheck.objects.latest().wrong == 1

    def test_repairs_if_asked_to(self, review):
        RatingSummary.objects.update(n1=9)

        told = run("--repair")

        assert "kept 9, recounted 0, repaired" in told
        assert "1 wrong, 1 repaired" in told
        check = AggregateCheck.objects.latest()
        assert (check.wrong, check.repaired) == (1, 1)
        assert "0 wrong" in run()

    def test_tells_how_far_it_is(self, review):
        assert [line for line in run().splitlines() if line.startswith("Comparing")] == [
            f"Comparing: {kept.what}" for kept in aggregates.KEPT
        ]
        assert "6 numbers so far" in run(verbosity=2)

    def test_quiet_one_says_nothing_about_right_numbers(self, review):
        assert run(verbosity=0) == ""
