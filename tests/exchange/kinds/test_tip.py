"""Recognizing a tip."""

import pytest


@pytest.mark.parametrize(
    ("text", "variant", "body"),
    [
        ("Tip: Warm up first.", "tip", "Warm up first."),
        ("Pro tip: Warm up first.", "tip", "Warm up first."),
        ("PRO-TIP – Warm up first.", "tip", "Warm up first."),
        ("💡 **Expert tip:** Warm up first.", "tip", "Warm up first."),
        ("💡 Warm up before each of your runs.", "tip", "💡 Warm up before each of your runs."),
        ("Tip #2: Warm up first.", "tip", "Warm up first."),
        ("**Note:** Warm up first.", "note", "Warm up first."),
        ("> **Note:** Warm up first.", "note", "Warm up first."),
        ("Good to know: Warm up first.", "note", "Warm up first."),
        ("Remember: Warm up first.", "note", "Warm up first."),
        ("Important: Warm up first.", "important", "Warm up first."),
        ("Did you know? Cats sleep a lot.", "did_you_know", "Cats sleep a lot."),
        ("Fun fact: Cats sleep a lot.", "did_you_know", "Cats sleep a lot."),
        ("Tip\nWarm up first.", "tip", "Warm up first."),
        ("Pro Tip\n\nWarm up first.", "tip", "Warm up first."),
    ],
)
def test_tip_is_known_by_its_label(find, text, variant, body):
    tip = find(text)
    assert (tip.kind, tip.value["variant"], tip.value["body"]) == ("tip", variant, f"<p>{body}</p>")


def test_tip_reaches_to_the_blank_line(find):
    tip = find("Tip: Warm up first, and\ntake your time.\n\nMore text follows here.")
    assert (tip.first, tip.last) == (5, 6)
    assert tip.value["body"] == "<p>Warm up first, and take your time.</p>"


def test_tip_may_hold_a_list(find):
    assert (
        find("Tip: Bring these:\n- water\n- a towel").value["body"].endswith("<ul><li>water</li><li>a towel</li></ul>")
    )


def test_tip_stands_directly_below_a_list(kinds):
    assert kinds("Bring these:\n\n• water\n• a towel\nTip: Drink before you are thirsty.") == ["text", "tip"]


def test_tips_one_below_the_other_are_two(kinds):
    assert kinds("Tip: Warm up first.\nNote: Then cool down.") == ["tip", "tip"]


@pytest.mark.parametrize(
    "text",
    [
        "Tip the waiter if you can afford to.",
        "Note that this takes time.",
        "One tip you will hear is to rest.",
        "• Tip: Rest.",
    ],
)
def test_words_in_a_sentence_or_an_item_are_no_label(kinds, text):
    assert kinds(text) == ["text"]
