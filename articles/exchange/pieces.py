"""The pieces of lines that somebody says are a block of a kind: headings, items of a list, paragraphs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

from articles.exchange.accounting import keeps_words
from articles.exchange.findings import Found, Outside, verbatim
from articles.exchange.inline import Html, plain_line, rich_line
from articles.exchange.lines import Item, Line
from articles.exchange.rich_text import rich_text
from prose.words import words

LONG_LINE = 60
"""A line this long that ends no sentence was broken to fit a page: the next one goes on with it."""
DEEPER = 2
"""By how many columns a line must be set in further than an item's mark to belong to the item."""


@dataclass(frozen=True)
class Piece:
    """A heading, an item of a list or a paragraph: what stands on `lines`, which follow each other."""

    lines: tuple[Line, ...]

    @property
    def line(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def item(self) -> Item | None:
        """The first line as an item of a list, or None."""
        return self.line.item

    @cached_property
    def text(self) -> str:
        """The piece in one line, without the mark of a heading, an item or a quotation."""
        return " ".join(bare(line) for line in self.lines)

    @property
    def heads(self) -> bool:
        """Whether the piece is marked as a heading: by `#` or in that all of it is bold."""
        return len(self.lines) == 1 and bool(self.line.heading_level or self.line.stands_out)


def bare(line: Line) -> str:
    """Return `line` without the mark of a heading, an item or a quotation."""
    if line.item:
        return line.item.text
    return line.text.lstrip("> ") if line.text.startswith(">") else line.plain


def unquoted(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` without the marks of a quotation, up to the first that has none."""
    marked = takewhile(lambda line: line.text.startswith(">"), lines)
    return [Line(line.number, line.text[1:].removeprefix(" ")) for line in marked]


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """Return what stands on `lines`, without the blank ones. Each line is a piece unless it goes on with another."""
    pieces: list[Piece] = []
    gap = True
    for line in lines:
        if line.blank:
            gap = True
            continue
        if not gap and _goes_on(pieces[-1], line):
            pieces[-1] = Piece((*pieces[-1].lines, line))
        else:
            pieces.append(Piece((line,)))
        gap = False
    return pieces


def _goes_on(above: Piece, line: Line) -> bool:
    if line.item or line.heading_level or above.line.heading_level:
        return False
    if above.item and line.indent >= above.line.indent + DEEPER:
        return True
    last = above.lines[-1]
    return not last.ends_sentence and (line.starts_lower or (not above.item and len(last.text) >= LONG_LINE))


def title_of(pieces: Sequence[Piece], longest: int = 200) -> str:
    """Return the title that the first of `pieces` is to the others, of at most `longest` characters; empty if none is.

    A title is marked as a heading, ends with a colon, or reads as a heading above a list or a sentence.
    """
    if len(pieces) < 2 or len(pieces[0].lines) > 1:
        return ""
    line, below = pieces[0].line, pieces[1]
    announces = below.item is not None or below.line.is_prose
    title = plain_line(line.plain)
    heads = line.heading_level or line.stands_out or line.leads_in or (line.like_a_heading and announces)
    return title if heads and not line.item and len(title) <= longest else ""


def lines_from(lines: Sequence[Line], piece: Piece) -> Sequence[Line]:
    """Return those of `lines`, which stand one below the other, that stand from `piece` on."""
    return lines[piece.line.number - lines[0].number :]


def rich_body(lines: Sequence[Line]) -> Html:
    """Return `lines` as rich text in which headings are bold lines and quotations are paragraphs."""
    return rich_text(body_text(lines))


def body_text(lines: Sequence[Line]) -> str:
    """Return `lines` with headings as bold lines and without the marks of quotations."""
    return "\n".join(_in_body(line) for line in lines)


def _in_body(line: Line) -> str:
    if line.heading_level:
        return f"\n**{line.plain}**\n"
    return bare(line) if line.text.startswith(">") else line.raw


def rich_paragraph(text: str) -> Html:
    """Return the one line `text` as a paragraph; nothing for no text."""
    return Html(f"<p>{rich_line(text)}</p>" if text else "")


def made(
    kind: str, value: Any, lines: Sequence[Line], *, text: str | None = None, labels: Sequence[Outside] = ()
) -> Found:
    """Return all of `lines` as a block with `value`, for certain. `text` is what is left of them without `labels`."""
    return Found(
        kind=kind,
        value=value,
        first=lines[0].number,
        last=lines[-1].number,
        confidence=1.0,
        text=verbatim(lines) if text is None else text,
        labels=tuple(labels),
    )


def kept(lines: Sequence[Line], *attempts: Found) -> Found | None:
    """Return the first of `attempts` that keeps every word of `lines`, or None."""
    wanted = Counter(words(verbatim(lines)))
    return next((found for found in attempts if _words_of(found) == wanted and keeps_words(found)), None)


def _words_of(found: Found) -> Counter[str]:
    return Counter(words("\n".join([found.text, *(label.text for label in found.labels)])))
