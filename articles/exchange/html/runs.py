"""The text of one paragraph with its styles, and how it is written as a marked line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from articles.exchange.inline import LONGEST_LABEL, escaped
from prose.words import WORD

BLANKS = re.compile(r"[ \t\n\r\f]+")
"""What a browser folds into one blank; a no-break space is none of it."""
EXOTIC_BREAKS = re.compile(r"[\x0b\x85\u2028\u2029]")
UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\"\\]")
BRACKETS = re.compile(r"\\.|([\[\]])")
ORDINAL = re.compile(r"\s*(?:st|nd|rd|th|er|re|e|o|a|TM|SM|®|™)\s*")
SCRIPT_TEXT = re.compile(r" ?[^\s<>](?:[^<>]{0,48}[^\s<>])? ?")
LEADING_WORD = re.compile(r"[^\W_]*")
TRAILING_WORD = re.compile(r"[^\W_]*$")


@dataclass(frozen=True)
class Style:
    """How text is set. `script` is `sub`, `sup` or empty, `link` an address or empty."""

    bold: bool = False
    italic: bool = False
    script: str = ""
    link: str = ""


PLAIN = Style()


@dataclass(frozen=True)
class Run:
    """Text of one style, its blanks folded. A line feed in it is a line break."""

    text: str
    style: Style = PLAIN


def folded(text: str) -> str:
    """Return `text` with its blanks folded as a browser shows them."""
    return BLANKS.sub(" ", EXOTIC_BREAKS.sub(" ", text))


def lines_of_runs(runs: Sequence[Run]) -> list[list[Run]]:
    """Return `runs` cut at their line breaks, without blanks at the ends of the lines or doubled within them."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, run.style))
    return [_trimmed(line) for line in lines]


def is_bold(runs: Iterable[Run]) -> bool:
    """Whether there are words and all of them are bold."""
    styles = [run.style.bold for run in runs if run.text.strip()]
    return bool(styles) and all(styles)


def plain(runs: Iterable[Run]) -> str:
    """Return `runs` as marked text without emphasis and links; what is raised or lowered stays so."""
    return marked([replace(run, style=Style(script=run.style.script)) for run in runs])


def marked(runs: Iterable[Run]) -> str:
    """Return `runs`, which are one line, as marked text that `articles.exchange.inline` reads as the same."""
    pieces: list[_Piece] = []
    for link, linked in groupby(_settled(runs), key=lambda run: run.style.link):
        group = list(linked)
        pieces += [_link(link, group)] if link else [_piece(run) for run in group]
    return _emphasized(_without_needless_escapes(pieces))


def address(url: str) -> str:
    """Return `url` as it can stand in the brackets of a link."""
    return UNSAFE_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def _trimmed(runs: list[Run]) -> list[Run]:
    trimmed: list[Run] = []
    blank = True
    for run in runs:
        text = run.text.lstrip(" ") if blank else run.text
        if text:
            trimmed.append(Run(text, run.style))
            blank = text.endswith(" ")
    while trimmed and not trimmed[-1].text.rstrip(" "):
        trimmed.pop()
    if trimmed:
        trimmed[-1] = replace(trimmed[-1], text=trimmed[-1].text.rstrip(" "))
    return trimmed


@dataclass(frozen=True)
class _Piece:
    """Text in which all is marked but emphasis."""

    text: str
    bold: bool
    italic: bool


def _settled(runs: Iterable[Run]) -> list[Run]:
    """Return `runs` such that every link holds whole words, and no link touches another: marks stand apart."""
    settled: list[Run] = []
    for run in runs:
        if run.style.script and settled and settled[-1].style == run.style:
            run = replace(run, text=settled.pop().text + run.text)
        while settled and settled[-1].style.link != run.style.link and not settled[-1].style.script:
            left = settled.pop()
            ending, beginning = TRAILING_WORD.search(left.text), LEADING_WORD.match(run.text)
            if run.style.script or not ending or not beginning or not ending[0] or not beginning[0]:
                settled.append(left)
                break
            if left.style.link:
                settled.append(replace(left, text=left.text + beginning[0]))
                run = Run(run.text[beginning.end() :], replace(run.style, link=""))
                break
            run = replace(run, text=ending[0] + run.text)
            if ending.start():
                settled.append(replace(left, text=left.text[: ending.start()]))
        touches = settled and settled[-1].style.link not in ("", run.style.link)
        if touches and run.style.link:
            run = replace(run, style=replace(run.style, link=""))
        if run.text:
            settled.append(run)
    return settled


def _piece(run: Run) -> _Piece:
    """Return `run` without its link. Letters that are raised behind a number ("19th") stay on the line."""
    style, text = run.style, run.text
    if style.script and SCRIPT_TEXT.fullmatch(text) and not ORDINAL.fullmatch(text):
        lead, words, trail = _edges(text)
        inner = re.sub(r"\\\]$", "]", escaped(words))  # No address can follow within the tags.
        return _Piece(f"{lead}<{style.script}>{inner}</{style.script}>{trail}", bold=False, italic=False)
    return _Piece(escaped(text), style.bold, style.italic)


def _without_needless_escapes(pieces: list[_Piece]) -> list[_Piece]:
    """Return `pieces` with a closing bracket at the end of one as it is, unless an address could follow it."""
    return [
        replace(piece, text=f"{piece.text[:-2]}]") if piece.text.endswith(r"\]") and below[:1] != "(" else piece
        for piece, below in zip(pieces, [*(each.text for each in pieces[1:]), ""], strict=True)
    ]


def _link(address: str, runs: list[Run]) -> _Piece:
    """Return the link that `runs` are; if all of it is emphasized, so is the link."""
    lead, words, trail = _edges("".join(run.text for run in runs))
    first = runs[0].style
    if all(run.style == first for run in runs) and not first.script:
        label, bold, italic = escaped(words), first.bold, first.italic
    else:
        label, bold, italic = _emphasized([_piece(run) for run in runs]).strip(" "), False, False
    label = BRACKETS.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], label)
    if not label or len(label) > LONGEST_LABEL:
        return _Piece(lead + label + trail, bold, italic)
    return _Piece(f"{lead}[{label}]({address}){trail}", bold, italic)


def _emphasized(pieces: Sequence[_Piece]) -> str:
    """Return `pieces` as one text, with their emphasis marked wherever its marks stand apart from words and marks."""
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.bold)]
    written = ""
    for number, group in enumerate(groups):
        after = groups[number + 1][0].text[:1] if number + 1 < len(groups) else ""
        text = "".join(piece.text for piece in group)
        if group[0].bold and _stands_apart(written, text, after):
            lead, _, trail = _edges(text)
            inner = _italicized(group, "", "").strip(" ")
            written += f"{lead}**{inner}**{trail}"
        else:
            written += _italicized(group, written, after)
    return written


def _italicized(pieces: Sequence[_Piece], before: str, after: str) -> str:
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.italic)]
    written = ""
    for number, group in enumerate(groups):
        below = groups[number + 1][0].text[:1] if number + 1 < len(groups) else after
        text = "".join(piece.text for piece in group)
        if group[0].italic and _stands_apart(written or before, text, below):
            lead, words, trail = _edges(text)
            mark = "_" if pieces[0].bold else "*"
            text = f"{lead}{mark}{words}{mark}{trail}"
        written += text
    return written


def _stands_apart(before: str, text: str, after: str) -> bool:
    """Whether marks around the words of `text` are read as such; see `articles.exchange.inline`."""
    words = text.strip(" ")
    if not WORD.search(words):
        return False
    before, after = (before if text[0] != " " else "")[-1:], "" if text[-1] == " " else after
    return not (WORD.match(before) or before in tuple(")*_>") or WORD.match(after) or after in tuple("[<*_"))


def _edges(text: str) -> tuple[str, str, str]:
    """Return the blanks before the words of `text`, the words, and the blanks behind them."""
    words = text.strip(" ")
    start = text.index(words)
    return text[:start], words, text[start + len(words) :]
