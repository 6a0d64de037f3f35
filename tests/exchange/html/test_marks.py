"""Escapes, raised and lowered text, links and line breaks in marked lines: no word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exchange.accounting import keeps_words
from articles.exchange.findings import Found
from articles.exchange.inline import at_line_start, escaped, plain_line, rich_line
from articles.exchange.lines import Line
from articles.exchange.rich_text import rich_text
from prose.sanitize import clean_rich_text


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        (r"\*\*not bold\*\*", "**not bold**", "**not bold**"),
        (r"**a \*star\* in bold**", "<b>a *star* in bold</b>", "a *star* in bold"),
        (r"C:\new \\ \a", r"C:\new \ \a", r"C:\new \ \a"),
        (r"[no\](https://e.org) link", "[no](https://e.org) link", "[no](https://e.org) link"),
        (r"[\[1\]](https://e.org)", '<a href="https://e.org">[1]</a>', "[[1]](https://e.org)"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O", "H₂O"),
        (
            "10<sup>-3</sup> x<sup>n+1</sup> V<sub>max</sub>",
            "10<sup>-3</sup> x<sup>n+1</sup> V<sub>max</sub>",
            "10⁻³ xⁿ⁺¹ V_max",
        ),
        ("<sup><b></sup>", "&lt;sup&gt;&lt;b&gt;&lt;/sup&gt;", "<sup><b></sup>"),
        ("[mail](mailto:a@b.c)", '<a href="mailto:a@b.c">mail</a>', "[mail](mailto:a@b.c)"),
        ("[here](/a/b) [there](#c)", '<a href="/a/b">here</a> <a href="#c">there</a>', "[here](/a/b) [there](#c)"),
        ("[a](//e.org) [b](/\\\\e.org)", "[a](//e.org) [b](/\\e.org)", "[a](//e.org) [b](/\\e.org)"),
    ],
)
def test_marks_and_their_escapes(text, html, plain):
    assert rich_line(text) == html
    assert plain_line(text) == plain


@given(st.text(alphabet="a1 *_[]()\\<>/subp!#|`-.", max_size=20))
def test_escaped_text_reads_as_itself(text):
    assert plain_line(at_line_start(escaped(text))) == text


def test_a_backslash_at_the_end_of_a_line_keeps_the_break():
    assert rich_text("A line that ends here.\\\nAnother one.") == "<p>A line that ends here.<br/>Another one.</p>"
    assert Line(1, "one\\").text == "one"
    assert Line(1, "one\\\\").text == "one\\\\"


def test_raised_and_lowered_text_is_accounted_for():
    text = "Water is H<sub>2</sub>O, 10<sup>3</sup> kg per m²."
    for value in (rich_line(text), plain_line(text)):
        assert keeps_words(Found(kind="text", value=value, first=1, last=1, confidence=1.0, text=text))


def test_raised_and_lowered_text_survives_cleaning():
    assert clean_rich_text(f"<p>{rich_line('H<sub>2</sub>O')}</p>") == "<p>H<sub>2</sub>O</p>"
