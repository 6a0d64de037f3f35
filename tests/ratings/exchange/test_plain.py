"""HTML becomes Markdown with the same words, which shows them again and nothing else."""

from __future__ import annotations

from html import escape, unescape

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from ratings.exchange.plain import plain_text
from ratings.markup import comment_html

WORDS = st.text(alphabet="ab1 *_`[]()<>&;#\\-+~=.!:/\"'", max_size=40)


def seen(html: str) -> str:
    return " ".join(unescape(regex.sub(r"<[^>]*>", " ", html)).split())


@given(st.lists(WORDS, max_size=4))
@settings(max_examples=300)
def test_every_text_is_shown_as_itself(texts):
    html = "".join(f"<p>{escape(text)}</p>" for text in texts)

    assert seen(comment_html(plain_text(html))) == seen(html)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("<blockquote><p>One</p><p>Two</p></blockquote>Three", "> One\n>\n> Two\n\nThree"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>d", "- a\n- b\n  1. c\n\nd"),
        ('<a href="https://example.org/a(b)">here</a>', "[here](https://example.org/a%28b%29)"),
        ('<a href="https://example.org/">https://example.org/</a>', "https://example.org/"),
        ('<a href="javascript:alert(1)">here</a> <a href="//x">there</a>', "here there"),
        ("<em>so</em> <strong>much</strong>", "*so* **much**"),
        ("<pre>  a\n  b</pre>", "```\n  a\n  b\n```"),
        ("<script>no()</script>yes<!-- no -->", "yes"),
        ("1. 2*3 a_b &amp;lt;", "1\\. 2\\*3 a_b \\&lt;"),
    ],
)
def test_marks_that_comments_have_are_kept(html, markdown):
    assert plain_text(html) == markdown


def test_line_ends_mean_something_in_wordpress():
    assert plain_text("One\n\nTwo\nlines", keeps_lines=True) == "One\n\nTwo\nlines"
    assert plain_text("One\n\nTwo\nlines") == "One Two lines"
