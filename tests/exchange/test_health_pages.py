"""What public health pages say of themselves, of those who wrote them, and of when to seek help."""

import pytest

from articles.exchange.recognition import recognize
from articles.exchange.source import source_of


@pytest.mark.parametrize(
    "lead_in",
    [
        "**Call 999 if your child:**",
        "### Urgent advice: Ask for an urgent GP appointment if:",
        "You should see your provider if you:",
        "## When to come and see me",
        "## When to get it checked",
        "## Symptoms that need medical attention",
    ],
)
def test_a_line_that_says_when_to_seek_help_is_a_warning_with_its_list(find, lead_in):
    warning = find(f"{lead_in}\n\n- has a rash that does not fade\n- is hard to wake")
    assert (warning.kind, warning.last) == ("warning", 8)


def test_a_sentence_about_a_pharmacist_is_none(kinds):
    said = "Speak to a pharmacist about earache. They may be able to:\n\n- recommend eardrops\n- tell you what to do"
    assert kinds(said) == ["text"]


def test_headings_below_one_about_questions_ask_without_a_question_mark(find):
    faq = find(
        "## Common questions\n\n### My dog ignores treats\n\nThe treat is too poor.\n\n### And mine?\n\nSo is yours."
    )
    assert faq.facts["count"] == 2


def test_a_list_of_the_sections_above_them_is_none_of_the_body():
    text = "Gout\n\n- About gout\n- Treating gout\n\n## About gout\n\nIt hurts.\n\n## Treating gout\n\nRest.\n"
    kinds = [block.kind for block in recognize(source_of(text)).blocks]
    assert kinds == ["heading", "text", "heading", "text"]


def test_a_numbered_heading_may_stand_above_a_table(kinds):
    assert kinds("2. WHAT IT COSTS\n\nType\tNew\nBuggy\t$120\n\n3. IN USE\n\n- It folds.") == [
        "heading",
        "table",
        "heading",
        "text",
    ]


def test_an_overview_with_prose_is_a_heading(kinds):
    assert kinds("## Overview\n\nAnemia is common.\n\n## Causes\n\nThere are many.") == ["heading", "text"] * 2


@pytest.mark.parametrize("caption", ["*A pot of basil.*", "Figure 2. A pot of basil."])
def test_a_caption_may_stand_below_a_blank_line(find, caption):
    figure = find(f"![Basil](https://example.org/basil.jpg)\n\n{caption}")
    assert figure.value["caption"].endswith("A pot of basil.")


def test_a_byline_may_have_links(read):
    recognized = read("Text.\n\n[Reviewed by Nancy Hale, MD](https://example.org/nancy) — Updated on March 3, 2025")
    assert {part.kind for part in recognized.outside} == {"reviewer", "date", "navigation"}


@pytest.mark.parametrize(
    "line",
    [
        "Page last reviewed: 17 April 2024",
        "## Review Date 4/1/2023",
        "An official website of the United States government",
        "Sign up for free and stay up to date on health tips.",
        "#health #sleep",
    ],
)
def test_what_stands_beside_an_article_is_none_of_it(kinds, line):
    assert kinds(f"Text of its own.\n\n{line}") == ["text"]
