"""Comments as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings import markup
from ratings.markup import CACHED, LARGEST, TAGS, comment_html
from tests.ratings.heavy import HEAVY

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
    "[x](java\tscript:alert(1))",
    "[x](java\0script:alert(1))",
    "[x](java&Tab;script&colon;alert(1))",
    "[x](data:image/png;base64,AAAA)",
    "javascript://https://example.org/%0aalert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>alert(1)</script>",
    "https://example.org/`'><img src=x>",
    "&amp;lt;script&amp;gt;",
    "{{ 7*7 }} {% include 'x' %} ${7*7} %(x)s {0.__class__}",
]

NO_LINKS = [
    "[x](/admin)",
    "[x](//evil.example)",
    r"[x](\\\\evil.example)",
    r"[x](/\\evil.example)",
    "[x](#top)",
    "[x](?next=1)",
    "[x]()",
    "[x](admin)",
    "[x](https:evil.example)",
    "[x](https:/evil.example)",
    "[x](https:///evil.example)",
    r"[x](https:\\\\evil.example)",
    "[x](https://known.example@evil.example)",
    "[x](ftp://example.org)",
    "[x](data:image/png;base64,AAAA)",
    "<ftp://example.org>",
    "//example.org",
    "ftp://example.org",
    "example.org and www.example.org",
    "ruth@example.org",
    "mailto:ruth@example.org",
    "xhttps://example.org",
    "`https://example.org`",
    "https://known.example@evil.example",
    "https://b\u202ea.example",
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

    @property
    def links(self) -> list[str]:
        return [value for tag, name, value in self.attributes if (tag, name) == ("a", "href")]


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


@pytest.mark.parametrize("text", NO_LINKS)
def test_only_absolute_addresses_of_the_web_become_links(text):
    assert audit(text).links == []


@pytest.mark.parametrize("text", ["[see](/admin)", "[see](javascript:alert)", "[see](//evil.example)", "[see]()"])
def test_text_of_a_link_that_is_none_is_kept(text):
    assert "see" in comment_html(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.org/a_b?x=1&y=2.", "https://example.org/a_b?x=1&y=2"),
        ("(http://example.org/x)", "http://example.org/x"),
        ("HTTPS://EXAMPLE.ORG:8000/", "HTTPS://EXAMPLE.ORG:8000/"),
        ("*https://example.org*", "https://example.org"),
        ("https://münchen.example/ö", "https://xn--mnchen-3ya.example/%C3%B6"),
        ("<https://example.org>", "https://example.org"),
        ("[us](https://example.org)", "https://example.org"),
        ("[https://example.com](https://example.org)", "https://example.org"),
        ("[write](mailto:ruth@example.org)", "mailto:ruth@example.org"),
    ],
)
def test_addresses_become_links(text, address):
    assert audit(text).links == [address]


def test_bare_address_becomes_a_link_like_any_other():
    assert comment_html("https://example.org") == (
        '<p><a href="https://example.org" rel="ugc nofollow noopener">https://example.org</a></p>\n'
    )


def test_entities_are_decoded_once():
    assert comment_html("&amp;lt;b&amp;gt;") == "<p>&amp;lt;b&amp;gt;</p>\n"


@given(st.text(alphabet="htps:/.@[]()<>&\"'`*_\\ \n\t#?ab", max_size=60).map("https://a.b/{}".format))
def test_any_text_after_an_address_is_inert(text):
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


@pytest.mark.parametrize("text", HEAVY)
def test_no_text_becomes_larger_than_the_largest(text):
    assert len(comment_html(text).encode()) <= LARGEST


def test_text_that_formatting_would_blow_up_is_shown_as_it_was_written():
    items = "-\n*\n" * 1200

    assert comment_html(items + "<b>") == f"<p>{items.replace(chr(10), '<br>')}&lt;b&gt;</p>"


def test_only_so_many_and_only_short_texts_are_kept():
    markup._kept_html.cache_clear()
    for number in range(CACHED + 5):
        comment_html(str(number))
    assert markup._kept_html.cache_info().currsize == CACHED

    markup._kept_html.cache_clear()
    comment_html("x" * (CACHED + 1))
    assert markup._kept_html.cache_info().currsize == 0
