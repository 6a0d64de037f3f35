"""Comments as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.markup import TAGS, comment_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](&#106;avascript:alert(1))",
    "<a href='javascript:x' onclick=y>z</a>",
    "![x](https://example.org/x.png)",
    "<javascript:alert(1)>",
    "# Heading\n===\n---",
    '<![><img src="]><script>x</script>',
    "&lt;script&gt;",
    "[x](https://example.org 'a\" onclick=\"b')",
    "<svg/onload=alert(1)>",
    "`<b>` ```<script>```",
    "[a]: javascript:x\n\n[a]",
]


class Audit(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]


def audit(text: str) -> Audit:
    found = Audit()
    found.feed(comment_html(text))
    return found


def assert_inert(text: str) -> None:
    found = audit(text)
    assert found.tags <= TAGS
    for tag, name, value in found.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("ol", "start")}
        if name == "href":
            assert value.lower().startswith(("https://", "http://", "mailto:"))
        if name == "rel":
            assert value == "ugc nofollow noopener"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert(text):
    assert_inert(text)


@given(st.text(alphabet="<>&\"'`[]()!#*_-= \n:/abjscriptonx;&", max_size=80))
def test_any_text_is_inert(text):
    assert_inert(text)


def test_small_subset_is_formatted():
    html = comment_html("Some *soft* and **firm** words\n\n- one\n- two\n\n> quoted\n\n[us](https://example.org)")

    for part in (
        "<em>soft</em>",
        "<strong>firm</strong>",
        "<li>one</li>",
        "<blockquote>",
        '<a href="https://example.org" rel="ugc nofollow noopener">us</a>',
    ):
        assert part in html


def test_html_in_a_comment_is_shown_as_text():
    assert comment_html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"
