"""How good a model is, and when it may act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.spam.measures import (
    area_under_curve,
    lower_bound,
    lowest_threshold,
    may_act,
    recall_at_precision,
)


@pytest.mark.parametrize(
    ("right", "seen", "bound"),
    # Quantiles at 0.05 of the beta distribution with right and seen - right + 1.
    [
        (300, 300, 0.990064),
        (299, 300, 0.984285),
        (297, 300, 0.974359),
        (990, 1000, 0.983097),
        (995, 1000, 0.989516),
        (996, 1000, 0.990870),
        (50, 100, 0.413622),
        (9, 10, 0.605837),
        (1, 20, 0.002561),
        (1, 1, 0.05),
        (0, 10, 0),
        (0, 0, 0),
    ],
)
def test_lower_bound_is_as_in_the_tables(right, seen, bound):
    assert lower_bound(right, seen) == pytest.approx(bound, abs=1e-6)


@given(st.integers(1, 400), st.data())
def test_lower_bound_is_below_the_share_and_grows_with_what_is_right(seen, data):
    right = data.draw(st.integers(0, seen - 1))

    assert lower_bound(right, seen) < lower_bound(right + 1, seen) < (right + 1) / seen


@given(st.integers(1, 400))
def test_lower_bound_grows_with_what_is_seen_while_all_is_right(seen):
    assert lower_bound(seen, seen) < lower_bound(seen + 1, seen + 1)


@pytest.mark.parametrize(("right", "seen"), [(-1, 3), (4, 3)])
def test_lower_bound_of_the_impossible_is_refused(right, seen):
    with pytest.raises(ValueError, match="cannot be right"):
        lower_bound(right, seen)


@pytest.mark.parametrize(
    ("outcomes", "may"),
    [
        ([True] * 299, False),
        ([True] * 300, True),
        ([False] + [True] * 299, False),
        ([False] * 4 + [True] * 996, True),
        ([False] * 5 + [True] * 995, False),
        ([True] * 1000 + [False] * 500, True),
        ([False] * 500 + [True] * 1000, False),
        ([], False),
    ],
)
def test_model_acts_while_its_last_verdicts_were_right(outcomes, may):
    assert may_act(outcomes) is may


def test_area_is_the_share_of_pairs_in_the_right_order():
    assert area_under_curve([False, True, False, True], [0.1, 0.4, 0.5, 0.9]) == 3 / 4
    assert area_under_curve([False, True], [0.5, 0.5]) == 1 / 2


def test_recall_is_of_the_best_threshold_that_is_precise_enough():
    labels = [True, True, False, True, False]
    scores = [0.9, 0.8, 0.7, 0.6, 0.5]

    assert recall_at_precision(labels, scores, 0.99) == 2 / 3
    assert recall_at_precision(labels, scores, 0.75) == 1
    assert recall_at_precision([True, False], [0.5, 0.5]) == 0


def test_threshold_counts_weights_ties_together_and_half_an_error_more_than_seen():
    labels = [True] * 99 + [False]

    assert lowest_threshold(labels, [0.9] * 98 + [0.8, 0.7], [1] * 100) == 0.8
    assert lowest_threshold(labels, [0.9] * 98 + [0.7, 0.7], [1] * 100) == 0.9
    assert lowest_threshold(labels, [0.9] * 98 + [0.8, 0.7], [1] * 99 + [0.001]) == 0.7
    assert lowest_threshold([True] * 50 + [False], [0.9] * 50 + [0.8], [1] * 51) == 0.9
    assert lowest_threshold([True] * 49 + [False], [0.9] * 49 + [0.8], [1] * 50) is None
