"""Whether two texts say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.likeness import SHORTEST, are_near, distance, fingerprint_of

TEXT = (
    "I have had a stiff neck since I moved to the new desk. My physiotherapist showed me three exercises, and after "
    "two weeks of doing them every morning I can turn my head again without pain."
)
OTHER = (
    "Does anybody know whether cracking the back does harm in the long run? My uncle has done it for thirty years, and "
    "his doctor only shrugs. I would like to read what studies say."
)


def test_same_words_in_another_dress_are_the_same():
    dressed = TEXT.upper().replace(".", " !!\n").replace("e", "é")

    assert distance(fingerprint_of(TEXT), fingerprint_of(dressed)) == 0


@pytest.mark.parametrize(("word", "other"), [("three", "four"), ("weeks", "months"), ("stiff ", "")])
def test_text_with_another_word_is_near(word, other):
    assert are_near(fingerprint_of(TEXT), fingerprint_of(TEXT.replace(word, other)))


def test_text_with_a_link_behind_it_is_near():
    assert are_near(fingerprint_of(TEXT), fingerprint_of(TEXT + " www.x.example"))


def test_other_text_is_far():
    assert not are_near(fingerprint_of(TEXT), fingerprint_of(OTHER))


@given(st.text(min_size=SHORTEST))
def test_fingerprint_fits_into_the_column(text):
    fingerprint = fingerprint_of(text)

    assert fingerprint is None or -(2**63) <= fingerprint < 2**63


def test_short_text_has_none():
    assert fingerprint_of("Thank you, that was just what I needed!") is None


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_distance_counts_the_bits_in_which_both_differ(one, other):
    assert distance(one, other) == distance(other, one) == sum((one >> bit ^ other >> bit) & 1 for bit in range(64))
