"""An editor says what lines are: they become that kind, and every word of them stays, whatever they look like."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.blocks.registry import kinds
from articles.blocks.table.recognize import cuts_of, row_words
from articles.exchange.accounting import keeps_words
from articles.exchange.findings import Found
from articles.exchange.lines import read_lines
from articles.exchange.recognition import recognized_as
from articles.exchange.recognizers import block_recognizers
from articles.exchange.source import Given
from prose.words import words
from tests.exchange.test_properties import texts

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.txt"))
ALWAYS = sorted({*block_recognizers()} - {"video", "heading", "table"})
"""Kinds that any words can become. A video needs its address, a heading is short, a table has a size."""

every_kind = pytest.mark.parametrize("kind", [*block_recognizers()])
written = texts.map(lambda text: text.replace("\r", " "))


def made(kind: str, text: str, cuts: tuple[tuple[int, ...], ...] = ()) -> Found | None:
    """Return `text` as the block that it is made by force, without asking what it looks like."""
    lines = read_lines(tuple(text.split("\n")))
    return block_recognizers()[kind].made_of(lines, Given(first=1, last=len(lines), kind=kind, cuts=cuts))


def keeps_all(found: Found, text: str) -> bool:
    """Whether the block shows the words of its text, and these are, with its labels, the words of `text`."""
    told = Counter(words(found.text))
    for label in found.labels:
        told.update(words(label.text))
    return keeps_words(found) and told == Counter(words(text))


@every_kind
@settings(max_examples=120, deadline=None)
@given(text=written)
@example(text="1. 2. 3.")
@example(text="> 1. 2.")
def test_any_text_is_made_what_is_asked_and_keeps_its_words(kind, text):
    found = made(kind, text)

    assert found is None or (found.kind == kind and keeps_all(found, text))


@pytest.mark.parametrize("kind", ALWAYS)
@settings(max_examples=40, deadline=None)
@given(text=written.filter(words))
def test_words_can_always_be_made_what_is_asked(kind, text):
    assert made(kind, text)


@every_kind
def test_articles_are_made_what_is_asked_piece_by_piece(kind):
    for path in ARTICLES:
        for text in path.read_text().split("\n\n"):
            found = made(kind, text)
            assert kind not in ALWAYS or found
            assert found is None or keeps_all(found, text)


@pytest.mark.parametrize("kind", ["text", *ALWAYS])
def test_what_is_made_is_a_draft_that_can_be_stored(kind):
    block = kinds()[kind]
    for path in ARTICLES[:5]:
        for text in path.read_text().split("\n\n"):
            lines = read_lines(tuple(text.split("\n")))
            found = recognized_as(lines, Given(first=1, last=len(lines), kind=kind))
            block.clean_deferred(block.to_python(found.value))


@settings(max_examples=60, deadline=None)
@given(
    text=written.filter(words),
    cuts=st.lists(st.lists(st.integers(-3, 12), max_size=4).map(tuple), max_size=6).map(tuple),
)
def test_table_keeps_its_words_wherever_it_is_cut(text, cuts):
    found = made("table", text, cuts)

    assert found is None or keeps_all(found, text)


def test_table_is_cut_by_hand_where_it_was_cut_by_itself():
    text = "Name\tHeight\nBig tree\t12 m\n\tnone"
    lines = read_lines(tuple(text.split("\n")))

    assert cuts_of(lines) == ((1,), (2,), (0,))
    assert row_words(lines[1]) == ["Big", "tree", "12", "m"]
    assert made("table", text, cuts_of(lines)) == made("table", text)
    moved = made("table", text, ((1,), (1,), (0,)))
    assert [row["values"] for row in moved.value["table"]["rows"]] == [["Big", "tree 12 m"], ["", "none"]]
