"""Recognizing a quote."""

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "credential"),
    [
        ("“Rest well.” — Dr. A. Weiss, Spine Specialist", "Dr. A. Weiss", "Spine Specialist"),
        ("“Rest well.” —Dr. A. Weiss", "Dr. A. Weiss", None),
        ('"Rest well." - Jane Roe, MD, PhD', "Jane Roe", "MD, PhD"),
        ('"Rest well." -- Jane Roe', "Jane Roe", None),
        ("„Rest well.“ – Jane Roe, Nurse", "Jane Roe", "Nurse"),
        ("«Rest well.» — Jane Roe (Nurse)", "Jane Roe", "Nurse"),
        ("*“Rest well.”* — Jane Roe, Nurse", "Jane Roe", "Nurse"),
        ("“Rest well.”\n— Jane Roe, Nurse", "Jane Roe", "Nurse"),
        ("“Rest well.”\n\n— Jane Roe, Nurse", "Jane Roe", "Nurse"),
        ("“Rest well.”\nJane Roe, Nurse", "Jane Roe", "Nurse"),
        ("“Rest well.”\nJane Roe\nHead Nurse", "Jane Roe", "Head Nurse"),
        ("“Rest well.”\n— Jane Roe\nHead Nurse", "Jane Roe", "Head Nurse"),
        ("> Rest well.\n> — Jane Roe, Nurse", "Jane Roe", "Nurse"),
        ("> “Rest well.”\n>\n> – Jane Roe", "Jane Roe", None),
        ('> "Rest well."\n> Jane Roe, Nurse', "Jane Roe", "Nurse"),
        ("> Rest well.", None, None),
        ("“Rest well.”", None, None),
    ],
)
def test_quote_has_who_said_it(find, text, speaker, credential):
    quote = find(text)
    assert quote.kind == "quote"
    assert quote.facts == {"speaker": speaker, "credential": credential}
    assert quote.value["text"] == "Rest well."


def test_quote_may_run_over_lines_and_hold_a_quotation(find):
    quote = find("“They say ‘rest’ and “sleep”\nand I don’t.” — Jane Roe")
    assert quote.value["text"] == "They say ‘rest’ and “sleep” and I don’t."


@pytest.mark.parametrize(
    "text",
    [
        '"Rest well," says Jane Roe, a nurse.',
        '"Rest," says Jane Roe, a nurse. "And sleep."',
        "“Rest,” she said, and it was “good.”",
        "She said “rest well” and left the room.",
        "“Sinkers” — people who sink — are rare, he says.",
    ],
)
def test_quotation_inside_a_paragraph_stays_text(kinds, text):
    assert kinds(text) == ["text"]
