"""Which votes look like a wave."""

import dataclasses
import itertools
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.brigading import Tally, Thresholds, Vote, Wave, wave_among
from tests.conftest import NOON

LIMITS = Thresholds()
keys = itertools.count(1)


def vote(stars: int = 5, network: str = "", *, minutes: float = 5, new: bool = True, counted: bool = True) -> Vote:
    given_at = NOON - timedelta(minutes=minutes)
    since = given_at if new else NOON - timedelta(days=90)
    return Vote(key=next(keys), stars=stars, network=network, given_at=given_at, reader_since=since, counted=counted)


def crowd(number: int, stars: int = 5, **fields) -> list[Vote]:
    """Votes from as many networks."""
    return [vote(stars, f"network {index}", **fields) for index in range(number)]


def house(number: int, stars: int = 5, **fields) -> list[Vote]:
    """Votes from one network."""
    return [vote(stars, "one house", **fields) for _ in range(number)]


def wave(votes: list[Vote], *, earlier: int = 0, mean: float = 4.5, last_month: int | None = None) -> Wave | None:
    """Judge `votes` after `earlier` ratings with this mean."""
    counted = [vote for vote in votes if vote.counted]
    total = Decimal(mean) * earlier + sum(vote.stars for vote in counted)
    tally = Tally(count=earlier + len(counted), total=total)
    return wave_among(votes, tally=tally, last_month=len(counted) if last_month is None else last_month, now=NOON)


def rules(found: Wave | None) -> list[str]:
    return [finding.rule for finding in found.findings] if found else []


def keys_of(votes: list[Vote]) -> frozenset[int]:
    return frozenset(vote.key for vote in votes)


# Who is no wave


def test_newsletter_brings_many_new_readers_at_once_and_all_count():
    assert wave(crowd(100, 5), earlier=40, mean=4.6) is None
    assert wave(crowd(100, 5)) is None


def test_colleagues_behind_one_address_all_count():
    assert wave(house(8), earlier=40, mean=4.6) is None
    assert wave(house(8, 1), earlier=40, mean=4.6) is None


def test_known_readers_behind_one_address_count_in_a_month_that_is_busy():
    assert wave(house(12, new=False), earlier=3000, last_month=3000) is None


def test_first_votes_have_no_mean_to_jump_from():
    assert wave(crowd(30, 1), earlier=LIMITS.earlier - 1, mean=5) is None


def test_unknown_networks_are_not_one():
    assert wave([vote(5, "") for _ in range(100)], earlier=40, mean=4.6) is None


def test_what_is_older_than_the_window_is_no_part_of_it():
    assert wave(house(100, 1, minutes=61), earlier=40, mean=4.6) is None


# Who is one


def test_crowd_that_turns_the_mean_around_is_set_aside():
    votes = crowd(20, 1)
    found = wave(votes, earlier=40, mean=4.6)

    assert found.keys == keys_of(votes)
    assert rules(found) == ["velocity", "new_readers", "jump"]


def test_crowd_that_lifts_the_mean_is_set_aside_as_well():
    votes = crowd(20, 5)

    assert wave(votes, earlier=40, mean=2).keys == keys_of(votes)


def test_crowd_of_known_readers_is_set_aside_if_it_comes_at_once():
    votes = crowd(20, 1, new=False)

    assert rules(wave(votes, earlier=40, mean=4.6)) == ["velocity", "jump"]
    assert wave(votes, earlier=4000, mean=4.6, last_month=4000) is None


def test_house_that_votes_at_once_with_new_cookies_is_set_aside():
    votes = house(12)

    assert rules(wave(votes)) == ["velocity", "new_readers", "network"]
    assert wave(votes).keys == keys_of(votes)


def test_flood_from_one_network_needs_no_other_sign():
    votes = house(LIMITS.flood, new=False)
    found = wave(votes, earlier=9000, last_month=9000)

    assert (found.keys, rules(found)) == (keys_of(votes), ["network"])


def test_network_without_the_majority_is_no_sign():
    assert wave(house(40) + crowd(40)) is None
    assert wave(house(41) + crowd(40)) is not None


def test_who_lives_elsewhere_counts_beside_a_house_that_is_set_aside():
    votes = house(12)

    assert wave(votes + crowd(8)).keys == keys_of(votes)


def test_known_readers_count_beside_new_ones_that_are_set_aside():
    votes, known = house(30), house(5, new=False)

    assert wave(votes + known).keys == keys_of(votes)


def test_votes_of_the_window_are_no_part_of_what_is_usual():
    votes = crowd(20, 1, new=False)

    assert rules(wave(votes, earlier=40, mean=4.6, last_month=4 * 720 + len(votes))) == ["velocity", "jump"]
    assert wave(votes, earlier=40, mean=4.6, last_month=4 * 720 + len(votes) + 1) is None


def test_reasons_are_words_that_a_moderator_understands():
    found = wave(crowd(20, 1), earlier=40, mean=4.6, last_month=60 + 680)

    assert [finding.reason for finding in found.findings] == [
        "20 votes came in a time in which 1.0 are usual.",
        "20 of 20 votes are by readers who had never been seen before.",
        "The votes have a mean of 1.0 stars, and the 40 ratings before them 4.6.",
    ]


def test_reasons_are_those_of_the_votes_that_are_set_aside():
    house_that_agrees, others = house(12, 5, new=False), crowd(11, 1, new=False)
    found = wave(house_that_agrees + others, earlier=40, mean=4.6)

    assert (found.keys, rules(found)) == (keys_of(others), ["velocity", "jump"])


def test_votes_set_aside_before_still_show_the_wave():
    held, late = crowd(15, 1, counted=False), crowd(5, 1)

    assert wave(late, earlier=40, mean=4.6) is None
    assert wave(held + late, earlier=40, mean=4.6).keys == keys_of(late)


def test_nothing_left_to_set_aside_is_no_wave():
    assert wave(crowd(15, 1, counted=False), earlier=40, mean=4.6) is None


# What holds for all votes

stars = st.integers(1, 5)
networks = st.sampled_from(["", "one", "two", "three"])
votes_of_any_kind = st.lists(
    st.builds(
        vote,
        stars,
        networks,
        minutes=st.floats(0, 120),
        new=st.booleans(),
        counted=st.booleans(),
    ),
    max_size=100,
)
earlier_counts = st.integers(0, 200)
earlier_means = st.floats(1, 5)


@given(votes_of_any_kind, earlier_counts, earlier_means)
def test_only_counted_votes_of_the_window_are_set_aside(votes, earlier, mean):
    found = wave(votes, earlier=earlier, mean=mean)

    if found is not None:
        candidates = [vote for vote in votes if vote.counted and vote.given_at > NOON - LIMITS.window]
        assert set() < found.keys <= keys_of(candidates)


@given(votes_of_any_kind, earlier_counts, earlier_means)
def test_it_takes_two_rules_or_a_flood(votes, earlier, mean):
    found = wave(votes, earlier=earlier, mean=mean)

    if found is not None:
        most = max(sum(vote.network == name for vote in votes) for name in ("one", "two", "three"))
        assert len(found.findings) >= 2 or (rules(found) == ["network"] and most >= LIMITS.flood)


@given(votes_of_any_kind.flatmap(lambda votes: st.tuples(st.just(votes), st.permutations(votes))), earlier_means)
def test_order_of_votes_is_irrelevant(both_orders, mean):
    votes, shuffled = both_orders

    assert wave(votes, earlier=40, mean=mean) == wave(shuffled, earlier=40, mean=mean)


@given(st.lists(st.sampled_from([4, 5]), max_size=100), st.booleans(), earlier_counts)
def test_any_number_of_honest_votes_is_no_wave(given_stars, new, earlier):
    votes = [vote(number, f"network {index}", new=new) for index, number in enumerate(given_stars)]

    assert wave(votes, earlier=earlier, mean=4.6) is None


@given(votes_of_any_kind, st.sampled_from([4, 5]), st.booleans(), earlier_counts)
def test_honest_vote_counts_in_the_middle_of_a_wave(votes, given_stars, new, earlier):
    honest = vote(given_stars, "a home", new=new)
    found = wave([*votes, honest], earlier=earlier, mean=4.6)

    assert found is None or honest.key not in found.keys


@given(st.lists(st.builds(vote, stars, networks, new=st.booleans()), max_size=100), earlier_counts, earlier_means)
def test_unknown_network_is_never_a_reason(votes, earlier, mean):
    unknown = [dataclasses.replace(vote, network="") for vote in votes]

    assert "network" not in rules(wave(unknown, earlier=earlier, mean=mean))


@pytest.mark.parametrize("number", range(LIMITS.least))
def test_fewer_than_the_least_are_never_a_wave(number):
    assert wave(house(number, 1), earlier=40, mean=5) is None
