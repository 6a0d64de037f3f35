"""What becomes of lines that somebody says are a kind, kind by kind."""

import pytest

from articles.exchange.findings import Found
from articles.exchange.lines import read_lines
from articles.exchange.recognition import recognize, recognized_as
from articles.exchange.source import Given, Source

LINES = "Before you go\n\nFill the kettle.\nNever leave it alone."


def as_kind(kind: str, text: str) -> Found:
    lines = read_lines(tuple(text.split("\n")))
    found = recognized_as(lines, Given(first=1, last=len(lines), kind=kind))
    assert isinstance(found, Found)
    assert found.kind == kind
    return found


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("tip", {"variant": "tip", "title": "Before you go"}),
        ("warning", {"urgency": "non_urgent", "title": "Before you go"}),
        ("conclusion", {"title": "Before you go"}),
        ("case_study", {"title": "Before you go", "outcome": ""}),
        ("takeaways", {"title": "Before you go", "items": ["Fill the kettle.", "Never leave it alone."]}),
        ("discussion", {"prompt": "Before you go\nFill the kettle.\nNever leave it alone."}),
        ("heading", {"text": "Before you go Fill the kettle. Never leave it alone.", "level": "2"}),
        ("quote", {"text": "Before you go Fill the kettle. Never leave it alone.", "speaker": ""}),
        ("figure", {"caption": "Before you go Fill the kettle. Never leave it alone.", "credit": ""}),
        (
            "checklist",
            {
                "title": "Before you go",
                "items": [
                    {"action": "do", "text": "Fill the kettle."},
                    {"action": "avoid", "text": "Never leave it alone."},
                ],
            },
        ),
        (
            "steps",
            {
                "title": "Before you go",
                "steps": [
                    {"title": "Fill the kettle.", "minutes": None, "body": ""},
                    {"title": "Never leave it alone.", "minutes": None, "body": ""},
                ],
            },
        ),
        (
            "faq",
            {"items": [{"question": "Before you go", "answer": "<p>Fill the kettle.</p><p>Never leave it alone.</p>"}]},
        ),
        (
            "myth_fact",
            {"pairs": [{"myth": "Before you go", "fact": "<p>Fill the kettle.</p><p>Never leave it alone.</p>"}]},
        ),
    ],
)
def test_same_lines_become_any_kind(kind, value):
    found = as_kind(kind, LINES).value

    assert {name: found[name] for name in value} == value


def test_headings_in_steps_questions_and_myths_begin_the_next_one():
    text = "## All\n\n### Step 1: Warm it (5 min)\n\nSwirl.\n\n### Pour\n\n- slowly"

    assert as_kind("steps", text).value["steps"] == [
        {"title": "Warm it", "minutes": 5, "body": "<p>Swirl.</p>"},
        {"title": "Pour", "minutes": None, "body": "<ul><li>slowly</li></ul>"},
    ]
    for kind, name, opening in (("faq", "items", "question"), ("myth_fact", "pairs", "myth")):
        value = as_kind(kind, text).value
        assert value["title"] == "All"
        assert [each[opening] for each in value[name]] == ["Step 1: Warm it (5 min)", "Pour"]


def test_last_short_line_says_who_is_quoted():
    value = {"text": "It sings.", "speaker": "Ada Brook", "credential": "Physicist"}

    assert as_kind("quote", "It sings.\nAda Brook (Physicist)").value == value
    assert as_kind("quote", "“It sings.” — Ada Brook, Physicist").value == value


def test_picture_keeps_its_address_and_description():
    found = as_kind("figure", "Photo: Ann Lee\n![A cat](media/cat.png)\n*At home*")

    assert found.picture == "media/cat.png"
    assert found.value == {"image": None, "alt": "A cat", "caption": "At home", "credit": "Photo: Ann Lee"}


def test_video_needs_an_address_and_is_text_without_one():
    found = as_kind("video", "How it sings\nhttps://youtu.be/Ke77leSteam\nListen.")

    assert (found.value["title"], found.value["transcript"]) == ("How it sings", "<p>Listen.</p>")
    assert recognized_as(read_lines(("Listen.",)), Given(first=1, last=1, kind="video")).kind == "text"


def test_what_is_given_is_gathered_by_nothing():
    lines = ("# T", "", "One.", "", "Tip: Drink.", "More.", "", "Two.", "", "Three.")
    given = (Given(first=5, last=6, kind="tip"), Given(first=8, last=8, kind="takeaways"))

    blocks = recognize(Source("", lines, marked=True, given=given)).blocks

    assert [(block.kind, block.first, block.last) for block in blocks] == [
        ("text", 3, 3),
        ("tip", 5, 6),
        ("takeaways", 8, 8),
        ("text", 10, 10),
    ]
