"""Paragraphs and lists from plain lines, as HTML."""

from collections.abc import Sequence
from itertools import pairwise

from articles.exchange.inline import Html, rich_line
from articles.exchange.lines import Line, read_lines
from articles.exchange.lists import Entry, read_list

LONGEST_WRAPPED_LINE = 110
"""Lines that were broken to fit a page are shorter than this; a longer one is a paragraph of its own."""
LONGEST_VERSE = 50
"""A short line that ends no sentence, before one that starts anew, was broken on purpose: an address, a verse."""
DEEPEST_LIST = 3


def rich_text(text: str) -> Html:
    """Return the lines of `text` as HTML: paragraphs, lists (by their marks and indentation), emphasis and links."""
    lines = read_lines(tuple(text.split("\n")))
    pieces: list[str] = []
    paragraph: list[Line] = []
    position = 0
    while position < len(lines):
        entries = read_list(lines, position)
        line = lines[position]
        if paragraph and (entries or line.blank or not _goes_on(paragraph[-1], line)):
            pieces.append(_paragraph(paragraph))
            paragraph = []
        if entries:
            pieces.append(_lists(entries))
            position = entries[-1].last
            continue
        if not line.blank:
            paragraph.append(line)
        position += 1
    if paragraph:
        pieces.append(_paragraph(paragraph))
    return Html("".join(pieces))


def _goes_on(above: Line, below: Line) -> bool:
    """Whether two adjacent lines belong to one paragraph."""
    return above.breaks or len(above.text) <= LONGEST_WRAPPED_LINE or not above.ends_sentence or below.starts_lower


def _paragraph(lines: Sequence[Line]) -> str:
    pieces = [lines[0].text]
    for above, below in pairwise(lines):
        verse = above.breaks or (
            len(above.text) <= LONGEST_VERSE and not above.ends_sentence and not below.starts_lower
        )
        pieces += ["\n" if verse else " ", below.text]
    return "<p>" + "<br/>".join(rich_line(line) for line in "".join(pieces).split("\n")) + "</p>"


def _lists(entries: Sequence[Entry]) -> str:
    """Return `entries` as lists, nested by indentation; a change between bullets and numbers starts another list."""
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    for entry in entries:
        indent = entry.lines[0].indent
        tag = "ul" if entry.item.number is None else "ol"
        while len(opened) > 1 and indent < opened[-1][0]:
            pieces.append(f"</li></{opened.pop()[1]}>")
        if opened and indent > opened[-1][0] + 1 and len(opened) < DEEPEST_LIST:
            opened.append((indent, tag))
            pieces.append(f"<{tag}>")
        elif not opened or opened[-1][1] != tag:
            pieces.append(f"</li></{opened.pop()[1]}><{tag}>" if opened else f"<{tag}>")
            opened.append((indent, tag))
        else:
            pieces.append("</li>")
        pieces.append(f"<li>{rich_line(entry.text)}")
    pieces += [f"</li></{tag}>" for _, tag in reversed(opened)]
    return "".join(pieces)
