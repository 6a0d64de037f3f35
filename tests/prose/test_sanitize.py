"""Cleaning rich text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.sanitize import MAX_LENGTH, TAGS, TextTooLong, clean_rich_text, plain_text
from prose.words import reading_minutes, words


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ('<p data-block-key="a1">Kept</p>', '<p data-block-key="a1">Kept</p>'),
        ('<a linktype="page" id="3">page</a>', '<a linktype="page" id="3">page</a>'),
        ('<a href="/articles/x/">own</a>', '<a href="/articles/x/">own</a>'),
        ('<a href="mailto:a@example.org">mail</a>', '<a href="mailto:a@example.org">mail</a>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="java\tscript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="&#106;avascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="vbscript:x">x</a>', "<a>x</a>"),
        ('<a href="//evil.example">x</a>', "<a>x</a>"),
        ('<a href="/\\evil.example">x</a>', "<a>x</a>"),
        ('<a href="\\\\evil.example">x</a>', "<a>x</a>"),
        ('<a href="https:evil">x</a>', "<a>x</a>"),
        ('<p style="color:red" class="x" onclick="y" title="z">x</p>', "<p>x</p>"),
        ("<h1>Loud</h1>", "Loud"),
        ('<iframe srcdoc="<script>x</script>">y</iframe>', "y"),
        ("<script>x</script><style>y</style>", ""),
        ('<img src=x onerror="y">text', "text"),
    ],
)
def test_only_what_we_allow_is_kept(source, clean):
    assert clean_rich_text(source) == clean


@given(st.text(alphabet="<>/=\"' abphrefscriptonjv:&;#!-[]", max_size=120))
def test_any_markup_becomes_clean_and_stays_so(source):
    clean = clean_rich_text(source)

    assert {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z][\w-]*)", clean)} <= TAGS
    assert clean_rich_text(clean) == clean


def test_long_text_is_refused_before_it_is_parsed():
    with pytest.raises(TextTooLong, match="50,001 characters of HTML; 50,000 are allowed"):
        clean_rich_text("x" * (MAX_LENGTH + 1))


def test_plain_text_has_a_line_for_each_paragraph_and_item():
    assert plain_text("<p>a &amp; b</p><ul><li>c</li><li>d<br>e</li></ul>") == "a & b\nc\nd\ne"


def test_entities_are_decoded_once():
    assert plain_text("<p>&amp;lt;script&amp;gt;</p>") == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s 15–30 minutes", ["It", "s", "15", "30", "minutes"]),
        ("• ✅ — ★ 💬", []),
        ("snake_case", ["snake", "case"]),
        ("naïve Übung 第一", ["naïve", "Übung", "第一"]),
    ],
)
def test_words_are_runs_of_letters_and_digits(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (238, 1), (239, 2), (2380, 10)])
def test_reading_time_is_rounded_up(count, minutes):
    assert reading_minutes(count) == minutes
