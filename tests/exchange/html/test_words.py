"""Whatever HTML says, its lines say: no word of the visible text is lost, and none is made up."""

import re
from collections import Counter
from html import escape

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles.exchange.html import lines_of
from articles.exchange.inline import plain_line, rich_line, unshifted
from articles.exchange.lines import read_lines
from prose.sanitize import plain_text
from prose.words import words

INLINE = ("b", "strong", "i", "em", "u", "span", "a href='https://example.org/x'", "a href='javascript:x'", "code", "q")
BLOCKS = ("p", "div", "h1", "h2", "h4", "blockquote", "section", "pre", "aside", "figure", "details")
SIGNS = st.text(alphabet="ab1 .*_[]()\\<>&#|-!`~+=:\u00a0", min_size=1, max_size=12)


def _element(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag.split()[0]}>"


def _inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(_element, st.sampled_from(INLINE), children) | st.lists(children, max_size=3).map("".join)


def _blocks(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(children, max_size=3)
    return (
        st.builds(_element, st.sampled_from(BLOCKS), children)
        | several.map("".join)
        | several.map(lambda items: "<ul>" + "".join(_element("li", item) for item in items) + "</ul>")
        | several.map(lambda cells: "<table><tr>" + "".join(_element("td", cell) for cell in cells) + "</table>")
        | several.map(
            lambda rows: "<table><tr><th>a<th>b" + "".join(f"<tr><td>{row}<td>b" for row in rows) + "</table>"
        )
        | several.map(lambda terms: "<dl>" + "".join(f"<dt>{term}<dd>a" for term in terms) + "</dl>")
    )


PARTING = re.compile(r"</?(?:p|div|h\d|blockquote|section|pre|aside|figure|details|ul|li|table|t\w+|d[ltd]|q)\b[^>]*>")
PHRASES = st.recursive(SIGNS.map(escape), _inline, max_leaves=6)
TREES = st.recursive(PHRASES, _blocks, max_leaves=8)


def words_of_lines(lines: tuple[str, ...]) -> list[str]:
    """Return the words that the lines show, without the numbers of list items."""
    shown: list[str] = []
    for line in read_lines(lines):
        item = line.item if not line.raw.startswith(("#", "|", ">")) else None
        text = item.text if item else line.text
        is_plain = line.heading_level or line.raw.startswith("| ")
        shown += words(unshifted(plain_line(text) if is_plain else plain_text(rich_line(text))))
    return shown


def words_of_html(html: str) -> list[str]:
    """Return the words of the text between tags; only tags that begin or end a block part words."""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    return words(LexborHTMLParser(PARTING.sub(" ", body.html)).body.text())


@given(TREES)
def test_no_word_is_lost_or_made_up(html):
    assert Counter(words_of_lines(lines_of(html).lines)) == Counter(words_of_html(html))
