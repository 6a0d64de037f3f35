"""Emphasis and links inside a line: a small subset of Markdown, as safe HTML.

`**bold**`, `*italic*`, `_italic_` and `[text](https://…)` are markup where they stand as people set them: outside of
words, without a blank on their inner side, and closed. Everything else is text and stays as it is. No word is ever
lost: the address of a link stands in its `href`.
"""

import html
import re
from dataclasses import dataclass

from prose.words import WORD

TOKEN = re.compile(
    r"\[(?P<text>[^\[\]]{1,300})\]\((?P<address>https?://(?:[^\s()<>\"]|\([^\s()<>\"]{0,300}\)){1,1000})\)"
    r"|(?P<mark>\*+|_+)"
)
TAGS = {"**": "b", "__": "b", "*": "i", "_": "i"}


class Html(str):
    """Rich text of our own making: all text in it is escaped. Other strings in a block's value are plain text."""

    __slots__ = ()


@dataclass
class _Piece:
    """A piece of the result. A mark is text until another one closes it."""

    html: str


def rich_line(text: str) -> Html:
    """Return the one line `text` as HTML."""
    return Html("".join(piece.html for piece in _pieces(text, links=True)))


def plain_line(text: str) -> str:
    """Return `text` without the marks of emphasis, for fields that take no HTML. Links stay as written."""
    return html.unescape(re.sub(r"</?[bi]>", "", "".join(piece.html for piece in _pieces(text, links=False))))


def _pieces(text: str, *, links: bool) -> list[_Piece]:
    """Cut `text` at its marks. At most one mark of each kind is open, so that tags nest two deep and time is linear."""
    pieces: list[_Piece] = []
    opened: dict[str, int] = {}
    end = 0
    for token in TOKEN.finditer(text):
        pieces.append(_Piece(html.escape(text[end : token.start()], quote=False)))
        touches = _touches_markup(pieces)
        end = token.end()
        mark = token["mark"]
        if mark in TAGS:
            opens = not touches and _may_open(text, token)
            _add_mark(pieces, opened, mark, opens=opens, closes=_may_close(text, token))
        elif links and token["address"] and not touches and _stands_apart(text, token):
            pieces.append(_Piece(_link(token["text"], token["address"])))
        else:
            pieces.append(_Piece(html.escape(token[0], quote=False)))
    pieces.append(_Piece(html.escape(text[end:], quote=False)))
    return pieces


def _add_mark(pieces: list[_Piece], opened: dict[str, int], mark: str, *, opens: bool, closes: bool) -> None:
    """Add `mark` to `pieces`: as the end of the emphasis that it closes, else as text that may be closed later."""
    pieces.append(_Piece(mark))
    tag = TAGS[mark]
    if mark in opened and closes:
        start = opened[mark]
        pieces[start].html, pieces[-1].html = f"<{tag}>", f"</{tag}>"
        for inner in [other for other, position in opened.items() if position >= start]:
            del opened[inner]
    elif opens and not any(TAGS[other] == tag for other in opened):
        opened[mark] = len(pieces) - 1


def _may_open(text: str, token: re.Match[str]) -> bool:
    """Whether the mark stands before a word and behind none."""
    after = text[token.end() : token.end() + 1]
    return after != "" and not after.isspace() and not WORD.match(_before(text, token))


def _may_close(text: str, token: re.Match[str]) -> bool:
    """Whether the mark stands behind a word and before none."""
    before = _before(text, token)
    return before != "" and not before.isspace() and not WORD.match(text[token.end() : token.end() + 1])


def _touches_markup(pieces: list[_Piece]) -> bool:
    """Whether emphasis or a link ends right here: without the marks, its last word would touch the next one."""
    return len(pieces) > 1 and not pieces[-1].html and pieces[-2].html.startswith(("</", "<a"))


def _before(text: str, token: re.Match[str]) -> str:
    return text[max(0, token.start() - 1) : token.start()]


def _stands_apart(text: str, token: re.Match[str]) -> bool:
    """Whether no word touches the link, so that the words stay the same when its marks are gone."""
    return not WORD.match(_before(text, token)) and not WORD.match(text[token.end() : token.end() + 1])


def _link(text: str, address: str) -> str:
    label = "".join(piece.html for piece in _pieces(text, links=False))
    return f'<a href="{html.escape(address)}">{label}</a>'
