"""The text of Ghost 1 to 5 (Mobiledoc 0.3), as HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from articles.exchange.ghost.cards import card
from articles.exchange.markers import Tally, figure

MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10
TEXT, ATOM = 0, 1
TAGS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"])
QUOTATIONS = ("aside", "pull-quote")
INLINE = frozenset(["a", "b", "code", "del", "em", "i", "mark", "s", "strong", "sub", "sup", "u"])


def html_of_mobiledoc(document: Any, tally: Tally) -> str:
    """Return what `document` holds; what is not as the format has it is tallied."""
    if not isinstance(document, dict):
        return ""
    reader = _Reader(document, tally)
    return "".join(reader.section(each) for each in _list(document.get("sections")))


class _Reader:
    def __init__(self, document: dict[str, Any], tally: Tally) -> None:
        self._markups = _list(document.get("markups"))
        self._atoms = _list(document.get("atoms"))
        self._cards = _list(document.get("cards"))
        self._tally = tally

    def section(self, section: Any) -> str:
        match section:
            case [int(kind), str(tag), list(markers), *_] if kind == MARKUP:
                name = "blockquote" if tag in QUOTATIONS else tag if tag in TAGS else "p"
                return f"<{name}>{self._inline(markers)}</{name}>\n"
            case [int(kind), str(address), *_] if kind == IMAGE:
                return figure(address)
            case [int(kind), str(tag), list(items), *_] if kind == LIST:
                name = "ol" if tag == "ol" else "ul"
                inner = "".join(f"<li>{self._inline(_list(item))}</li>\n" for item in items)
                return f"<{name}>{inner}</{name}>\n"
            case [int(kind), int(index), *_] if kind == CARD:
                shown, self._cards[index : index + 1] = self._cards[index : index + 1], [None]
                match shown:  # Each card is shown once: a short text could name a long one without end.
                    case [[str(name), dict(settings), *_]]:
                        return card(name, settings, self._tally)
                    case [[str(name), *_]]:
                        return card(name, {}, self._tally)
        self._tally["section that cannot be read"] += 1
        return ""

    def _inline(self, markers: list[Any]) -> str:
        """Return text with its styles. A marker opens styles before its text, and closes the innermost ones behind."""
        written: list[str] = []
        opened: list[str] = []
        for marker in markers:
            match marker:
                case [int(kind), list(opens), int(closes), value, *_]:
                    tags = [self._tag(index) for index in opens]
                    written += [start for start, _ in tags]
                    opened += [name for _, name in tags]
                    written.append(self._atom(value) if kind == ATOM else escape(str(value), quote=False))
                    for _ in range(min(max(closes, 0), len(opened))):
                        name = opened.pop()
                        written.append(f"</{name}>" if name else "")
        written += [f"</{name}>" for name in reversed(opened) if name]
        return "".join(written)

    def _tag(self, index: Any) -> tuple[str, str]:
        """Return the start tag of a style and its name, both empty for a style that is not known."""
        markup = self._markups[index] if isinstance(index, int) and 0 <= index < len(self._markups) else None
        match markup:
            case ["a", ["href", str(address), *_], *_]:
                return f'<a href="{escape(address)}">', "a"
            case [str(name), *_] if name in INLINE:
                return f"<{name}>", name
        return "", ""

    def _atom(self, index: Any) -> str:
        atom = self._atoms[index] if isinstance(index, int) and 0 <= index < len(self._atoms) else None
        match atom:
            case ["soft-return", *_]:
                return "<br>"
            case [_, str(text), *_]:
                return escape(text, quote=False)
        return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
