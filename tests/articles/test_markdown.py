"""Markdown in which no text turns into structure: read again by another program, it has the same words."""

from __future__ import annotations

import html

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from articles import markdown
from articles.blocks.registry import kinds
from prose.sanitize import MAX_LENGTH, clean_rich_text, plain_text
from prose.words import words
from tests.articles.test_blocks import body_of, every_kind, is_subsequence, sample

READER = MarkdownIt("commonmark").enable("table")

HOSTILE = [
    "# not a heading", "1. not a list", "1) nor this", "- nor this", "+ nor that", "* nor those", "> no quotation",
    "a | b", "|---|", ":--", "---", "===", "`code` ```fence```", "~~~", "<script>alert(1)</script>", "&lt;b&gt; &amp;",
    "![alt](x)", "[label](http://x)", "[label]: http://x", "*a* _b_ **c**", "a\\", "\\*", "    four blanks", "C #",
    "<http://x>", "Look!", "snake_case_name", "1986. A year",
]  # fmt: skip
STRUCTURE = ("h1", "h2", "ul", "ol", "blockquote", "pre", "code", "hr", "table", "img", "a", "em", "strong", "script")

inline = st.text(alphabet=st.sampled_from([*"ab1 .,!#*_`[]()<>&|~\\\"'+-=:;é—“\u00a0\u2028"]), max_size=12)
fragments = st.recursive(
    inline.map(html.escape),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["p", "b", "i", "a", "ul", "ol", "li", "sup", "br", "ul><li"]), inner), max_size=4
    ).map(lambda parts: "".join(wrapped(*part) for part in parts)),
    max_leaves=8,
)


def wrapped(tag: str, inner: str) -> str:
    """Return `inner` in an element called `tag`."""
    if tag == "br":
        return f"{inner}<br>"
    if tag == "ul><li":
        return f"<ul><li>{inner}</li></ul>"
    address = ' href="https://example.org/a(b)"' if tag == "a" else ""
    return f"<{tag}{address}>{inner}</{tag}>"


def read(text: str) -> BeautifulSoup:
    """Return what another program makes of the Markdown `text`."""
    return BeautifulSoup(READER.render(text), "html.parser")


def seen(text: str) -> str:
    """Return all characters but blanks that a reader of the Markdown `text` sees."""
    return "".join(read(text).get_text().split())


@every_kind
def test_sample_comes_back_with_the_same_words_in_order(name, db):
    block = kinds()[name]
    (child,) = body_of((name, sample(name)))

    found = block.markdown(child.value)
    wanted = words(block.text(child.value))

    assert found == found.strip("\n")
    assert set(wanted) <= set(words(found))
    assert is_subsequence(wanted, words(read(found).get_text(" ")))


@every_kind
def test_empty_block_can_be_written(name, db):
    block = kinds()[name]

    assert isinstance(block.markdown(block.normalize(block.get_default())), str)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_turns_into_structure(text):
    for found in (markdown.plain(text), markdown.line(text), markdown.rich(f"<p>{html.escape(text)}</p>")):
        assert read(found).find_all(STRUCTURE) == []
        assert seen(found) == "".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_in_its_cell_its_item_and_its_heading(text):
    cell = markdown.escaped(text)

    table = read(markdown.table(["A", "B"], [[cell, "x"]]))
    assert ["".join(found.get_text().split()) for found in table.find_all("td")] == ["".join(text.split()), "x"]
    assert len(read(markdown.bullets([markdown.plain(text), "x"])).find_all("li")) == 2
    assert seen(markdown.heading(text, 2)) == "".join(text.split())
    assert seen(markdown.strong(text)) == "".join(text.split())


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map("\n".join))
def test_lines_of_hostile_text_stay_lines_of_text(text):
    found = markdown.plain(text)

    assert read(found).find_all(STRUCTURE) == []
    assert seen(found) == "".join(text.split())


@given(fragments)
def test_no_character_of_a_rich_text_is_lost_or_added(source):
    source = clean_rich_text(source)

    assert seen(markdown.rich(source)) == "".join(plain_text(source).split())


def test_rich_text_keeps_paragraphs_lists_emphasis_and_links():
    source = (
        '<p>Boil <b>slowly</b>, <i>then</i><br/>pour. See <a href="/articles/">these (all)</a>!</p>'
        "<ul><li>one<ol><li>deep</li></ol></li><li>two</li></ul><p>10<sup>3</sup> ends</p>"
    )

    assert markdown.rich(source) == (
        "Boil **slowly**, *then*\\\npour. See [these (all)](http://testserver/articles/)\\!\n\n"
        "- one\n  1. deep\n- two\n\n10<sup>3</sup> ends"
    )


def test_emphasis_that_markdown_cannot_express_leaves_its_words():
    assert markdown.rich("<p>a<b>“b”</b>c <b><i>d</i></b> <b>e</b><b>f</b></p>") == "a“b”c **d** **e**f"


def test_deepest_lists_that_may_be_stored_are_written(settings):
    source = clean_rich_text("<ul><li>" * (MAX_LENGTH // 40) + "deep")

    assert markdown.rich(source).endswith("- deep")


def test_address_cannot_leave_its_link():
    assert markdown.link("x", "https://example.org/a b)(<c>\\\n") == "[x](https://example.org/a%20b%29%28%3Cc%3E%5C%0A)"


def test_steps_quotes_tables_and_checklists_have_the_form_that_programs_know(db):
    bodies = {name: body_of((name, sample(name)))[0] for name in ("steps", "quote", "table", "checklist")}
    written = {name: child.block.markdown(child.value) for name, child in bodies.items()}

    assert "1. **Warm the pot** (1 minute)\n\n   Swirl hot water" in written["steps"]
    assert written["quote"].endswith(">\n> — Dr. Ada Brook, Physicist and tea drinker")
    assert "|  | On the stove | Electric |\n| --- | --- | --- |\n| Whistles | Yes | No |" in written["table"]
    assert "- [ ] Check that there is water" in written["checklist"]
    assert "- [ ] **Avoid:** Lifting" in written["checklist"]
