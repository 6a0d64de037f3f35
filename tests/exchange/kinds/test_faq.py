"""Recognizing questions and answers."""

import pytest

PAIRS = [("Is it safe?", "<p>Yes, mostly.</p>"), ("Is it fast?", "<p>No.</p>")]


@pytest.mark.parametrize(
    "text",
    [
        "FAQ\n\nIs it safe?\n\nYes, mostly.\n\nIs it fast?\n\nNo.",
        "Frequently Asked Questions (FAQ)\nIs it safe?\nYes, mostly.\nIs it fast?\nNo.",
        "## FAQs\n\n### Is it safe?\n\nYes, mostly.\n\n### Is it fast?\n\nNo.",
        "Common questions\n\n**Is it safe?**\nYes, mostly.\n\n**Is it fast?**\nNo.",
        "Questions and Answers\n\n**Is it safe?** Yes, mostly.\n\n**Is it fast?** No.",
        "You asked, we answered\n\n1. Is it safe?\n\nYes, mostly.\n\n2. Is it fast?\n\nNo.",
        "Q: Is it safe?\nA: Yes, mostly.\n\nQ: Is it fast?\nA: No.",
        "**Q: Is it safe?**\n**A:** Yes, mostly.\n\n**Q: Is it fast?**\n**A:** No.",
        "Q1. Is it safe?\nAnswer: Yes, mostly.\nQ2. Is it fast?\nAnswer: No.",
        "Question: Is it safe?\n\nAnswer: Yes, mostly.\n\nQuestion: Is it fast?\n\nAnswer: No.",
        "Q: Is it safe? A: Yes, mostly.\nQ: Is it fast? A: No.",
    ],
)
def test_faq_has_questions_with_answers(find, text):
    faq = find(text)
    assert faq.facts == {"count": 2}
    assert [(item["question"], item["answer"]) for item in faq.value["items"]] == PAIRS


def test_marked_question_needs_no_question_mark(find):
    assert find("Q: Why me\nA: Why not.").value["items"][0]["question"] == "Why me"


def test_answer_may_have_paragraphs_and_lists(find):
    faq = find("FAQ\n\nIs it safe?\n\nYes:\n\n- mostly\n- often\n\nBut not always.")
    assert faq.value["items"][0]["answer"] == "<p>Yes:</p><ul><li>mostly</li><li>often</li></ul><p>But not always.</p>"


def test_text_between_heading_and_questions_is_the_introduction(find):
    faq = find("FAQ\n\nYou asked a lot.\n\nIs it safe?\n\nYes.")
    assert (faq.value["title"], faq.value["introduction"]) == ("FAQ", "<p>You asked a lot.</p>")


def test_faq_ends_at_a_heading_that_is_no_question(kinds):
    assert kinds("FAQ\n\nIs it safe?\n\nYes.\n\nOther Things\n\nThere are some.") == ["faq", "heading", "text"]


def test_faq_goes_on_behind_an_advertisement(find):
    assert find("FAQ\n\nIs it safe?\n\nYes.\n\nAdvertisement\n\nIs it fast?\n\nNo.").facts == {"count": 2}


def test_pairs_without_a_heading_end_with_the_last_answer(kinds):
    pairs = "Q: Is it safe?\nA: Yes.\n\nIt rarely fails.\n\nQ: Is it fast?\nA: No."
    text = f"Doubts\n\nHere they are.\n\n{pairs}\n\nThat was all."
    assert kinds(text) == ["heading", "text", "faq", "text"]


@pytest.mark.parametrize(
    "text", ["FAQ\n\nNobody has asked anything so far.", "Is it safe?\n\nYes, it is, for most of us."]
)
def test_without_questions_or_without_a_heading_there_is_no_faq(kinds, text):
    assert kinds(text) == ["heading", "text"]
