"""The reference article, fact by fact."""

from decimal import Decimal
from pathlib import Path

import pytest

from articles.exchange.findings import Found, RatingTotal, Recognized
from articles.exchange.recognition import recognize
from articles.exchange.source import read_source

PATH = Path(__file__).parents[3] / "shared" / "data" / "back-cracking.txt"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason=f"the reference article is not at {PATH}")


@pytest.fixture(scope="module")
def recognized() -> Recognized:
    return recognize(read_source(PATH))


def only(recognized: Recognized, kind: str) -> Found:
    (found,) = [block for block in recognized.blocks if block.kind == kind]
    return found


def test_title_is_the_first_line(recognized):
    assert (recognized.title, recognized.title_lines) == ("Why Does My Back Crack When I Stretch", (1, 1))


def test_body_is_made_of_the_kinds_in_the_order_of_the_text(recognized):
    assert [block.kind for block in recognized.blocks] == [
        *("text", "heading", "text", "quote", "text"),
        *("heading", "text", "tip"),
        *("heading", "text", "table", "text"),
        *("heading", "text", "warning", "text"),
        "case_study",
        *("heading", "text", "steps", "tip"),
        *("checklist", "faq", "conclusion", "discussion"),
    ]


def test_headings_are_those_of_the_sections(recognized):
    assert [block.value["text"] for block in recognized.blocks if block.kind == "heading"] == [
        "The Science Behind Joint Cracking",
        "Why Stretching Triggers Back Cracking",
        "Is Cracking Your Back Harmful?",
        "When to Seek Medical Advice",
        "Healthy Habits to Support Spinal Mobility",
    ]


def test_bold_words_and_bullet_lists_keep_their_form(recognized):
    html = "".join(block.value for block in recognized.blocks if block.kind == "text")
    assert "<b>cavitation</b>" in html
    assert html.count("<li>") == 8


def test_tips_are_two_without_their_label(recognized):
    tips = [block for block in recognized.blocks if block.kind == "tip"]
    assert [tip.value["body"].split()[0] for tip in tips] == ["<p>Gentle,", "<p>Hydration"]
    assert [part.text for part in recognized.outside if part.kind == "label"] == ["Tip:", "Tip:", "Article Rating"]


def test_quote_has_speaker_and_credential(recognized):
    facts = {"speaker": "Dr. Alan Weiss", "credential": "Board-Certified Spine Specialist"}
    assert only(recognized, "quote").facts == facts


def test_table_has_its_lost_columns_back_and_asks_to_confirm_them(recognized):
    table = only(recognized, "table")
    header = ["Benign Cracking", "Potentially Concerning Cracking"]
    assert table.facts == {"rows": 5, "columns": 2, "header": header}
    assert [row["values"] for row in table.value["table"]["rows"]] == [
        ["Occurs occasionally during natural movement", "Happens frequently without stretching or movement"],
        ["No pain before, during, or after", "Accompanied by pain, swelling, or discomfort"],
        [
            "Sound is isolated and singular per joint",
            "Repeated clicking, grinding, or grating noises (crepitus)",
        ],
        ["Relief follows the pop", "Stiffness or instability worsens afterward"],
        ["Cannot be immediately repeated", "Joint can be cracked repeatedly in quick succession"],
    ]
    assert table.confirm
    assert table.confidence < 0.7


def test_red_flags_are_an_urgent_warning_with_its_list(recognized):
    warning = only(recognized, "warning").value
    assert (warning["urgency"], warning["title"]) == ("urgent", "Red flags include:")
    assert warning["body"].count("<li>") == 5


def test_case_study_tells_background_events_and_outcome(recognized):
    story = only(recognized, "case_study").value
    assert story["title"] == "Mini Case Study: Frequent Cracking and Lower Back Pain"
    assert story["background"].startswith("<p>Jamie,")
    assert story["what_happened"].startswith("<p>She visited")
    assert story["outcome"].endswith("a nuanced approach.</p>")


def test_steps_are_five_with_the_minutes_that_are_stated(recognized):
    steps = only(recognized, "steps")
    assert steps.facts == {"count": 5, "minutes": [5, 3, 7, None, None]}
    assert [step["title"] for step in steps.value["steps"]] == [
        "Morning Mobility",
        "Midday Break",
        "Evening Decompression",
        "Weekly Strength Focus",
        "Posture Check",
    ]


def test_checklist_has_six_items_one_of_them_to_avoid(recognized):
    items = only(recognized, "checklist").value["items"]
    assert [item["action"] for item in items] == ["do", "do", "do", "do", "avoid", "do"]


def test_questions_are_three_with_their_answers(recognized):
    faq = only(recognized, "faq")
    assert faq.facts == {"count": 3}
    assert [item["question"] for item in faq.value["items"]] == [
        "Can cracking my back cause arthritis?",
        "Why does only one side of my back crack when I stretch?",
        "Is it bad to crack my back multiple times a day?",
    ]
    assert all(item["answer"].startswith("<p>") for item in faq.value["items"])


def test_conclusion_has_three_paragraphs_under_its_heading(recognized):
    conclusion = only(recognized, "conclusion").value
    assert conclusion["title"] == "Conclusion: Listen to Your Body, Not Just the Sound"
    assert conclusion["body"].count("<p>") == 3


def test_prompt_invites_to_the_comments(recognized):
    assert only(recognized, "discussion").value["prompt"].startswith("💬 Have a question")


def test_rating_is_a_total_and_the_author_has_a_biography(recognized):
    assert recognized.rating == RatingTotal(mean=Decimal("5.0"), count=40)
    assert recognized.author == "Nora Price"
    assert recognized.biography.startswith("Clean living is conscious living.")


def test_every_word_is_placed_once(recognized):
    words = recognized.words
    assert (words.source, words.placed, words.lost, words.invented) == (1467, 1467, (), ())
