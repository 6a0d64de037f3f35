"""Emphasis and links in a line, and what only looks like them."""

import pytest

from articles.exchange.inline import plain_line, rich_line


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **bold** word", "a <b>bold</b> word"),
        ("an *italic* and an _italic_ word", "an <i>italic</i> and an <i>italic</i> word"),
        ("**bold with *italic* inside**", "<b>bold with <i>italic</i> inside</b>"),
        ("[a *page*](https://example.org/x?a=1&b=2)", '<a href="https://example.org/x?a=1&amp;b=2">a <i>page</i></a>'),
        ("[wiki](https://example.org/a_(b))", '<a href="https://example.org/a_(b)">wiki</a>'),
    ],
)
def test_markup_becomes_html(text, html):
    assert rich_line(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 = 24",
        "snake_case_name and 5*6*7",
        "a **bold that never ends",
        "*** and ___ and **",
        "[text](javascript:alert)",
        "[text](ftp://example.org)",
        "[text] (https://example.org)",
        "in**tra**word",
        "**crossed *over** here*  x"[:10],
    ],
)
def test_odd_markup_stays_as_it_is(text):
    assert rich_line(text) == text


def test_html_is_text():
    assert rich_line('<![><img src="]> & <b>') == '&lt;![&gt;&lt;img src="]&gt; &amp; &lt;b&gt;'


def test_plain_line_drops_emphasis_and_keeps_links_and_html():
    assert plain_line("**Bold** & <b> [x](https://example.org)") == "Bold & <b> [x](https://example.org)"
