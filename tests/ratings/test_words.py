"""Words that are found however they are disguised, and plain words that are left alone."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.folding import fold
from ratings.models import Phrase
from ratings.moderation.words import Hit, WordList, current_words

WORDS = ["casino", "viagra", "sex", "anal", "ass", "rapist", "cock", "cunt", "bum", "hell", "free*", "online casino"]


def found(text: str, *phrases: str) -> list[str]:
    """Return what is found of `phrases` in `text`, as it stands there."""
    words = WordList(("banned", phrase) for phrase in phrases or WORDS)
    return [text[slice(*hit.span)] for hit in words.find(text)]


@pytest.mark.parametrize(
    "disguise",
    [
        "casino",
        "CASINO",
        "cаsіno",
        "çàsïnö",
        "ca\u00adsino",
        "c4s1no",
        "cas|no",
        "c@$ino",
        "c.a.s.i.n.o",
        "c a s i n o",
        "c-4-$-1-n-o",
        "c,a,s,i,n,o",
        "cas-ino",
        "cas_ino",
        "c\na\ns\ni\nn\no",
        "𝓬𝓪𝓼𝓲𝓷𝓸",
    ],
)
def test_disguised_word_is_found_where_it_stands(disguise):
    assert found(f"Try ({disguise}), now!") == [disguise]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("v1agra for fr33", ["v1agra", "fr33"]),
        ("$ex and @nal", ["$ex", "@nal"]),
        ("Online — CASINO", ["Online — CASINO", "CASINO"]),
        ("o n l i n e c a s i n o", ["o n l i n e c a s i n o", "c a s i n o"]),
        ("I c a s i n o", ["c a s i n o"]),
        ("For s e x only", ["s e x"]),
        ("hello!casino", ["casino"]),
        ("freedom, freely, fre", ["freedom", "freely"]),
        ("casino casino", ["casino", "casino"]),
    ],
)
def test_every_place_is_found(text, hits):
    assert found(text) == hits


@pytest.mark.parametrize(
    "plain",
    [
        "Scunthorpe burn analysis therapist cocktail classic",
        "The road A55, in 455 and on page 4",
        "He'll see, he’ll",
        "user@nal.com",
        "an al dente dish",
        "Vitamins A, S, S and E",
        "carefree",
        "casinos",
        "on line at the inn",
        "!!!",
    ],
)
def test_plain_words_are_left_alone(plain):
    assert found(plain) == []


def test_word_that_was_listed_in_disguise_is_that_word():
    assert found("no exit, only sex", "$ex") == ["sex"]


def test_hit_says_which_phrase_and_of_which_kind():
    assert WordList([("suspect", "Casino")]).find("A casino.") == [Hit(span=(2, 8), phrase="Casino", kind="suspect")]


PHRASES = st.text(alphabet="abil1о$ -", min_size=1, max_size=12)
TEXTS = st.text(alphabet="abil1о$!+-'. ", max_size=40)


@given(TEXTS, PHRASES, TEXTS)
def test_phrase_that_is_found_alone_is_found_between_other_words(before, phrase, after):
    words = WordList([("banned", phrase)])
    if words.find(phrase):
        assert words.find(f"{before} xx , {phrase} , xx {after}")


@given(TEXTS, PHRASES)
def test_quick_look_says_the_same_as_the_search(text, phrase):
    words = WordList([("banned", phrase), ("banned", f"{phrase}*")])

    assert words.strikes(fold(text)) == bool(words.find(text))


def steps(words: WordList, text: str) -> int:
    """Return how many lines are run to look through `text`."""
    count = 0

    def step(*_of: object):
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        words.find(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", ["a ", "1 ", "a1", "!", "a!", "a-", "@", "'a", "il", "a\u0301", "\u200b", "."])
def test_twice_the_text_takes_twice_the_steps(piece):
    words = WordList([("banned", "a " * 10), ("banned", "a" * 20), ("banned", "il" * 10), ("banned", "i*")])
    once, twice = (steps(words, piece * number) for number in (200, 400))

    assert twice < 2.3 * once


class TestCurrentWords:
    def test_new_changed_and_deleted_words_hold_at_once(self, db):
        assert current_words().find("casino") == []
        word = Phrase.objects.create(phrase="casino", kind="banned", folded="casino")
        assert [hit.kind for hit in current_words().find("casino")] == ["banned"]
        Phrase.objects.update(kind="suspect")
        assert [hit.kind for hit in current_words().find("casino")] == ["suspect"]
        word.delete()
        assert current_words().find("casino") == []

    def test_they_take_one_query_and_are_made_ready_once(self, db, django_assert_num_queries):
        Phrase.objects.create(phrase="casino", folded="casino")
        with django_assert_num_queries(2):
            assert current_words() is current_words()
