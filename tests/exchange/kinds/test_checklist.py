"""Recognizing checklists."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "✅ Warm up\n❌ Rush",
        "• ✔ Warm up\n• ✗ Rush",
        "☐ Warm up\n☐ Don't rush",
        "- [ ] Warm up\n- [x] Never rush",
        "Checklist: Running\n\n• Warm up\n• Avoid rushing",
        "Your Running Checklist:\n1. Warm up\n2. Do not rush",
        "Do's and Don'ts\n\nDo\n- Warm up\n\nDon't\n- Rush",
        "Dos & Don’ts\n\n**Do:**\n* Warm up\n\n**Avoid:**\n* Rushing",
        "Do:\n- Warm up\n\nDon't:\n- Rush",
    ],
)
def test_checklist_tells_what_to_do_and_what_to_avoid(find, text):
    checklist = find(text)
    assert checklist.facts == {"count": 2}
    assert [item["action"] for item in checklist.value["items"]] == ["do", "avoid"]


def test_checklist_keeps_title_and_introduction(find):
    checklist = find("Running Checklist\n\nBefore you go:\n\n- Shoes\n- Water")
    assert (checklist.value["title"], checklist.value["introduction"]) == ("Running Checklist", "<p>Before you go:</p>")


def test_other_heading_above_ticks_stays_a_heading(kinds):
    assert kinds("Before You Run\n\n✅ Warm up\n✅ Drink") == ["heading", "checklist"]


def test_list_of_plain_bullets_is_no_checklist(kinds):
    assert kinds("Avoid these:\n\n- rushing\n- falling") == ["text"]
