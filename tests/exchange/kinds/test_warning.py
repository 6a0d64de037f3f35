"""Recognizing warnings, and how soon they ask to act."""

import pytest

LIST = "\n\n- the pain stays\n- you feel dizzy"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Warning: Do not look into the sun.", "non_urgent"),
        ("**Caution:** The pan is hot.", "non_urgent"),
        ("Caution! The pan is hot.", "non_urgent"),
        ("⚠️ The pan is hot, so wait.", "non_urgent"),
        ("⚠️ Danger: Leave immediately.", "urgent"),
        ("Warning\nDo not look into the sun.", "non_urgent"),
        ("When to call a doctor:" + LIST, "non_urgent"),
        ("When to See a Doctor" + LIST, "non_urgent"),
        ("Red flags include:" + LIST, "urgent"),
        ("These warning signs need care right away:" + LIST, "urgent"),
        ("Seek medical help if:" + LIST, "non_urgent"),
        ("Contact your vet the same day if your dog:" + LIST, "urgent"),
        ("Call 911 if" + LIST, "emergency"),
        ("Go to the emergency room if you notice:" + LIST, "emergency"),
        ("Seek immediate medical attention if you faint or cannot breathe.", "urgent"),
        ("Call 112 for an ambulance if somebody faints.", "emergency"),
    ],
)
def test_warning_has_its_urgency(find, text, urgency):
    warning = find(text)
    assert (warning.kind, warning.value["urgency"]) == ("warning", urgency)


def test_lead_in_is_the_title_above_the_list(find):
    value = find("Red flags include:" + LIST).value
    assert (value["title"], value["body"]) == (
        "Red flags include:",
        "<ul><li>the pain stays</li><li>you feel dizzy</li></ul>",
    )


@pytest.mark.parametrize(
    "text",
    [
        "When to Seek Medical Advice\n\nMost pain goes away. See a doctor if yours does not.",
        "Other Signs\n\nWarning signs are easy to miss. Look for them.",
    ],
)
def test_heading_with_paragraphs_stays_a_heading(kinds, text):
    assert kinds(text) == ["heading", "text"]


def test_other_lead_ins_stay_text(kinds):
    assert kinds("Look for:" + LIST) == ["text"]
