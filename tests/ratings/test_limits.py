"""Token buckets: how much one reader, one network, one article and the whole site take."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ratings import actions, limits
from ratings.limits import LIMITS, Doing, Limit, Scope, TooMany, forget_full_buckets, is_under_pressure, take
from ratings.models import Bucket, Comment
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
LIMIT = LIMITS[Doing.COMMENT][Scope.READER]
CAPACITY = LIMIT.at_once * LIMIT.then_every


def is_granted(now: datetime = NOON, doing: Doing = Doing.COMMENT, **whose: int | str) -> bool:
    try:
        with transaction.atomic():
            take(doing, now=now, **{"reader": 1, "network": "one", "article": 1} | whose)
    except TooMany:
        return False
    return True


def refused(now: datetime = NOON, **whose: int | str) -> TooMany:
    with pytest.raises(TooMany) as refusal, transaction.atomic():
        take(Doing.COMMENT, now=now, **{"reader": 1, "network": "one", "article": 1} | whose)
    return refusal.value


def empty(now: datetime = NOON) -> None:
    """Take all that the bucket of reader 1 holds."""
    for _ in range(LIMIT.at_once):
        assert is_granted(now)


@pytest.fixture
def narrow(monkeypatch):
    """Return how to leave one scope alone with a limit, and the others practically without."""

    def set_limits(**sizes: int) -> None:
        wide = Limit(at_once=10_000, then_every=timedelta(milliseconds=1))
        scopes = {
            scope: Limit(at_once=sizes[scope.value], then_every=timedelta(minutes=1)) if scope.value in sizes else wide
            for scope in Scope
        }
        monkeypatch.setattr(limits, "LIMITS", {Doing.COMMENT: scopes})

    return set_limits


class TestGranting:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
    @given(waits=st.lists(st.sampled_from([0, 0, 1, 5, 29, 60, 61, 300]), max_size=25))
    def test_no_window_has_more_than_the_bucket_and_what_came_back(self, waits):
        Bucket.objects.all().delete()
        now, granted = NOON, []
        for seconds in waits:
            now += timedelta(seconds=seconds)
            if is_granted(now):
                granted.append(now)

        for first, begin in enumerate(granted):
            for last, end in enumerate(granted[first:], start=first):
                assert last - first + 1 <= LIMIT.at_once + (end - begin) / LIMIT.then_every

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
    @given(waits=st.lists(st.integers(0, 90_000_000), min_size=8, max_size=20))
    def test_retry_after_is_honest_to_the_second(self, waits):
        Bucket.objects.all().delete()
        now = NOON
        for microseconds in waits:
            now += timedelta(microseconds=microseconds)
            if is_granted(now):
                continue
            again = now + refused(now).retry_after * SECOND
            assert not is_granted(again - SECOND)
            assert is_granted(again)
            now = again

    def test_full_bucket_gives_all_at_once_and_then_one_by_one(self):
        empty()
        assert not is_granted()
        assert not is_granted(NOON + LIMIT.then_every - SECOND)
        assert is_granted(NOON + LIMIT.then_every)
        assert not is_granted(NOON + LIMIT.then_every)

    def test_bucket_never_holds_more_than_it_does(self):
        empty()
        empty(NOON + timedelta(days=365))
        assert not is_granted(NOON + timedelta(days=365))

    def test_each_doing_has_buckets_of_its_own(self):
        empty()
        assert is_granted(doing=Doing.RATING)


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "others"),
        [
            (Scope.READER, {"network": "other", "article": 2}),
            (Scope.NETWORK, {"reader": 2, "article": 2}),
            (Scope.ARTICLE, {"reader": 2, "network": "other"}),
            (Scope.SITE, {"reader": 2, "network": "other", "article": 2}),
        ],
    )
    def test_each_is_limited_whoever_else_takes(self, narrow, scope, others):
        narrow(**{scope.value: 1})
        assert is_granted()

        assert refused(**others).scope == scope

    def test_narrowest_is_asked_first(self, narrow):
        narrow(reader=1, network=1, article=1, site=1)
        assert is_granted()

        assert refused().scope == Scope.READER
        assert refused(reader=2).scope == Scope.NETWORK
        assert refused(reader=2, network="other").scope == Scope.ARTICLE
        assert refused(reader=2, network="other", article=2).scope == Scope.SITE

    def test_all_of_whom_the_server_says_no_address_are_one_network(self, narrow):
        narrow(network=1)

        assert is_granted(network="")
        assert refused(network="", reader=2, article=2).scope == Scope.NETWORK
        assert is_granted(network="known")
        assert Bucket.objects.filter(key="comment:network:unknown").exists()


class TestCharging:
    def test_nothing_is_charged_for_what_is_refused(self, narrow):
        narrow(site=1)
        assert is_granted()
        before = set(Bucket.objects.values_list("key", "full_at"))

        assert not is_granted(reader=2, network="other", article=2)

        assert set(Bucket.objects.values_list("key", "full_at")) == before

    def test_nothing_is_charged_for_what_is_rolled_back(self):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            take(Doing.COMMENT, reader=1, network="one", article=1, now=NOON)
            raise ZeroDivisionError

        assert not Bucket.objects.exists()

    def test_comment_beyond_the_limit_is_not_stored(self, make_comment, reader):
        sender = actions.Sender(network="one")
        for _ in range(LIMIT.at_once):
            make_comment(reader=reader, sender=sender)

        with pytest.raises(TooMany):
            make_comment(reader=reader, sender=sender)
        assert Comment.objects.count() == LIMIT.at_once

    def test_doings_of_the_site_itself_are_free(self, make_comment, reader):
        for _ in range(LIMIT.at_once + 1):
            make_comment(reader=reader)

        assert not Bucket.objects.exists()


class TestScale:
    def test_zero_lifts_all_limits(self, settings):
        settings.READER_LIMITS_SCALE = 0

        assert all(is_granted() for _ in range(2 * LIMIT.at_once))
        assert not Bucket.objects.exists()

    def test_two_gives_twice_as_much_twice_as_fast(self, settings):
        settings.READER_LIMITS_SCALE = 2

        assert [is_granted() for _ in range(2 * LIMIT.at_once + 1)] == [True] * 2 * LIMIT.at_once + [False]
        assert refused().retry_after == LIMIT.then_every / SECOND / 2

    def test_small_one_still_lets_one_through(self, settings):
        settings.READER_LIMITS_SCALE = 0.01

        assert [is_granted(), is_granted()] == [True, False]


class TestClocks:
    """The clock is set back, or the clocks of two machines differ."""

    def test_clock_set_back_by_an_hour_locks_nobody_out(self):
        empty()

        assert is_granted(NOON - timedelta(hours=1))

    def test_clock_set_back_gives_no_second_bucket(self):
        empty()
        earlier = NOON - timedelta(hours=1)

        assert [is_granted(earlier) for _ in range(3)] == [True, False, False]
        assert refused(earlier).retry_after == LIMIT.then_every / SECOND

    @given(back=st.integers(0, 2 * 60 * 60))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
    def test_nobody_waits_longer_than_it_takes_to_fill_an_empty_bucket_and_get_one(self, back):
        Bucket.objects.all().delete()
        empty()
        set_back = NOON - timedelta(seconds=back)

        assert is_granted(set_back) or refused(set_back).retry_after * SECOND <= CAPACITY + LIMIT.then_every

    @pytest.mark.parametrize("scale", [1, 0.01])
    def test_clocks_that_differ_by_a_minute_share_one_bucket(self, settings, scale):
        settings.READER_LIMITS_SCALE = scale
        skew = timedelta(minutes=1)

        granted = [is_granted(NOON + (number % 2) * skew) for number in range(20)]

        assert sum(granted) <= max(LIMIT.at_once * scale, 1) + skew / LIMIT.then_every


class TestPressure:
    @pytest.mark.parametrize(
        ("whose", "expected"),
        [
            ({"network": "one", "article": 1}, True),
            ({"network": "", "article": 1}, False),
            ({"network": "other", "article": 1}, False),
        ],
    )
    def test_begins_when_more_than_half_is_gone(self, narrow, whose, expected):
        narrow(network=4)
        assert is_granted()
        assert is_granted()
        assert not is_under_pressure(Doing.COMMENT, now=NOON, **whose)
        assert is_granted()

        assert is_under_pressure(Doing.COMMENT, now=NOON, **whose) == expected

    def test_ends_with_time(self, narrow):
        narrow(article=4)
        for _ in range(4):
            assert is_granted()

        later = NOON + timedelta(minutes=2)
        assert is_under_pressure(Doing.COMMENT, network="", article=1, now=later - SECOND)
        assert not is_under_pressure(Doing.COMMENT, network="", article=1, now=later)

    def test_only_reads(self, django_assert_num_queries):
        empty()
        before = set(Bucket.objects.values_list("key", "full_at"))

        with django_assert_num_queries(1):
            is_under_pressure(Doing.COMMENT, network="one", article=1, now=NOON)

        assert set(Bucket.objects.values_list("key", "full_at")) == before


def test_only_buckets_that_are_full_again_are_forgotten(narrow):
    narrow(reader=4)
    for minutes in (0, 1):
        assert is_granted(NOON + timedelta(minutes=minutes), reader=minutes + 1, network="", article=minutes + 1)

    assert forget_full_buckets(now=NOON) == 0
    # All but the second reader's is full by then.
    others = Bucket.objects.count() - 1
    assert forget_full_buckets(now=NOON + timedelta(minutes=1, seconds=1)) == others
    assert list(Bucket.objects.values_list("key", flat=True)) == ["comment:reader:2"]
