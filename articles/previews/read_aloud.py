"""What a screen reader's lists of an article would say: its headings, pictures and links, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from articles.models import ArticlePage

DEPTHS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that a screen reader names: "heading", "picture", "link", "table", "list", or plain "text".

    `text` is what is read out, empty for a picture that nothing describes; `level` is that of a heading, else 0.
    """

    kind: str
    text: str
    level: int = 0

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        names = {
            "heading": _("Heading, level %(level)d") % {"level": self.level},
            "picture": _("Picture"),
            "link": _("Link"),
            "table": _("Table"),
            "list": _("List"),
        }
        return names.get(self.kind, "")


def read_aloud(article: ArticlePage) -> Iterator[Entry]:
    """Yield what is named of `article`, and its texts between, in reading order.

    Each block is read from its own Markdown: every kind says there what it says on the page.
    """
    from articles.models import fetch_what_is_shown

    yield Entry(kind="heading", text=article.title, level=1)
    if article.summary:
        yield Entry(kind="text", text=article.summary)
    if article.hero and not article.hero_is_decorative:
        yield Entry(kind="picture", text=article.hero_alt or article.hero.description)
    fetch_what_is_shown(article.body)
    reader = MarkdownIt("commonmark").enable("table")
    for child in article.body:
        yield from _entries(reader.parse(child.block.markdown(child.value)))


def _entries(tokens: list[Token]) -> Iterator[Entry]:
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = DEPTHS[token.tag]
        elif token.type in ("table_open", "bullet_list_open", "ordered_list_open"):
            yield Entry(kind="table" if token.type == "table_open" else "list", text="")
        elif token.type == "inline":
            yield from _inline(token.children or [], level)
            level = 0


def _inline(tokens: list[Token], level: int) -> Iterator[Entry]:
    """Yield what a line says, and then what is named in it."""
    said, link = "", None
    named = []
    for token in tokens:
        if token.type == "image":
            named.append(Entry(kind="picture", text=token.content))
        elif token.type == "link_open":
            link = len(said)
        elif token.type == "link_close":
            named.append(Entry(kind="link", text=said[link:].strip()))
        elif token.type in ("text", "code_inline"):
            said += token.content
        elif token.type in ("softbreak", "hardbreak"):
            said += " "
    if said.strip():
        yield Entry(kind="heading" if level else "text", text=said.strip(), level=level)
    yield from named
