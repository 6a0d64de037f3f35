"""The line that sums an article's ratings up."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from prose.words import words
from ratings.models import RatingSummary


def line(summary: RatingSummary) -> str:
    html = render_to_string("ratings/rating_line.html", {"summary": summary})
    from prose.sanitize import plain_text

    return " ".join(plain_text(html).split())


def summary(*, legacy: tuple[str, int] = ("0", 0), **votes: int) -> RatingSummary:
    return RatingSummary(legacy_mean=Decimal(legacy[0]), legacy_count=legacy[1], **votes)


@pytest.mark.parametrize(
    ("given_summary", "expected"),
    [
        (summary(), "No reviews yet"),
        (summary(n5=1), "1 review"),
        (summary(n1=1, n5=1), "2 reviews"),
        (summary(n5=3), "★ 5.0 (3 reviews)"),
        (summary(legacy=("5.0", 40)), "★ 5.0 (40 reviews)"),
        (summary(legacy=("5.0", 40), n4=1), "★ 4.9 (41 reviews)"),
        (summary(legacy=("4.5", 2)), "2 reviews"),
        (summary(n4=1, n5=2), "★ 4.6 (3 reviews)"),
    ],
)
def test_line_reads_as_promised(given_summary, expected):
    assert words(line(given_summary)) == words(expected)
    assert ("★" in line(given_summary)) == ("★" in expected)


def test_mean_is_cut_and_not_rounded():
    assert summary(n5=99, n4=1).mean == Decimal("4.9")


@given(st.lists(st.integers(1, 5), min_size=3, max_size=300))
def test_mean_is_five_only_if_every_vote_is(stars):
    votes = {f"n{number}": stars.count(number) for number in range(1, 6)}
    assert (summary(**votes).mean == 5) == (set(stars) == {5})


@given(
    st.lists(st.integers(1, 5), max_size=200),
    st.integers(1, 2000),
    st.decimals(1, 5, places=2),
)
def test_mean_lies_between_the_worst_and_the_best(stars, legacy_count, legacy_mean):
    votes = {f"n{number}": stars.count(number) for number in range(1, 6)}
    found = RatingSummary(legacy_mean=legacy_mean, legacy_count=legacy_count, **votes)
    if found.mean is not None:
        assert min([*stars, legacy_mean]) - Decimal("0.1") < found.mean <= max([*stars, legacy_mean])
