"""What others can read, and whom a name looks like."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ratings.wording import RESERVED, length, looks_like_one_of, poses_as_one_of, readable_name, readable_text, skeleton

FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇩🇪"
TIBETAN_STACK = "ཧྐྵྨླྺྼྻྂ"


def refusal(function, *arguments) -> str:
    with pytest.raises(ValidationError) as error:
        function(*arguments)
    return error.value.message % (error.value.params or {})


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("👍🏽", 1),
        ("1️⃣", 1),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1),
        (FLAG * 3, 3),
        (FLAG + "🇫", 2),
        (FLAG * 20_000, 20_000),
        (TIBETAN_STACK, 1),
    ],
)
def test_length_is_what_readers_see(text, characters):
    assert length(text) == characters


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "  an indent\n\tand a tab  ",
        "e\u0301 is not \u00e9",
        f"{FAMILY} {FLAG} 👍🏽 1️⃣ ❤️ 👩‍❤️‍💋‍👨 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👍",
        "בְּרֵאשִׁ֖ית בָּרָ֣א",
        "بِسْمِ ٱللَّهِ می‌خواهم",
        TIBETAN_STACK,
        "น้ำใจที่ดี",
        "Nguyễn Thị Ngọc",
        "क्षत्रिय",
        "a \u202bشكرا\u202c b \u2066c\u202ad\u202c\u2069",
        "a\u200fb",
        "middle\ufeffmark",
        '<![><img src="]> {{ 7*7 }} %(x)s {0.__class__}',
        "=SUM(A1)",
        "x" * 5000,
        FLAG * 5000,
    ],
)
def test_readable_text_stays_as_written(text):
    assert readable_text(text) == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cn", "Mn", "Me")), max_size=50))
def test_what_is_accepted_is_returned_unchanged(text):
    text = "a" + text

    assert readable_text(text) == text


@pytest.mark.parametrize(("text", "kept"), [("a\r\nb\rc", "a\nb\nc"), ("\ufeffa", "a"), ("\ufeff\ufeffa", "\ufeffa")])
def test_line_ends_become_plain_and_one_byte_order_mark_goes(text, kept):
    assert readable_text(text) == kept


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ud800", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"],
)
def test_what_cannot_be_shown_is_refused(character):
    assert "invisible control characters" in refusal(readable_text, f"a{character}b")
    assert "invisible control characters" in refusal(readable_name, f"a{character}b")


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\ufeff", "\u200b\u2060", "\u3164\uffa0\u115f", "\u2800", "\u00a0\u2003"]
)
def test_text_with_nothing_to_see_is_refused(text):
    assert refusal(readable_text, text) == "Please write something before you send it."


def test_text_that_is_too_long_is_refused_in_characters():
    message = "Your comment has 5,001 characters; 5,000 are allowed. Please shorten it."

    assert refusal(readable_text, "x" * 5001) == message
    assert refusal(readable_text, FLAG * 5001) == message


def test_short_text_of_very_many_code_points_is_refused():
    assert readable_text(FAMILY * 2857)

    assert "too many composed characters" in refusal(readable_text, FAMILY * 2858)


@pytest.mark.parametrize("between", ["", "\u200d", "\u0903"])
def test_towers_of_marks_are_refused(between):
    assert readable_text("Z" + f"\u0301{between}" * 8)

    assert "too many marks" in refusal(readable_text, "Z" + f"\u0301{between}" * 9)


def test_towers_of_marks_are_refused_in_names():
    assert "too many marks" in refusal(readable_name, "Z" + "\u0301" * 9)


@pytest.mark.parametrize(
    "text",
    ["\u202ea", "a\u202c", "\u2066a", "a\u2069", "\u202ea\nb\u202c", "\u202ea\u2069", "\u2066\u202aa\u2069\u202c"],
)
def test_direction_marks_left_open_are_refused(text):
    assert "reading direction" in refusal(readable_text, text)


@pytest.mark.parametrize(
    "name",
    [
        "Ruth",
        "O’Neill-Weiß, 3rd",
        "علی‌رضا",
        "क्‍ष",
        "র‍্যাব",
        "അവന്‍",
        "葛󠄀城",
        "Nguyễn Thị Ngọc",
        "Ruth 👩‍⚕️",
        "Ruth ❤️",
        "7",
        "e\u0301",
        "x" * 80,
    ],
)
def test_readable_name_stays_as_written(name):
    assert readable_name(name) == name


def test_white_space_around_a_name_goes():
    assert readable_name("\t Ruth Weiss \r\n") == "Ruth Weiss"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "Please give a name"),
        ("...", "Please give a name"),
        ("\u3164\u2800", "Please give a name"),
        ("👍", "Please give a name"),
        ("Ruth\r\nBcc: all@example.org", "one line"),
        ("Ruth\tWeiss", "one line"),
        ("Ruth\u2028Weiss", "one line"),
        ("Ruth \u202eevil", "reading direction"),
        ("Ruth \u2066x\u2069", "reading direction"),
        ("Ruth\u200f", "reading direction"),
        ("Ad\u200bmin", "invisible characters"),
        ("Ad\u200dmin", "invisible characters"),
        ("Ad\u200cmin", "invisible characters"),
        ("Ad\u00admin", "invisible characters"),
        ("Ad\u2060min", "invisible characters"),
        ("Ad\ufe0fmin", "invisible characters"),
        ("Ruth\u3164", "invisible characters"),
        ("Ruth\u2800Weiss", "invisible characters"),
        ("علی\u200c\u200cرضا", "invisible characters"),
        ("x" * 81, "81 characters; 80 are allowed"),
    ],
)
def test_name_that_others_cannot_read_is_refused(name, reason):
    assert reason in refusal(readable_name, name)


@pytest.mark.parametrize(
    "name",
    [
        "ADMIN",
        "\u0410dmin",
        "\u0391DMIN",
        "\u0430dm\u0456n",
        "Adm1n",
        "AdmIn",
        "Adrnin",
        "ＡＤＭＩＮ",
        "A d m i n",
        "a.d-m_i n!",
        "Ad\u200bmin",
        "Ádmïn",
        "ᴀᴅᴍɪɴ",
        "ⓐⓓⓜⓘⓝ",
        "𝔞𝔡𝔪𝔦𝔫",
        "Admin ✓",
    ],
)
def test_name_that_looks_like_another_has_its_skeleton(name):
    assert skeleton(name) == skeleton("admin")
    assert looks_like_one_of(name, RESERVED)


@pytest.mark.parametrize("name", ["Adam", "Admina", "Ruth", "Ольга", "علی", "山田", "", "👍"])
def test_other_names_look_like_nobody(name):
    assert not looks_like_one_of(name, (*RESERVED, "Ruth Weiss", "", "👍"))


@given(st.text(max_size=80))
def test_skeleton_of_a_skeleton_is_itself(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    "name",
    [
        "Maren Holloway",
        "Dr. Maren Holloway",
        "Maren Holloway, MD",
        "maren h0lloway (reviewer)",
        "MarenHolloway",
        "The Moderator",
        "moderator_1",
        "Admin 2",
        "Almanac Team",
        "Almanac Editors",
        "Jo",
    ],
)
def test_name_poses_as_somebody_here(name):
    assert poses_as_one_of(name, ["Maren Holloway", "Jo"])


@pytest.mark.parametrize("name", ["Maren", "Holloway", "Joanna", "Maren Hollow", "Dr. Jo Stone", "Ruth", "山田", "👍"])
def test_name_like_many_others_poses_as_nobody(name):
    assert not poses_as_one_of(name, ["Maren Holloway", "Jo", ""])
