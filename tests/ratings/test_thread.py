"""Comments as a reader sees them: threads, page by page, in five orders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratings import actions
from ratings.models import Comment, Rating, State
from ratings.selection import NoSuchPage, Order, Selection
from ratings.thread import REPLIES_AT_ONCE, REPLIES_PER_PAGE, THREADS_PER_PAGE, Responses, place_of, responses_to
from tests.conftest import NOON
from tests.ratings.crowd import read, store, store_replies

pytestmark = pytest.mark.django_db


def shape(found: Responses) -> list:
    return [(shown.comment.text, [reply.comment.text for reply in shown.replies]) for shown in found.threads]


def texts(found: Responses) -> list[str]:
    return [shown.comment.text for shown in found.threads]


def pages(article, selection: Selection) -> list[Responses]:
    """Follow the links from page to page, as a reader does."""
    found = [responses_to(article, selection)]
    while found[-1].next_page is not None:
        assert len(found) < 100, "the pages go round in a circle"
        address = found[-1].next_page.query().removeprefix("?")
        found.append(responses_to(article, Selection.read(dict(pair.split("=") for pair in address.split("&")))))
    return found


class TestThreads:
    def test_replies_stand_under_their_thread_on_two_levels(self, make_comment, article):
        first = make_comment(State.PUBLISHED, text="first")
        second = make_comment(State.PUBLISHED, text="second")
        reply = make_comment(State.PUBLISHED, text="reply", parent=first)
        make_comment(State.PUBLISHED, text="answer", parent=reply)
        make_comment(State.PUBLISHED, text="other", parent=second)

        assert shape(responses_to(article, Selection())) == [("second", ["other"]), ("first", ["reply", "answer"])]

    def test_reply_to_a_reply_names_what_it_answers(self, make_comment, article):
        first = make_comment(State.PUBLISHED)
        reply = make_comment(State.PUBLISHED, parent=first)
        make_comment(State.PUBLISHED, parent=reply)

        (thread,) = responses_to(article, Selection()).threads
        assert [shown.in_reply_to for shown in thread.replies] == [None, reply]

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_only_published_comments_are_shown_and_counted(self, make_comment, article, state):
        make_comment(state)
        make_comment(State.PUBLISHED, text="shown")

        found = responses_to(article, Selection())
        assert (found.count, shape(found)) == (1, [("shown", [])])

    def test_hidden_comment_leaves_its_place_to_its_replies(self, make_comment, article, move):
        first = make_comment(State.PUBLISHED, text="first")
        make_comment(State.PUBLISHED, text="reply", parent=first)
        move(first, State.HIDDEN)

        found = responses_to(article, Selection())
        (thread,) = found.threads
        assert (thread.comment.is_published, found.count, len(thread.replies)) == (False, 1, 1)
        page = Client().get(article.url).content.decode()
        assert "reply" in page
        assert first.name not in page

    def test_comments_under_another_article_are_not_shown(self, make_comment, make_article, article):
        make_comment(State.PUBLISHED, article=make_article("Another One"))

        assert responses_to(article, Selection()).count == 0

    def test_longer_threads_are_folded_and_say_how_many_are_not_shown(self, make_comment, article):
        first = make_comment(State.PUBLISHED)
        for number in range(REPLIES_AT_ONCE + 3):
            make_comment(State.PUBLISHED, parent=first, text=str(number))

        (thread,) = responses_to(article, Selection()).threads
        assert [reply.comment.text for reply in thread.replies] == ["0", "1"]
        assert thread.more_replies == 3

    def test_hidden_replies_are_not_announced(self, make_comment, article, move):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first) for _ in range(4)]
        for reply in replies[2:]:
            move(reply, State.HIDDEN)

        assert responses_to(article, Selection()).threads[0].more_replies == 0

    def test_latest_is_when_the_last_one_was_published(self, make_comment, article):
        make_comment(State.PUBLISHED, now=NOON + timedelta(hours=1))
        make_comment(State.PUBLISHED, now=NOON)
        make_comment(State.PENDING, now=NOON + timedelta(hours=2))

        assert responses_to(article, Selection()).latest == NOON + timedelta(hours=1)

    def test_ratings_of_an_earlier_version_are_counted(self, article, make_reader, dated):
        dated(article, NOON - timedelta(days=9), revised_on=NOON.date())
        for day in (-2, -1, 1):
            actions.rate(article=article, reader=make_reader(), stars=5, now=NOON + timedelta(days=day))

        assert responses_to(article, Selection()).earlier_ratings == 2

    @pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("Asia/Tokyo", -9), ("America/New_York", 5)])
    def test_earlier_version_ends_at_midnight_where_the_site_is(
        self, article, make_reader, dated, settings, zone, hours
    ):
        settings.TIME_ZONE = zone
        dated(article, NOON - timedelta(days=9), revised_on=NOON.date())
        midnight = NOON - timedelta(hours=12) + timedelta(hours=hours)
        for minutes in (-1, 0, 1):
            moment = midnight + timedelta(minutes=minutes)
            actions.rate(article=article, reader=make_reader(), stars=5, now=moment)

        earlier = Rating.objects.of_earlier_versions(article)

        assert [rating.changed_at for rating in earlier] == [midnight - timedelta(minutes=1)]
        assert '"changed_at" <' in str(earlier.query), "a function around the column would keep it from its index"


class TestOrders:
    ROWS = (
        {"helpful_count": 3, "stars": 2},
        {"helpful_count": 0},
        {"helpful_count": 3, "stars": 5},
        {"helpful_count": 9, "stars": 2},
    )

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (Order.NEWEST, "3210"),
            (Order.OLDEST, "0123"),
            (Order.HELPFUL, "3201"),
            (Order.STARS, "230"),
        ],
    )
    def test_ties_are_broken_by_the_newest(self, article, reader, order, expected):
        store(article, reader, list(self.ROWS))

        assert texts(responses_to(article, Selection(order=order))) == list(expected)

    def test_most_replies_come_first(self, article, reader):
        comments = store(article, reader, [{}, {}, {}])
        store_replies(comments[1], 4)
        store_replies(comments[0], 1)

        assert texts(responses_to(article, Selection(order=Order.REPLIES))) == ["1", "0", "2"]

    @pytest.mark.parametrize(("stars", "expected"), [(5, "2"), (2, "30"), (1, "")])
    def test_stars_filter_the_reviews(self, article, reader, stars, expected):
        store(article, reader, list(self.ROWS))

        assert texts(responses_to(article, Selection(stars=stars))) == list(expected)

    @pytest.mark.parametrize("order", Order)
    def test_filter_and_order_go_together(self, article, reader, order):
        store(article, reader, list(self.ROWS))

        assert sorted(texts(responses_to(article, Selection(stars=2, order=order)))) == ["0", "3"]

    def test_tombstone_is_no_review(self, make_review, make_comment, article, move):
        review = make_review(5)
        make_comment(State.PUBLISHED, parent=review)
        move(review, State.HIDDEN)

        assert responses_to(article, Selection(stars=5)).threads == []
        assert responses_to(article, Selection(order=Order.STARS)).threads == []


class TestPages:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        rows=st.lists(
            st.fixed_dictionaries(
                {
                    "helpful_count": st.integers(0, 3),
                    "reply_count": st.just(0),
                    "stars": st.none() | st.integers(1, 5),
                }
            ),
            max_size=3 * THREADS_PER_PAGE,
        ),
        order=st.sampled_from(Order),
        stars=st.none() | st.integers(1, 5),
        pinned=st.none() | st.integers(0, 3 * THREADS_PER_PAGE),
    )
    def test_every_comment_stands_on_exactly_one_page_in_order(self, article, reader, rows, order, stars, pinned):
        comments = store(article, reader, rows)
        if pinned is not None and pinned < len(comments):
            Comment.objects.filter(pk=comments[pinned].pk).update(is_pinned=True)

        found = pages(article, Selection(order=order, stars=stars))

        shown = [thread.comment for page in found for thread in page.threads]
        only_reviews = stars is not None or order == Order.STARS
        expected = [
            row for row in Comment.objects.all() if not only_reviews or row.stars in ({stars} - {None} or range(1, 6))
        ]
        expected.sort(key=lambda row: self.rank(row, order))
        if not only_reviews:
            expected.sort(key=lambda row: not row.is_pinned)
        assert [comment.pk for comment in shown] == [comment.pk for comment in expected]
        assert all(len(page.threads) <= THREADS_PER_PAGE + 1 for page in found)

    @staticmethod
    def rank(row: Comment, order: Order) -> tuple:
        return {
            Order.NEWEST: (-row.pk,),
            Order.OLDEST: (row.pk,),
            Order.HELPFUL: (-row.helpful_count, -row.pk),
            Order.REPLIES: (-row.reply_count, -row.pk),
            Order.STARS: (-(row.stars or 0), -row.pk),
        }[order]

    def test_page_stays_where_it_is_when_comments_come_and_go(self, article, reader, make_comment, move):
        store(article, reader, [{}] * (THREADS_PER_PAGE + 5))
        second = responses_to(article, Selection()).next_page
        before = texts(responses_to(article, second))
        make_comment(State.PUBLISHED, text="new")
        move(Comment.objects.order_by("-pk")[3], State.HIDDEN)

        assert texts(responses_to(article, second)) == before

    def test_count_is_of_all_pages(self, article, reader):
        store(article, reader, [{}] * (THREADS_PER_PAGE + 5))

        assert {page.count for page in pages(article, Selection())} == {THREADS_PER_PAGE + 5}


class TestPinned:
    @pytest.fixture
    def pinned(self, article, reader, moderator) -> Comment:
        comments = store(article, reader, [{"stars": 5, "helpful_count": 1}] + [{}] * (THREADS_PER_PAGE + 3))
        actions.pin(now=NOON, comment=comments[0], pinned=True, moderator=moderator)
        return comments[0]

    @pytest.mark.parametrize("order", [order for order in Order if order != Order.STARS])
    def test_it_stands_first_and_only_once(self, article, pinned, order):
        shown = [text for page in pages(article, Selection(order=order)) for text in texts(page)]

        assert shown[0] == pinned.text
        assert shown.count(pinned.text) == 1

    @pytest.mark.parametrize("selection", [Selection(stars=5), Selection(order=Order.STARS)])
    def test_among_reviews_it_has_its_place_like_any_other(self, article, pinned, selection):
        assert texts(responses_to(article, selection)) == [pinned.text]


class TestOneThread:
    def test_page_of_a_thread_holds_its_replies_and_no_other_thread(self, make_comment, article):
        first = make_comment(State.PUBLISHED, text="first")
        make_comment(State.PUBLISHED, text="other thread")
        for number in range(5):
            make_comment(State.PUBLISHED, parent=first, text=str(number))

        found = responses_to(article, Selection(thread=first.public_id))

        assert shape(found) == [("first", list("01234"))]
        assert (found.threads[0].more_replies, found.next_page, found.count) == (0, None, 7)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(number=st.integers(0, 3 * REPLIES_PER_PAGE))
    def test_every_reply_stands_on_exactly_one_page_in_order(self, article, reader, number):
        (first,) = store(article, reader, [{}])
        replies = store_replies(first, number)

        found = pages(article, Selection(thread=first.public_id))

        shown = [reply.comment for page in found for reply in page.threads[0].replies]
        assert [reply.pk for reply in shown] == [reply.pk for reply in replies]
        assert all(len(page.threads[0].replies) <= REPLIES_PER_PAGE for page in found)

    def test_thread_of_another_article_is_no_page_of_this_one(self, make_comment, make_article, article):
        first = make_comment(State.PUBLISHED)

        with pytest.raises(NoSuchPage):
            responses_to(make_article("Another One"), Selection(thread=first.public_id))

    def test_reply_is_no_thread(self, make_comment, article):
        reply = make_comment(State.PUBLISHED, parent=make_comment(State.PUBLISHED))

        with pytest.raises(NoSuchPage):
            responses_to(article, Selection(thread=reply.public_id))

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_thread_that_is_not_listed_is_no_page(self, make_comment, article, state):
        with pytest.raises(NoSuchPage):
            responses_to(article, Selection(thread=make_comment(state).public_id))


class TestPlace:
    """Every comment in the list has a page that holds it."""

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(replies=st.lists(st.integers(0, 2 * REPLIES_PER_PAGE + 3), min_size=1, max_size=3), hidden=st.booleans())
    def test_page_holds_the_comment(self, article, reader, replies, hidden):
        firsts = store(article, reader, [{}] * len(replies))
        for first, number in zip(firsts, replies, strict=True):
            store_replies(first, number)
        if hidden:
            Comment.objects.filter(pk=firsts[0].pk).update(state=State.HIDDEN)

        for comment in Comment.objects.listed().select_related("thread"):
            selection = Selection.read(read(place_of(comment).query()))
            (thread,) = responses_to(article, selection).threads
            assert comment.pk in {thread.comment.pk, *(reply.comment.pk for reply in thread.replies)}

    def test_it_costs_the_same_in_any_thread(self, article, reader):
        (first,) = store(article, reader, [{}])
        for comment in (first, *store_replies(first, 300)[::149]):
            comment = Comment.objects.select_related("thread").get(pk=comment.pk)
            with CaptureQueriesContext(connection) as queries:
                place_of(comment)
            assert len(queries) == (0 if comment == first else 1)
