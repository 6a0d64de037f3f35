"""What a page of comments costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratings.models import DiscussionPolicy
from ratings.selection import Order, Selection
from ratings.thread import REPLIES_AT_ONCE, THREADS_PER_PAGE, responses_to
from tests.conftest import NOON
from tests.ratings.crowd import store, store_replies

pytestmark = pytest.mark.django_db


class TestQueries:
    """The same number, whatever there is to show: at most six, with the credentials of those who have a badge."""

    @pytest.fixture
    def count(self, article):
        def queries(selection: Selection = Selection()) -> int:  # noqa: B008
            with CaptureQueriesContext(connection) as found:
                list(responses_to(article, selection).threads)
            return len(found)

        return queries

    @pytest.mark.parametrize("comments", [0, 1, 3, 100])
    def test_four_for_any_number_of_comments(self, article, reader, count, comments):
        store(article, reader, [{"stars": 5}] * comments)

        assert count() == 4

    @pytest.mark.parametrize("comments", [0, 1, 100])
    def test_article_that_was_revised_takes_no_more(self, article, reader, count, dated, comments):
        dated(article, NOON - timedelta(days=9), revised_on=NOON.date())
        DiscussionPolicy.objects.create(article_type="articles.articlepage", closes_after_days=9)
        store(article, reader, [{}] * comments)

        assert count() == 4

    def test_three_hundred_replies_cost_no_more_and_are_not_read(self, article, reader, count):
        (first,) = store(article, reader, [{}])
        store_replies(first, 300)

        assert count() == 5
        assert len(responses_to(article, Selection()).threads[0].replies) == REPLIES_AT_ONCE

    @pytest.mark.parametrize("order", Order)
    def test_every_order_takes_no_more(self, article, reader, count, order):
        assert count(Selection(order=order)) <= 4
        store(article, reader, [{"stars": 3}] * 100)
        assert count(Selection(order=order)) <= 4

    @pytest.mark.parametrize("replies", [0, 3, 300])
    def test_page_of_a_thread_takes_no_more(self, article, reader, count, replies):
        (first,) = store(article, reader, [{}])
        store_replies(first, replies)

        assert count(Selection(thread=first.public_id)) == 5

    def test_page_never_holds_more_than_so_many(self, article, reader):
        for first in store(article, reader, [{}] * 100):
            store_replies(first, 3)

        found = responses_to(article, Selection())
        assert len(found.threads) == THREADS_PER_PAGE
        assert {len(thread.replies) for thread in found.threads} == {REPLIES_AT_ONCE}
