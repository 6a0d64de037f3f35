"""Reviews: comments that carry the stars of their writer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratings import actions
from ratings.models import Comment, DiscussionPolicy, Kind, Rating, Reader, Standing, State
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.conftest import NOON
from tests.ratings.posting import GUEST, comment, rate, stamped, text_area, written
from tests.ratings.recount import wrong_numbers


@pytest.fixture(autouse=True)
def _all_numbers_are_exact(db):
    yield
    assert wrong_numbers() == []


def stars_of(review: Comment) -> int | None:
    return Comment.objects.values_list("stars", flat=True).get(pk=review.pk)


def kinds_and_stars() -> dict[int, tuple[str, int | None]]:
    return {key: (kind, stars) for key, kind, stars in Comment.objects.values_list("pk", "kind", "stars")}


class TestStars:
    def test_review_shows_the_rating_of_its_writer(self, make_review):
        assert make_review(4).stars == 4

    def test_review_without_a_rating_is_refused(self, make_comment):
        with pytest.raises(actions.NoRating):
            make_comment(kind=Kind.REVIEW)

    def test_review_after_the_rating_was_withdrawn_is_refused(self, article, reader, make_comment):
        rating = actions.rate(article=article, reader=reader, stars=5, now=NOON)
        actions.withdraw(rating=rating, reader=reader, now=NOON)

        with pytest.raises(actions.NoRating):
            make_comment(kind=Kind.REVIEW, reader=reader)

    def test_rating_of_another_article_is_none_for_this_one(self, make_article, reader, make_comment):
        actions.rate(article=make_article("Another One"), reader=reader, stars=5, now=NOON)

        with pytest.raises(actions.NoRating):
            make_comment(kind=Kind.REVIEW, reader=reader)

    def test_they_follow_every_change(self, article, reader, moderator, make_review):
        review = make_review(5, reader=reader)
        rating = Rating.objects.get()

        actions.rate(article=article, reader=reader, stars=2, now=NOON)
        assert stars_of(review) == 2
        actions.withdraw(rating=rating, reader=reader, now=NOON)
        assert stars_of(review) is None
        actions.rate(article=article, reader=reader, stars=3, now=NOON)
        assert stars_of(review) == 3
        for standing, shown in ((Standing.QUARANTINED, None), (Standing.REJECTED, None), (Standing.COUNTED, 3)):
            actions.judge_rating(rating=rating, standing=standing, moderator=moderator, now=NOON)
            assert stars_of(review) == shown

    def test_review_whose_rating_is_set_aside_shows_none(self, article, reader, make_comment):
        rating = actions.rate(article=article, reader=reader, stars=5, now=NOON)
        actions.judge_rating(rating=rating, standing=Standing.QUARANTINED, now=NOON)

        assert make_comment(kind=Kind.REVIEW, reader=reader).stars is None

    def test_comments_and_questions_show_none(self, article, reader, make_comment):
        actions.rate(article=article, reader=reader, stars=5, now=NOON)
        others = [make_comment(kind=kind, reader=reader) for kind in (Kind.COMMENT, Kind.QUESTION)]
        actions.rate(article=article, reader=reader, stars=4, now=NOON)

        assert [stars_of(other) for other in others] == [None, None]

    @pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED, State.SPAM, State.DELETED])
    def test_rating_stays_when_the_words_are_taken_away(self, make_review, move, state):
        move(make_review(5), state)

        assert Rating.objects.counted().count() == 1

    @pytest.mark.parametrize("fields", [{"kind": "comment", "stars": 5}, {"stars": 6}, {"kind": "question"}])
    def test_database_refuses_stars_anywhere_else(self, make_review, fields):
        review = make_review(5)
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=review.pk).update(**fields)


class TestOneForEachReader:
    @pytest.mark.parametrize("state", [State.PENDING, State.PUBLISHED])
    def test_second_review_is_refused(self, reader, make_review, state):
        make_review(5, state, reader=reader)

        with pytest.raises(actions.AlreadyReviewed):
            make_review(4, reader=reader)

    @pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED, State.DELETED, State.ERASED])
    def test_whose_review_is_gone_may_write_another(self, reader, make_review, move, state):
        move(make_review(5, reader=reader), state)

        assert make_review(4, reader=reader).stars == 4

    def test_review_that_comes_back_beside_a_later_one_is_a_comment(self, reader, make_review, move):
        first = make_review(5, reader=reader)
        move(first, State.REJECTED)
        second = make_review(4, reader=reader)

        move(first, State.PUBLISHED)

        assert kinds_and_stars() == {first.pk: (Kind.COMMENT, None), second.pk: (Kind.REVIEW, 4)}

    def test_earlier_review_of_two_readers_who_are_one_is_a_comment(self, reader, make_reader, make_review):
        other = make_reader()
        first = make_review(5, reader=reader)
        second = make_review(4, reader=other)

        actions.join(reader=reader, into=other)

        assert kinds_and_stars() == {first.pk: (Kind.COMMENT, None), second.pk: (Kind.REVIEW, 4)}

    def test_questions_are_as_many_as_one_likes(self, reader, make_comment):
        for _ in range(3):
            make_comment(kind=Kind.QUESTION, reader=reader)

        assert Comment.objects.count() == 3


class TestCount:
    def test_only_published_reviews_whose_stars_count_are_ratings_with_words(self, article, make_review, make_comment):
        make_review(5)
        make_review(4, State.PENDING)
        aside = make_review(1)
        rating = Rating.objects.get(reader=aside.reader)
        actions.judge_rating(rating=rating, standing=Standing.QUARANTINED, now=NOON)
        make_comment(State.PUBLISHED)

        found = responses_to(article, Selection())
        assert (found.count, found.reviews) == (3, 1)


class TestForm:
    def test_stars_and_words_are_stored_together(self, client, article):
        review = written(client, article, kind="review", stars="4")

        rating = Rating.objects.get()
        assert (review.kind, review.stars, review.reader) == (Kind.REVIEW, 4, rating.reader)
        assert (rating.stars, rating.network == review.network != "") == (4, True)

    def test_who_has_rated_needs_no_stars_again(self, client, article):
        rate(client, article, "3")

        assert written(client, article, kind="review").stars == 3

    def test_other_stars_change_the_rating(self, client, article):
        rate(client, article, "3")
        written(client, article, kind="review", stars="5")

        assert Rating.objects.get().stars == 5

    def test_review_without_stars_is_asked_for_them_and_keeps_its_text(self, client, article):
        answer = comment(client, article, kind="review", **stamped(article))

        assert answer.status_code == 422
        assert "choose one to five" in answer.content.decode()
        assert text_area(answer) == GUEST["text"]
        assert not Comment.objects.exists()
        assert not Reader.objects.exists()

    @pytest.mark.parametrize("stars", ["0", "6", "05", "five", ["5", "1"]])
    def test_anything_but_one_to_five_stores_nothing(self, client, article, stars):
        answer = comment(client, article, kind="review", stars=stars, **stamped(article))

        assert answer.status_code == 422
        assert not Comment.objects.exists()
        assert not Rating.objects.exists()

    def test_stars_of_a_second_review_are_not_stored_either(self, client, article):
        written(client, article, kind="review", stars="5")

        answer = comment(client, article, kind="review", stars="1", text="Again.", **stamped(article))

        assert answer.status_code == 409
        assert text_area(answer) == "Again."
        assert Rating.objects.get().stars == 5

    def test_stars_are_not_stored_where_comments_are_closed(self, client, article, dated):
        dated(article, NOON - timedelta(days=400))
        DiscussionPolicy.objects.create(article_type="articles.articlepage", closes_after_days=1)

        assert comment(client, article, kind="review", stars="1", **stamped(article)).status_code == 409
        assert not Rating.objects.exists()

    def test_stars_beside_a_comment_are_no_rating(self, client, article):
        assert written(client, article, kind="comment", stars="5").stars is None
        assert not Rating.objects.exists()

    def test_reply_is_a_comment_whatever_the_form_says(self, client, article, make_comment):
        parent = make_comment(State.PUBLISHED)

        reply = written(client, article, kind="review", stars="5", parent=str(parent.public_id))

        assert (reply.kind, reply.stars) == (Kind.COMMENT, None)
        assert not Rating.objects.exists()

    def test_kind_that_there_is_not_is_refused(self, client, article):
        answer = comment(client, article, kind="sermon", **stamped(article))

        assert answer.status_code == 422
        assert text_area(answer) == GUEST["text"]

    def test_nobody_reviews_their_own_work(self, client, article, editor):
        client.force_login(editor)

        answer = comment(client, article, kind="review", stars="5", **stamped(article))

        assert answer.status_code == 403
        assert text_area(answer) == GUEST["text"]
        assert not Comment.objects.exists()
