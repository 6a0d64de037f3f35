"""Which articles are rated lower than before: a decision that the luck of a few votes does not make."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import ArticlePage
from pages.desk.fallen import Votes, fallen, has_fallen
from ratings import actions
from ratings.models import Reader

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("before", "lately", "fell"),
    [
        ((2, 3, 10, 40, 45), (10, 8, 6, 4, 2), True),  # from 4.2 to 2.3
        ((0, 0, 0, 0, 100), (0, 0, 0, 10, 10), True),  # from 5.0 to 4.5
        ((0, 0, 0, 0, 100), (0, 0, 0, 3, 17), False),  # from 5.0 to 4.85: certain, and no matter
        ((2, 3, 10, 40, 45), (1, 1, 2, 4, 4), False),  # from 4.2 to 3.75: may be luck
        ((2, 3, 10, 40, 45), (9, 0, 0, 0, 0), False),  # nine votes are anecdotes
        ((0, 0, 0, 0, 9), (50, 0, 0, 0, 0), False),  # and so they are before
        ((10, 8, 6, 4, 2), (2, 3, 10, 40, 45), False),  # it rose
        ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0), False),
    ],
)
def test_decision(before, lately, fell):
    assert has_fallen(Votes(before), Votes(lately)) is fell


def test_noise_alerts_nobody():
    """A thousand articles whose readers never changed their mind."""
    chance = random.Random(7)

    def votes(number: int) -> Votes:
        given = chance.choices((1, 2, 3, 4, 5), weights=(8, 6, 10, 26, 50), k=number)
        return Votes(tuple(given.count(stars) for stars in range(1, 6)))

    alarms = sum(has_fallen(votes(chance.randint(10, 400)), votes(chance.randint(10, 60))) for _ in range(1000))

    assert alarms <= 5


def vote(article, stars: int, *, times: int, days_ago: int) -> None:
    for _ in range(times):
        moment = NOW - timedelta(days=days_ago)
        actions.rate(article=article, reader=Reader.objects.create(), stars=stars, now=moment)


def test_votes_of_thirty_days_are_compared_with_all_before(make_article, django_assert_num_queries):
    fell, steady, deeper = (make_article(title) for title in ("Fell", "Steady", "Fell deeper"))
    for article, lately in ((fell, 3), (steady, 5), (deeper, 1)):
        vote(article, 5, times=12, days_ago=31)
        vote(article, lately, times=10, days_ago=29)

    with django_assert_num_queries(2):
        found = fallen(ArticlePage.objects.all(), NOW)

    assert [(fall.article_id, fall.before.count, fall.lately.count) for fall in found] == [
        (deeper.pk, 12, 10),
        (fell.pk, 12, 10),
    ]
    assert fallen(ArticlePage.objects.exclude(pk=deeper.pk), NOW) == found[1:]
