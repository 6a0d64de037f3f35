"""Text as it is searched: folded, and found again where it stood."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ratings.folding import Folded, fold

DISGUISES = st.text(alphabet="cаѕіnо ＣＡＳ\u00ad\u200b\u0301éßﬁŁ\n\u2003🅰②", max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Crème  brûlée", "creme brulee"),
        ("ＣＡＳＩＮＯ", "casino"),
        ("cаsіno", "casino"),
        ("ca\u00adsi\u200bno", "casino"),
        ("🅲🅰🆂🅸🅽🅾 𝓬𝓪𝓼𝓲𝓷𝓸 ᴄᴀsɪɴᴏ", "casino casino casino"),
        ("Łódź, Ærø, Straße, ﬁn", "lodz, aero, strasse, fin"),
        ("\n a\t\u2003b \n", "a b"),
        ("٣ ② ३", "3 2 3"),
    ],
)
def test_case_accents_widths_lookalikes_and_invisible_characters_make_no_difference(text, folded):
    assert fold(text) == folded


def test_latin_letters_stay_themselves():
    assert fold("burn ill 10 Il|") == "burn ill 10 il|"


def test_other_scripts_are_found_in_capitals_too():
    for word in ("вино", "привет", "νερο", "սուրճ"):
        assert fold(word.upper()) == fold(word)


@given(DISGUISES)
@example("ı̇\u0345ŉ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(DISGUISES)
def test_places_are_those_of_the_same_folding_and_go_forward(text):
    folded = Folded.of(text)

    assert folded.text == fold(text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(start < end for start, end in zip(folded.starts, folded.ends, strict=True))


@given(DISGUISES, DISGUISES, DISGUISES)
def test_what_is_found_folds_back_to_what_was_searched(before, needle, after):
    folded = Folded.of(f"{before} {needle} {after}")
    searched = fold(needle)
    place = folded.text.find(searched)
    if searched and place >= 0:
        start, end = folded.span(place, place + len(searched))

        # One character may fold to several, of which the needle has a part.
        assert searched in fold(f"{before} {needle} {after}"[start:end])


def test_accent_belongs_to_its_letter():
    assert Folded.of("xe\u0301\u200by").span(1, 2) == (1, 4)
