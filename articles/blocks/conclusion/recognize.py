"""Recognizing the conclusion: its heading, and the text up to the next heading or other kind."""

from collections.abc import Sequence

from articles.exchange.findings import Found, all_labels, joined_text, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, lines_from, made, pieces_of, rich_body, title_of
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 260

TITLES = Label(
    "(?:(?:in|the|our|a) )?conclusions?",
    "(?:the )?bottom line",
    "(?:(?:some|a few|my|our) )?(?:final|closing|parting|last|concluding) (?:thoughts?|words?|remarks|notes?|take)",
    "(?:the )?final verdict",
    "the verdict",
    "wrapping (?:it |things )?up",
    "(?:the )?wrap[ -]?up",
    "(?:to|in) sum(?: (?:it |things )?up)?",
    "summing (?:it )?up",
    "(?:in |the |a (?:short |quick )?)?summary",
    "(?:the )?(?:final |big |main )?take-?away",
    "(?:the |final )?take-?aways",
    "in closing",
    "in the end",
    "in short",
    "the big picture",
    "where that leaves you",
    "epilogue",
)
SOURCES = Label("(?:(?:show|view|article) )?(?:sources?|references?|citations?|footnotes?)")


def recognize(passage: Passage) -> Found | None:
    """Recognize the heading of a conclusion, or its label with the first words behind it."""
    line = passage.line
    if line.item:
        return None
    labelled = TITLES.read_text(line.text)
    if TITLES.is_all_of(line) or (labelled and passage.heads):
        return _found(passage, title=plain_line(line.plain), text="")
    if labelled and labelled.rest and passage.opens:
        return _found(passage, title=labelled.name, text=labelled.rest)
    return None


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take all text that follows, up to a line that announces sources."""
    return following.kind == "text" and not SOURCES.is_all_of(Line(1, following.text.partition("\n")[0]))


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one conclusion of its heading and its text; a heading without text is none."""
    opening, *others = parts
    body = joined_text(others) if others else ""
    behind_label = opening.value["body"]
    if not body and not behind_label:
        return None
    return Found(
        kind="conclusion",
        value={"title": opening.value["title"], "body": rich_text(f"{behind_label}\n\n{body}")},
        first=opening.first,
        last=parts[-1].last,
        confidence=opening.confidence,
        text=joined_text(parts),
        labels=all_labels(parts),
    )


def _found(passage: Passage, title: str, text: str) -> Found:
    line = passage.line
    return Found(
        kind="conclusion",
        value={"title": title, "body": text},
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=line.raw,
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a conclusion of all `lines`; a heading above the others is its title."""
    pieces = pieces_of(lines)
    title = title_of(pieces)
    body = lines_from(lines, pieces[1]) if title else lines
    return kept(
        lines,
        made("conclusion", {"title": title, "body": rich_body(body)}, lines),
        made("conclusion", {"title": "", "body": rich_text(verbatim(lines))}, lines),
    )
