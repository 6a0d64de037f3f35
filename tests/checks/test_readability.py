"""Sentences, and how hard they are to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.readability import lix, sentences
from prose.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It boils. It sings!", ["It boils.", "It sings!"]),
        ("Ask Dr. Brook. She knows.", ["Ask Dr. Brook.", "She knows."]),
        ("Some metals, e.g. Copper, sing.", ["Some metals, e.g. Copper, sing."]),
        ("It holds 1.5 liters. Fill it.", ["It holds 1.5 liters.", "Fill it."]),
        ("In most cases, no. Occasional noise is normal.", ["In most cases, no.", "Occasional noise is normal."]),
        ("See no. 7 below. Then go on.", ["See no. 7 below.", "Then go on."]),
        ("By D. L. Unger. It is old.", ["By D. L. Unger.", "It is old."]),
        ("Take vitamin C. It helps.", ["Take vitamin C.", "It helps."]),
        ("It stops at 5 p.m. She leaves.", ["It stops at 5 p.m.", "She leaves."]),
        ("He waited … and waited.", ["He waited … and waited."]),
        ("“Is it safe?” she asked. “Yes.” Then she left.", ["“Is it safe?” she asked.", "“Yes.”", "Then she left."]),
        ("1. Warm the pot.\n• Steep\n• Pour", ["1. Warm the pot.", "• Steep", "• Pour"]),
        ("水开了。它在唱歌！", ["水开了。", "它在唱歌！"]),
        ("— … !\n\n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("It boils.", 2),  # 2 words in 1 sentence, no long one
        ("It whistles. It boils.", 27),  # 2 words a sentence, and 1 of 4 words is long
    ],
)
def test_lix_is_words_a_sentence_plus_the_percentage_of_long_words(text, expected):
    assert lix(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_word_of_a_text_is_in_one_sentence(text):
    assert [word for sentence in sentences(text) for word in words(sentence)] == words(text)
