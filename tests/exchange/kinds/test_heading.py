"""Recognizing a heading."""

import pytest

BELOW = "A paragraph that is long enough to be read as what the line above it is heading."


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A Short Line", 2),
        ("Is it safe?", 2),
        ("## A short line", 2),
        ("### A short line", 3),
        ("# A short line", 2),
        ("**A Short Line**", 2),
        ("1. Start slowly", 2),
        ("1) Start slowly", 2),
        ("Start slowly!", 2),
    ],
)
def test_short_line_on_its_own_is_a_heading(read, text, level):
    heading, paragraph = read(f"{text}\n\n{BELOW}").blocks[1:]
    assert (heading.kind, heading.facts, paragraph.kind) == ("heading", {"level": level}, "text")


def test_heading_may_stand_directly_above_its_paragraph(kinds):
    assert kinds(f"A Short Line\n{BELOW}") == ["heading", "text"]


def test_heading_may_stand_between_paragraphs_without_blank_lines(kinds):
    assert kinds(f"{BELOW}\nA Short Line\n{BELOW}") == ["text", "heading", "text"]


def test_heading_keeps_its_number_and_loses_its_emphasis(read):
    texts = [block.value["text"] for block in read(f"**1. Start**\n\n{BELOW}").blocks if block.kind == "heading"]
    assert texts == ["1. Start"]


@pytest.mark.parametrize(
    "text",
    [
        "You need three things:",
        "This is a short sentence.",
        "and this goes on",
        "The last line without an end",
        "• An item",
    ],
)
def test_other_short_lines_are_no_headings(read, text):
    below = "" if text.startswith("The last") else f"\n\n{BELOW}"
    assert "heading" not in [block.kind for block in read(text + below).blocks]
