"""Recognizing pairs of myth and fact."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Myth: Cats hate water.\nFact: Some swim.\n\nMyth: Cats are cold.\nFact: They purr.",
        "Myth: Cats hate water. Fact: Some swim.\n\nMyth: Cats are cold. Truth: They purr.",
        "Myth 1: Cats hate water.\n\nReality: Some swim.\n\nMyth 2: Cats are cold.\n\nReality: They purr.",
        "**Myth #1:** Cats hate water.\n**Fact:** Some swim.\n\n**Myth #2:** Cats are cold.\n**Fact:** They purr.",
        "❌ Myth: Cats hate water.\n✅ Fact: Some swim.\n❌ Myth: Cats are cold.\n✅ Fact: They purr.",
        "### Myth 1: Cats hate water.\n\nSome swim.\n\n### Myth 2: Cats are cold.\n\nThey purr.",
        "Myth:\nCats hate water.\nFact:\nSome swim.\n\nMyth:\nCats are cold.\nFact:\nThey purr.",
    ],
)
def test_myths_have_their_facts(find, text):
    block = find(text)
    assert block.facts == {"count": 2}
    assert block.value["pairs"] == [
        {"myth": "Cats hate water.", "fact": "<p>Some swim.</p>"},
        {"myth": "Cats are cold.", "fact": "<p>They purr.</p>"},
    ]


def test_heading_about_myths_directly_above_is_the_title(find):
    assert find("Cat Myths, Settled\n\nMyth: Cats are cold.\nFact: They purr.").value["title"] == "Cat Myths, Settled"


def test_heading_with_text_below_stays_a_heading(kinds):
    text = "Cat Myths, Settled\n\nThere are many.\n\nMyth: Cats are cold.\nFact: They purr.\n\nThat was all."
    assert kinds(text) == ["heading", "text", "myth_fact", "text"]


@pytest.mark.parametrize("text", ["Myth has it that cats are cold.", "Contrary to myth, cats purr. Fact: they do."])
def test_the_word_in_a_sentence_is_no_myth(kinds, text):
    assert kinds(text) == ["text"]
