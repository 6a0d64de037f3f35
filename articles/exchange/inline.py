"""Emphasis and links inside a line: a small subset of Markdown, as safe HTML.

`**bold**`, `*italic*`, `_italic_` and `[text](https://…)` are markup where they stand as people set them: outside of
words, without a blank on their inner side, and closed. So are `<sub>` and `<sup>` around a few characters. A backslash
before a sign makes it text. Everything else is text and stays as it is. No word is ever lost: the address of a link
stands in its `href`.
"""

import html
import re
from dataclasses import dataclass

from prose.words import WORD

LONGEST_LABEL = 1_000
LONGEST_ADDRESS = 1_000

ESCAPED = r"\\[!-/:-@\[-`{-~]"
"""CommonMark 0.31, section 2.4: any ASCII punctuation may be escaped."""
SAFE_ADDRESS = r"(?:https?://(?=[^/])|mailto:(?=.)|tel:(?=[+\d])|/(?!/)|#)"
"""How an address may begin, as in `prose.sanitize.SAFE_LINK`. A backslash stands in none."""
SCRIPT = rf"<(?P<script>su[bp])>(?P<shifted>(?:{ESCAPED}|[^<>\\]|\\){{1,100}})</(?P=script)>"
TOKEN = re.compile(
    rf"(?P<escaped>{ESCAPED})"
    rf"|\[(?P<text>(?:{ESCAPED}|[^\[\]\\]|\\(?![\[\]])){{1,{LONGEST_LABEL}}})\]"
    rf"\((?P<address>{SAFE_ADDRESS}(?:[^\s()<>\"\\]|\([^\s()<>\"\\]{{0,300}}\)){{0,{LONGEST_ADDRESS}}})\)"
    rf"|{SCRIPT}"
    r"|(?P<mark>\*+|_+)"
)
ESCAPE = re.compile(ESCAPED)
TAGS = {"**": "b", "__": "b", "*": "i", "_": "i"}

RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
SHIFTED = {sign: plain for signs in (LOWERED, RAISED) for plain, sign in signs.items() if plain != "-"}
SHIFTED_SIGNS = re.compile(f"[{''.join(SHIFTED)}]+")
SCRIPT_TAG = re.compile(r"</?su[bp]>")

MARKS = re.compile(r"\*+|_+")
SIGNS = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|\](?=\(|$)|!(?=\[|$)|<(?=/?su[bp]>)|(?P<mark>\*+|_+)")
LINE_START = re.compile(r"#{1,6}\s|[>|]|:\s")


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
    pieces = "".join(piece.html for piece in _pieces(text, links=False, plain=True))
    return html.unescape(re.sub(r"</?[bi]>", "", pieces))


def escaped(text: str) -> str:
    """Return the plain `text` such that it reads as the same text inside a line, wherever it stands there."""
    return SIGNS.sub(lambda sign: _escaped_sign(text, sign), text)


def at_line_start(text: str) -> str:
    """Return the marked `text` such that it can start a line without becoming a heading, a quotation or a table."""
    return f"\\{text}" if LINE_START.match(text) else text


def unshifted(text: str) -> str:
    """Return `text` with blanks around whatever is raised or lowered in it, be it by tags or by signs such as ².

    In what is left, words are the same in marked text, in HTML and in plain text.
    """
    text = SCRIPT_TAG.sub(" ", text)
    return SHIFTED_SIGNS.sub(lambda signs: f" {''.join(SHIFTED[sign] for sign in signs[0])} ", text)


def _escaped_sign(text: str, sign: re.Match[str]) -> str:
    marks = sign["mark"]
    if marks is None:
        return f"\\{sign[0]}"
    at_edge = sign.start() == 0 or sign.end() == len(text)
    may_matter = at_edge or (marks in TAGS and (_may_open(text, sign) or _may_close(text, sign)))
    return "".join(f"\\{mark}" for mark in marks) if may_matter else marks


def _pieces(text: str, *, links: bool, plain: bool = False) -> list[_Piece]:
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
        elif token["escaped"]:
            pieces.append(_Piece(html.escape(token[0][1], quote=False)))
        elif token["script"]:
            pieces.append(_Piece(_script(token["script"], _unescaped(token["shifted"]), plain=plain)))
        elif links and token["address"] and not touches and _stands_apart(text, token):
            pieces.append(_Piece(_link(token["text"], token["address"])))
        else:
            pieces.append(_Piece(html.escape(_unescaped(token[0]), quote=False)))
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
    """Whether no word touches a word of the link, so that the words stay the same when its marks are gone."""
    label = token["text"].strip("*_\\")
    touches_before = WORD.match(label[:1]) and WORD.match(_before(text, token))
    return not touches_before and not (WORD.match(label[-1:]) and WORD.match(text[token.end() : token.end() + 1]))


def _link(text: str, address: str) -> str:
    label = "".join(piece.html for piece in _pieces(text, links=False))
    return f'<a href="{html.escape(address)}">{label}</a>'


def _script(name: str, text: str, *, plain: bool) -> str:
    """Return raised or lowered `text` as HTML; for plain text in signs of its own, or behind `^` or `_`."""
    if not plain:
        return f"<{name}>{html.escape(text, quote=False)}</{name}>"
    signs = RAISED if name == "sup" else LOWERED
    if all(sign in signs for sign in text):
        return "".join(signs[sign] for sign in text)
    mark = ("^" if name == "sup" else "_") if WORD.match(text) else ""
    return mark + html.escape(text, quote=False)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda escape: escape[0][1], text)
