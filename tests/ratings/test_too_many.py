"""What a reader is told who sends more than we take."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ratings import limits
from ratings.models import Bucket, Comment, Rating, Reader, State
from tests.ratings import posting
from tests.ratings.posting import GUEST, comment, rate, stamped, text_area

pytestmark = pytest.mark.django_db


class TestLimits:
    """Whoever sends too much is told when it will work, keeps the text, and nothing is stored."""

    def use_up(self, doing: limits.Doing, send) -> object:
        """Send until it is refused, and return that answer; the limit of one reader is the lowest."""
        at_once = limits.LIMITS[doing][limits.Scope.READER].at_once
        assert [send(number).status_code for number in range(at_once)] == [303] * at_once
        return send(at_once)

    def wait(self, answer) -> int:
        assert answer.status_code == 429
        seconds = int(answer["Retry-After"])
        assert seconds > 0
        assert "minute" in answer.content.decode()
        return seconds

    def test_comments(self, client, article):
        rate(client, article)  # makes the reader
        answer = self.use_up(
            limits.Doing.COMMENT,
            lambda number: comment(client, article, text=f"Number {number}", **stamped(article)),
        )

        self.wait(answer)
        assert text_area(answer) == "Number 4"
        assert Comment.objects.count() == 4

    def test_ratings(self, client, article, make_article):
        articles = [make_article(f"Number {number}") for number in range(11)]
        self.wait(self.use_up(limits.Doing.RATING, lambda number: rate(client, articles[number])))

        assert Rating.objects.count() == 10

    def test_helpful_votes(self, client, make_comment):
        comments = [make_comment(State.PUBLISHED) for _ in range(21)]
        self.wait(self.use_up(limits.Doing.HELPFUL, lambda number: posting.find_helpful(client, comments[number])))

        assert Comment.objects.filter(helpful_count=1).count() == 20

    def test_reports(self, client, make_comment):
        comments = [make_comment(State.PUBLISHED) for _ in range(7)]
        answer = self.use_up(limits.Doing.REPORT, lambda number: posting.report(client, comments[number]))

        self.wait(answer)
        assert sum(comment.reports.count() for comment in comments) == 6

    def test_edits(self, client, article):
        own = posting.written(client, article)
        edit = lambda number: posting.edit(client, Comment.objects.get(pk=own.pk), f"Number {number}")  # noqa: E731
        answer = self.use_up(limits.Doing.EDIT, edit)

        self.wait(answer)
        assert text_area(answer) == "Number 10"
        assert Comment.objects.get().text == "Number 9"

    def test_network_is_limited_however_many_readers_it_has(self, article, settings):
        settings.READER_LIMITS_SCALE = 0.05  # two comments from a network
        answers = [comment(Client(), article, **stamped(article)) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [303, 303, 429]
        assert Reader.objects.count() == 2

    def test_told_wait_is_long_enough(self, client, article, monkeypatch):
        answer = self.use_up(limits.Doing.COMMENT, lambda number: self.send(client, article, number))
        later = timezone.now() + timedelta(seconds=self.wait(answer))
        monkeypatch.setattr(timezone, "now", lambda: later)

        assert self.send(client, article, 5).status_code == 303

    @staticmethod
    def send(client, article, number: int):
        return comment(client, article, text=f"Number {number}", **stamped(article))

    def test_stars_of_a_review_that_is_refused_are_not_stored(self, client, article):
        self.use_up(limits.Doing.COMMENT, lambda number: self.send(client, article, number))

        answer = comment(client, article, kind="review", stars="1", **stamped(article))

        assert (answer.status_code, text_area(answer)) == (429, GUEST["text"])
        assert not Rating.objects.exists()

    def test_same_form_sent_again_costs_nothing(self, client, article):
        fields = stamped(article)
        comment(client, article, **fields)
        cost = list(Bucket.objects.order_by("key").values_list("key", "full_at"))

        for _ in range(9):
            assert comment(client, article, **fields).status_code == 303
        assert list(Bucket.objects.order_by("key").values_list("key", "full_at")) == cost

    def test_what_is_refused_costs_nothing(self, client, article):
        comment(client, article, text="", **stamped(article))
        comment(client, article, kind="review", **stamped(article))
        comment(client, article)
        rate(client, article, "9")

        assert not Bucket.objects.exists()
