"""What the model sees of a text."""

import pytest

from ratings.moderation.spam.features import View, counts, fold
from ratings.moderation.spam.folds import parted
from ratings.moderation.spam.shapes import shapes_of


@pytest.mark.parametrize(
    "written",
    ["WhatsApp", "whatsapp", "wһаtѕарр", "ｗｈａｔｓａｐｐ", "𝐖𝐡𝐚𝐭𝐬𝐀𝐩𝐩", "whats\u200bapp", "whаtsápp", "ⓦⓗⓐⓣⓢⓐⓟⓟ"],
)
def test_same_looking_words_are_one(written):
    assert fold(written) == "whatsapp"


def test_digits_are_one_and_other_scripts_stay():
    assert fold("+234-800") == "+000-000"
    assert fold("Ж中ä") == "ж中a"


def test_text_is_seen_as_words_pairs_and_pieces():
    seen = counts("Buy now, buy!")

    assert seen[View.WORDS] == {"buy": 2, "now": 1, "buy now": 1, "now buy": 1}
    assert seen[View.PIECES][" buy"] == 2
    assert seen[View.PIECES]["y n"] == 0
    assert seen[View.SHAPES] == {"very short": 1}


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("See https://www.nhs.uk/conditions/ for more than that", {"link", "short"}),
        ("go to bit.ly/2abc", {"short link", "link", "very short"}),
        ("a@b-mail.com or +1 202 555 0148", {"e-mail", "telephone", "link", "digits", "short"}),
        ("only $5 &amp; <b>free</b>!!", {"money", "entity", "markup", "marks", "short"}),
        (
            "sooo f r e e\n𝐧𝐨𝐰 🔥 сlick?",
            {"stretched", "spaced", "lines", "ornate", "pictures", "mixed scripts", "question", "short"},
        ),
        ("BUY THIS TODAY\u200b", {"capitals", "invisible", "very short"}),
        ("word " * 60, {"long"}),
        ("", {"very short"}),
    ],
)
def test_shapes_are_told_by_name(text, shapes):
    assert set(shapes_of(text)) == shapes


def test_parts_are_about_even_never_tear_a_group_and_are_always_alike():
    groups = ["c"] * 5 + ["a"] * 3 + ["b"] * 3 + ["d"]

    assert parted(groups, 2) == [0] * 5 + [1] * 6 + [0]
    assert parted(groups[::-1], 2) == parted(groups, 2)[::-1]
