"""The text of Ghost 5 and later (Lexical), as HTML. Walked with a list of open nodes, however deep it nests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext

from articles.exchange.ghost.cards import CARDS, card
from articles.exchange.markers import Tally
from articles.exchange.source import Refused

Node = dict[str, Any]

DEEPEST = 200
FORMATS = {1: "b", 2: "i", 4: "s", 8: "u", 16: "code", 32: "sub", 64: "sup", 128: "mark"}
"""The tags of the bits of a text's format."""
ELEMENTS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class _Open:
    """A node whose children are read: they as they are, and as HTML."""

    node: Node
    waiting: Iterator[Node]
    parts: list[str] = field(default_factory=list)


def html_of_lexical(root: Any, tally: Tally) -> str:
    """Return what `root` holds; raises Refused if it nests too deep to be a text."""
    opened = [_Open({}, iter([root] if isinstance(root, dict) else []))]
    while True:
        top = opened[-1]
        node = next(top.waiting, None)
        if node is not None:
            opened.append(_Open(node, iter(_children(node))))
            if len(opened) > DEEPEST:
                raise Refused(gettext("The text nests more than %(most)d levels deep.") % {"most": DEEPEST})
        elif len(opened) > 1:
            opened.pop()
            opened[-1].parts.append(_html(top.node, top.parts, tally))
        else:
            return "".join(top.parts)


def _children(node: Node) -> list[Node]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _html(node: Node, parts: list[str], tally: Tally) -> str:
    kind, inner = str(node.get("type", "")), "".join(parts)
    if kind in ELEMENTS:
        tag = ELEMENTS[kind]
        return f"<{tag}>{inner}</{tag}>\n"
    if kind in ("heading", "extended-heading"):
        tag = str(node.get("tag")) if node.get("tag") in HEADINGS else "h2"
        return f"<{tag}>{inner}</{tag}>\n"
    if kind == "list":
        return _list(node, parts)
    if kind in ("link", "autolink"):
        return f'<a href="{escape(str(node.get("url", "")))}">{inner}</a>'
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else " "
    if isinstance(node.get("text"), str):
        return _text(node)
    if kind in ("root", "") or (inner and kind not in CARDS):
        return inner
    return card(kind, node, tally)


def _text(node: Node) -> str:
    html = escape(node["text"], quote=False)
    bits = node.get("format")
    for bit, tag in FORMATS.items():
        if isinstance(bits, int) and bits & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _list(node: Node, parts: list[str]) -> str:
    """Return a list; an item that holds nothing but a list belongs to the item above it."""
    items: list[str] = []
    for child, html in zip(_children(node), parts, strict=True):
        inner = _children(child)
        if items and inner and all(each.get("type") == "list" for each in inner):
            items[-1] = items[-1].rstrip().removesuffix("</li>") + html.removeprefix("<li>")
        else:
            items.append(html)
    tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
    start = node.get("start")
    number = f' start="{start}"' if tag == "ol" and isinstance(start, int) and start > 1 else ""
    return f"<{tag}{number}>{''.join(items)}</{tag}>\n"
