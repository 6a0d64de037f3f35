"""Recognizing text: whatever no other kind takes, as paragraphs and lists."""

from collections.abc import Sequence

from articles.exchange.findings import Found, all_labels, joined_text, verbatim
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, made, rich_body
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 1000

LONGEST_TEXT = 20_000
"""Characters after which a new block begins, so that each one stays easy to edit and below the limit of rich text."""
MOST_PARTS = 100


def recognize(passage: Passage) -> Found:
    """Take the line, or the list that starts at it."""
    last, length = passage.line.number, 0
    for entry in passage.list_here():
        length += len(entry.text)
        if length > LONGEST_TEXT and last > passage.line.number:
            break
        last = entry.last
    return Found(kind="text", value="", first=passage.line.number, last=last, confidence=0.8, text=passage.text(last))


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take more text, up to the length of a text that is easy to edit."""
    length = sum(len(part.text) for part in parts) + len(following.text)
    return following.kind == "text" and len(parts) < MOST_PARTS and length <= LONGEST_TEXT


def gather(parts: Sequence[Found]) -> Found:
    """Make one text of `parts`."""
    text = joined_text(parts)
    return Found(
        kind="text",
        value=rich_text(text),
        first=parts[0].first,
        last=parts[-1].last,
        confidence=min(part.confidence for part in parts),
        text=text,
        labels=all_labels(parts),
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make text of all `lines`, whatever they look like: what is marked as a heading is a bold line."""
    return kept(lines, made("text", rich_body(lines), lines), made("text", rich_text(verbatim(lines)), lines))
