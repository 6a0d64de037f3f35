"""Calm notices on what a reader is about to send."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.notices import Kind, notices_on


def words_of(kind: Kind, text: str) -> tuple[str, ...]:
    return next((notice.words for notice in notices_on(text) if notice.kind == kind), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My left leg went numb.", ("numb",)),
        ("NUMBNESS since Monday", ("NUMBNESS",)),
        ("I have chest pain", ("chest pain",)),
        ("a tightness in my chest", ("tightness in my chest",)),
        ("I can't breathe at night", ("can't breathe",)),
        ("I can’t breathe at night", ("can’t breathe",)),
        ("some shortness\nof breath", ("shortness\nof breath",)),
        ("I lost bladder control", ("bladder control",)),
        ("I lost control of my bowels", ("control of my bowels",)),
        ("it tingles in the saddle area", ("saddle area",)),
        ("weakness on one side", ("weakness on one side",)),
        ("her slurred speech", ("slurred speech",)),
        ("I fainted twice", ("fainted",)),
        ("He was coughing up blood", ("coughing up blood",)),
        ("I feel suicidal", ("suicidal",)),
        ("Some days I want to die.", ("want to die",)),
        ("numb, then numb again, then I passed out", ("numb", "passed out")),
    ],
)
def test_red_flags_are_named(text, words):
    assert words_of(Kind.RED_FLAG, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A number of people",
        "numbers and numbering",
        "Use a numbing cream",
        "my chest of drawers",
        "chest. Pain comes later",
        "Breathe in, breathe out",
        "out of breath after stairs, as always",
        "a bike saddle",
        "saddle sore",
        "the control group",
        "one side of the story",
        "a faint line",
        "blood pressure",
        "to die for",
        "the bladder is a muscle",
        "the end of my life story is far",
    ],
)
def test_ordinary_words_raise_no_flag(text):
    assert notices_on(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to ruth.w+x@mail.example.org, please", ("ruth.w+x@mail.example.org",)),
        ("+49 30 1234567", ("+49 30 1234567",)),
        ("+44 (0)20 7946 0958.", ("+44 (0)20 7946 0958",)),
        ("0044 20 7946 0958", ("0044 20 7946 0958",)),
        ("+12125550199", ("+12125550199",)),
        ("(212) 555-0199", ("(212) 555-0199",)),
        ("212-555-0199", ("212-555-0199",)),
        ("212.555.0199", ("212.555.0199",)),
        ("1-212-555-0199", ("1-212-555-0199",)),
        ("020 7946 0958", ("020 7946 0958",)),
        ("(030) 1234567", ("(030) 1234567",)),
        ("0171/1234567", ("0171/1234567",)),
        ("01 23 45 67 89", ("01 23 45 67 89",)),
        ("call me at 5550199", ("call me at 5550199",)),
        ("WhatsApp: 98765 43210", ("WhatsApp: 98765 43210",)),
        ("My SSN is 123-45-6789", ("123-45-6789",)),
        ("QQ 12 34 56 C or AB 12 34 56 C", ("AB 12 34 56 C",)),
        ("my neighbor Anna Smith has diabetes", ("my neighbor Anna Smith has diabetes",)),
        ("My daughter Mia was diagnosed last year", ("My daughter Mia was diagnosed",)),
        ("my friend Tom died of lung cancer", ("my friend Tom died of lung cancer",)),
        ("a@b.example and 212-555-0199", ("a@b.example", "212-555-0199")),
    ],
)
def test_personal_data_are_named(text, words):
    assert words_of(Kind.PERSONAL_DATA, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "I took 120/80",
        "in 1998–2003",
        "1998-2003",
        "8 x 400 mg",
        "on 01.02.2024",
        "on 01.02.2024 14:30",
        "since 2024-05-12",
        "05/12/2024 10:15",
        "ISBN 978-3-16-148410-0",
        "ISBN 0-306-40615-2",
        "PMID 12345678",
        "doi 10.1056/NEJMoa2034577",
        "10 000 steps, 1 000 000 people",
        "it was 1,200.00 dollars, or $3.500",
        "0.123456789 of it",
        "call 911, or 112",
        "call 1-800-273-8255",
        "0800 111 0111",
        "250, 500, 1000 mg",
        "about 100-200-3000 of them",
        "me @ home, see @ruth",
        "my mother was diagnosed with diabetes",
        "my friend Anna has a dog",
        "Anna Smith wrote this",
        "sets of 10-12-15 reps",
        "https://example.org/2024/05/12/",
    ],
)
def test_ordinary_numbers_and_people_are_left_alone(text):
    assert notices_on(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("STOP " * 11, ("STOP",)),
        ("STOP " * 10, ()),
        ("THIS IS WHAT EVERYBODY SHOULD KNOW ABOUT their backs OK", ("THIS", "IS", "WHAT", "EVERYBODY", "SHOULD")),
        ("MRI and CT and ECG are the usual ways of looking into people.", ()),
        ("これは大声ではありません。" * 9, ()),
        ("1998 " * 40, ()),
    ],
)
def test_shouting_is_mostly_capitals_over_forty_letters(text, words):
    assert words_of(Kind.SHOUTING, text)[:5] == words


def test_gravest_notice_comes_first():
    text = "MY CHEST PAIN IS BACK AND NOBODY EVER ANSWERS ME UNDER 212-555-0199"

    assert [notice.kind for notice in notices_on(text)] == [Kind.RED_FLAG, Kind.PERSONAL_DATA, Kind.SHOUTING]


def test_words_within_longer_ones_are_told_once():
    (notice,) = notices_on("Call me at 020 7946 0958, please.")

    assert len(notice.words) == 1
    assert "020 7946 0958" in notice.words[0]


def test_notice_speaks_calmly_and_cannot_be_changed():
    (notice,) = notices_on("It is numb.")

    assert notice.message.startswith("This site cannot see you.")
    assert "your doctor or the emergency number" in notice.message
    with pytest.raises(dataclasses.FrozenInstanceError):
        notice.message = "Run!"


@given(st.text(alphabet="+0129()-./ @aA.my'’numbchest\n", max_size=200))
def test_words_of_a_notice_are_the_readers_own(text):
    for notice in notices_on(text):
        assert notice.words
        assert all(word in text for word in notice.words)
