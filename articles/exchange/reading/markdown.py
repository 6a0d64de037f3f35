"""Markdown: CommonMark with tables, strikethrough, task lists, footnotes and front matter."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.exchange import front_matter
from articles.exchange.documents import Document, Entry, Removed
from articles.exchange.html import lines_of
from articles.exchange.manners import plain_markdown
from articles.exchange.shelves import SCHEME, Folder, address_of, with_pictures
from articles.exchange.source import Refused, Source, read_source

FORMAT = "markdown"
LABEL = "Markdown"
ORDER = 500

ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
DEEPEST = 60
"""Lists and quotations in each other. Deeper marks are text."""
LONGEST_PARAGRAPH = 100_000
"""Characters without a blank line among them, as a list or a table may be."""
EMBEDDED = re.compile(r"data:image/[a-z+]{3,10};base64,[A-Za-z0-9+/=]*+")
MOST_MARKS = {"[": 10_000, "*_~`=<": 50_000}
"""Each of them may begin markup, and is looked at again from many others. Long articles have a thousand."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is called Markdown: by its bytes it is text."""
    return name.lower().endswith(ENDINGS) and b"\0" not in head


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the one article of a Markdown file. `name` is its path in the folder `root`, if that is given."""
    document = document_of("\n".join(read_source(path).lines), path=str(path), name=name)
    if document.is_known_by_content:
        document = replace(document, foreign_id=str(path.resolve()))
    yield with_pictures(document, Folder(root), name) if root else document


def document_of(text: str, *, path: str = "", name: str = "") -> Document:
    """Return the Markdown `text` as a document; raises Refused if it holds no article.

    The title is what the front matter says, or else the first heading of the first level.
    """
    above, below = front_matter.split(text)
    _check(below)
    removed: Counter[str] = Counter()
    html = _parser().render(plain_markdown(below, removed), {"name": name})
    article = lines_of(html, title=above.title)
    if not any(line.strip() for line in article.lines[1:]):
        raise Refused("The file holds no text of an article.")
    return Document(
        format=FORMAT,
        source=Source(path=path, lines=article.lines, marked=article.marked, given=article.given),
        foreign_id=above.key or path,
        place=name,
        details=above.details,
        pictures=article.embedded,
        parts={"rating": above.rating} if above.rating else {},
        removed=(
            *above.removed,
            *(Removed(what=what, count=count) for what, count in removed.items()),
            *article.removed,
        ),
        is_known_by_content=not above.key,
    )


def _check(text: str) -> None:
    """Raise Refused for a text that would take too long to read: no article has such paragraphs."""
    text = EMBEDDED.sub("", text)
    longest = max(map(len, re.split(r"\n[ \t]*\n", text)))
    if longest > LONGEST_PARAGRAPH:
        raise Refused(f"A paragraph has {longest:,} characters; {LONGEST_PARAGRAPH:,} are allowed.")
    for marks, most in MOST_MARKS.items():
        count = sum(map(text.count, marks))
        if count > most:
            raise Refused(f"The file has {count:,} of the characters {' '.join(marks)}; {most:,} are allowed.")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.push("links_between_files", _link_files)
    parser.core.ruler.push("captions", _caption_pictures)
    parser.add_render_rule("footnote_ref", _footnote_mark)
    parser.add_render_rule("footnote_anchor", lambda *_: "")
    parser.add_render_rule("footnote_block_open", lambda *_: "<hr>\n<ol>\n")
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol>\n")
    return parser


def _footnote_mark(_renderer: Any, tokens: list[Token], position: int, *_: Any) -> str:
    return f"<sup>[{tokens[position].meta['id'] + 1}]</sup>"


def _link_files(state: Any) -> None:
    """Have links to files beside this one lead to where those were on their site."""
    name = state.env.get("name", "")
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "link_open" and (address := _file_address(str(child.attrs["href"]), name)):
                child.attrs["href"] = address


def _file_address(href: str, name: str) -> str:
    path, _, place = href.partition("#")
    if SCHEME.match(href) or not path.lower().endswith((*ENDINGS, ".html", ".htm")) or path.startswith("/"):
        return ""
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return "" if file.startswith("..") else address_of(file) + (f"#{place}" if place else "")


def _caption_pictures(state: Any) -> None:
    """Make a figure of a picture with a line below it that is all in italics."""
    for token in state.tokens:
        match token.children:
            case [
                Token(type="image") as picture,
                Token(type="softbreak"),
                Token(type="em_open"),
                *words,
                Token(type="em_close"),
            ]:
                if not any(word.type in ("em_open", "em_close") and word.level == 0 for word in words):
                    begin, middle, end = (
                        Token("html_inline", "", 0, content=html)
                        for html in ("<figure>", "<figcaption>", "</figcaption></figure>")
                    )
                    token.children = [begin, picture, middle, *words, end]
