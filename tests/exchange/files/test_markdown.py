"""Markdown becomes marked lines; its front matter becomes details, and what is wrong with it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from articles.exchange.documents import Document, Removed, Writer
from articles.exchange.formats import read_file
from articles.exchange.reading.markdown import LONGEST_PARAGRAPH, document_of
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused


def lines(text: str, name: str = "") -> list[str]:
    """Return the lines below the title that are not blank."""
    return [line for line in document_of(f"# Title\n\n{text}", name=name).source.lines if line][1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nparagraph of *two* __lines__.", ["One paragraph of *two* **lines**."]),
        ("Heading\n-------\n\nText.", ["## Heading", "Text."]),
        ("- a\n- b\n    - c", ["- a", "- b", "    - c"]),
        ("- [ ] to do\n- [x] done", ["- [ ] to do", "- [x] done"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |", "| --- | --- |", "| 1 | 2 |"]),
        ("A ~~mistake~~ word.", ["A mistake word."]),
        ("<p>Inline <b>HTML</b></p>", ["Inline **HTML**"]),
        ("![A bed](img/a.png)\n*The caption*", ["![A bed](img/a.png)", "*The caption*"]),
        ("Said.[^1]\n\n[^1]: In a study.", ["Said.<sup>[1]</sup>", "---", "1. In a study."]),
        ("[A site](https://a.test/x)", ["[A site](https://a.test/x)"]),
    ],
)
def test_markdown_is_written_as_marked_lines(text, expected):
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "removed"),
    [
        ("![[bed.png|300]]", ["![](bed.png)"], None),
        ("See [[Note|the note]].", ["See the note."], "link to another note"),
        ("A ==marked== word.", ["A marked word."], None),
        ('{{< figure src="a.png" alt="A bed" caption="Soft" >}}', ["![A bed](a.png)", "*Soft*"], None),
        ("{{< youtube dQw4w9WgXcQ >}}", ["https://www.youtube.com/watch?v=dQw4w9WgXcQ"], None),
        ('Text. {{< audio "a.mp3" >}}', ["Text."], 'shortcode “audio "a.mp3"”'),
        ("{% include ad.html %}\nText.", ["Text."], "Liquid tag “include ad.html”"),
        ("Text.\n{: .lead}", ["Text."], "attributes “.lead”"),
        ("`{% raw %}` stays.", ["{% raw %} stays."], None),
    ],
)
def test_manners_of_other_programs_are_understood_or_listed(text, expected, removed):
    document = document_of(f"# Title\n\n{text}")

    assert [line for line in document.source.lines if line][1:] == expected
    assert document.removed == ((Removed(what=removed),) if removed else ())


def test_callout_is_given_as_a_block():
    document = document_of("# Title\n\nText.\n\n> [!warning] Hot\n> Do not touch.\n\nMore.")

    (given,) = document.source.given
    assert given.kind == "warning"
    assert document.source.lines[given.first - 1 : given.last] == ("**Hot**", "", "Do not touch.")


def test_markers_of_our_own_export_pass_through():
    document = document_of('# Title\n\n<!-- tip {"title": "A [[tip]] {% x %}"} -->\n\nDo it.\n\n<!-- /tip -->\n')

    (given,) = document.source.given
    assert (given.kind, given.fields) == ("tip", {"title": "A [[tip]] {% x %}"})


def test_link_to_a_file_leads_to_where_that_was_on_its_site():
    text = "[a](other.md#part) [b](../c/index.md) [d](https://a.test/e.md)"

    assert lines(text, name="content/posts/this.md") == ["[a](/posts/other/#part) [b](/c/) [d](https://a.test/e.md)"]


FULL = """---
title: "Sleep: a guide"
slug: sleep-guide
date: 2024-03-01 10:00:00 +0100
lastmod: 2024-05-02
draft: true
authors:
  - Ada Brook
  - {name: Bo Lind, bio: Nurse}
tags: [sleep, "health care"]
categories: [Health/Sleep]
summary: How to sleep.
search_description: Sleep well.
cover: {image: img/bed.png, alt: A bed}
aliases: [/old/sleep/]
id: 3f2b8c1e-0d7a-4c58-9b1e-1a2b3c4d5e6f
rating: {mean: 4.5, count: 12}
weight: 4
---
"""


def test_front_matter_becomes_details():
    document = document_of(FULL + "# Sleep: a guide\n\nText.")
    details = document.details

    assert [line for line in document.source.lines if line] == ["# Sleep: a guide", "Text."]
    assert (details.slug, details.summary, details.description) == ("sleep-guide", "How to sleep.", "Sleep well.")
    assert details.published_at == datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert (details.revised_on, details.is_published) == (date(2024, 5, 2), False)
    assert details.authors == (Writer(name="Ada Brook"), Writer(name="Bo Lind", biography="Nurse"))
    assert (details.tags, details.topics) == (("sleep", "health care"), (("Health", "Sleep"),))
    assert (details.hero, details.hero_alt, details.addresses) == ("img/bed.png", "A bed", ("/old/sleep/",))
    assert (document.foreign_id, document.parts["rating"].count) == ("3f2b8c1e-0d7a-4c58-9b1e-1a2b3c4d5e6f", 12)
    assert (details.notes, document.removed) == ((), (Removed(what="front matter “weight”"),))


def test_front_matter_of_hugo_may_be_toml():
    document = document_of('+++\ntitle = "Sleep"\ndate = 2024-03-01\ndraft = false\ntags = ["a"]\n+++\nText.')

    assert recognize(document.source).title == "Sleep"
    assert (document.details.is_published, document.details.tags) == (True, ("a",))


@pytest.mark.parametrize(
    ("field", "note"),
    [
        ("date: 0000-01-01", "The front matter’s “date” was left out: “0000-01-01” is no date."),
        ("date: 9999-12-31", "The front matter’s “date” was left out: “9999-12-31” is no date."),
        ("slug: [a]", "The front matter’s “slug” was left out: it is no single text."),
        ("tags: {a: b}", "The front matter’s “tags” was left out: it is no list of texts."),
        ("url: javascript:alert(1)", "The front matter’s “url” was left out: “javascript:alert(1)” is no address."),
        (
            "rating: {mean: 9, count: 1}",
            "The front matter’s “rating” was left out: it is no mean of 0 to 5 with a count.",
        ),
        ("summary: a: b", "The front matter cannot be read as a whole (line 3): only its simple lines were."),
    ],
)
def test_what_is_wrong_in_front_matter_is_told(field, note):
    document = document_of(f"---\ntitle: T\n{field}\n---\nText.")

    assert recognize(document.source).title == "T"
    assert document.details.notes == (note,)


def test_front_matter_that_multiplies_itself_is_refused():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"

    with pytest.raises(Refused, match=r"repeats itself by an alias \(line 3\)"):
        document_of(f"---\n{bomb}\n---\nText.")
    for inner in ("a" * 32_000, "[" * 501, "{a: " * 501):
        with pytest.raises(Refused, match="are allowed"):
            document_of(f"---\ntitle: {inner}\n---\nText.")


@pytest.mark.parametrize("inner", ["[" * 400, "!!python/object/apply:os.system [id]", "- " * 15_000])
def test_front_matter_that_is_none_harms_nobody(inner):
    document = document_of(f"---\ntitle: T\nx: {inner}\n---\nText.")

    assert recognize(document.source).title == "T"
    assert len(document.details.notes) == 1


def test_text_between_two_rules_is_no_front_matter():
    assert "Some text." in lines("---\n\nSome text.\n\n---\n")
    assert document_of("---\nJust text\n---\n\n# Title\n\nMore.").source.lines[-1] == "More."


def test_title_is_the_first_heading_if_nothing_else_says_it():
    assert recognize(document_of("# One\n\nText.").source).title == "One"
    assert recognize(document_of("---\ntags: a\n---\n# One\n\nText.").source).title == "One"


def test_other_heading_than_the_title_stays():
    document = document_of("---\ntitle: One\n---\n# Two\n\nText.")

    recognized = recognize(document.source)
    assert recognized.title == "One"
    assert [block.kind for block in recognized.blocks] == ["heading", "text"]


@pytest.mark.parametrize("text", ["", "---\ntitle: One\n---\n", "<script>alert(1)</script>"])
def test_file_without_text_is_refused(text):
    with pytest.raises(Refused):
        recognize(document_of(text).source)


@pytest.mark.parametrize("text", ["a" * (LONGEST_PARAGRAPH + 1), "[a] b.\n\n" * 10_001, "*a* b.\n\n" * 25_001])
def test_text_that_would_take_too_long_is_refused(text):
    with pytest.raises(Refused, match="are allowed"):
        document_of(text)


def test_pictures_beside_a_single_file_are_found(tmp_path: Path):
    (tmp_path / "a.md").write_text("# Title\n\nText.\n\n![](b.png) \n\n![](../c.png)\n")
    (tmp_path / "b.png").write_bytes(b"picture")

    (document,) = read_file(tmp_path / "a.md", root=tmp_path)

    assert isinstance(document, Document)
    assert {address: read() for address, read in document.pictures.items()} == {"b.png": b"picture"}
    assert document.foreign_id == str((tmp_path / "a.md").resolve())
