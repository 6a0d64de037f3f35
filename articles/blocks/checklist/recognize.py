"""Recognizing checklists: items with ticks or crosses, and lists under "Checklist" or "Do's and don'ts"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from articles.exchange.findings import Found, Outside, label, verbatim
from articles.exchange.inline import Html, plain_line
from articles.exchange.labels import Label, pattern
from articles.exchange.lines import Line
from articles.exchange.lists import Entry
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, made, pieces_of, rich_paragraph, title_of
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given
from articles.exchange.vocabulary import CROSSES

ORDER = 210

TITLE = pattern(
    r"\bcheck-?list\b",
    r"\bdo['’]?s\b.{1,6}\bdon['’]?t['’]?s\b",
    r"\bdo(?:['’]?s)? (?:and|&|or) avoid\b",
    r"\bto-do list\b",
)
DO = Label("(?:the )?do['’]?s?", "do this", "try", "always", "yes")
AVOID_IN_BOLD = re.compile(r"\*\*(?P<name>[^*:]{1,40}):\*\*\s+(?=\S)")
AVOID = Label("(?:the )?don['’]?t['’]?s?", "don['’]?t do this", "do not", "avoid", "never", "not this", "no")
STARTS_WITH_AVOID = pattern(r"avoid\b", r"don['’]?t\b", r"do not\b", r"never\b")
MOST_INTRODUCTION = 2


@dataclass
class _Reading:
    """What has been read of a checklist so far."""

    last: int = 0
    introduction: str = ""
    items: list[dict[str, str]] = field(default_factory=list)
    labels: list[Outside] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


def recognize(passage: Passage) -> Found | None:
    """Recognize a checklist with its heading and one or two sentences of introduction, if it has them."""
    line = passage.line
    reading = _Reading()
    title = ""
    here: Passage | None = passage
    if _heads_checklist(passage):
        title = plain_line(line.plain)
        reading.pieces.append(line.raw)
        here = _after_introduction(passage.following, reading)
    elif not _starts_with_ticks(passage) and not _starts_with_sides(passage):
        return None
    _read_lists(here, reading)
    if not reading.items:
        return None
    return Found(
        kind="checklist",
        value={"title": title, "introduction": rich_text(reading.introduction), "items": reading.items},
        first=line.number,
        last=reading.last,
        confidence=0.9,
        text="\n".join(reading.pieces),
        facts={"count": len(reading.items)},
        labels=tuple(reading.labels),
    )


def _heads_checklist(passage: Passage) -> bool:
    """Whether the line is a heading that says checklist; a tick may stand before it that its items do not have."""
    line, following = passage.line, passage.following
    if not TITLE.search(line.title):
        return False
    if line.item is None or (line.item.number is not None and passage.heads):
        return passage.may_head or line.leads_in
    first = following.line.item if following else None
    return bool(line.item.check) and first is not None and first.mark != line.item.mark


def _starts_with_ticks(passage: Passage) -> bool:
    return passage.line.item is not None and bool(passage.line.item.check)


def _starts_with_sides(passage: Passage) -> bool:
    """Whether a list under "Do" starts here, with one under "Don't" behind it."""
    if not DO.is_all_of(passage.line) or not passage.following:
        return False
    entries = passage.following.list_here()
    behind = passage.following.beyond(entries[-1].last) if entries else None
    return behind is not None and AVOID.is_all_of(behind.line)


def _after_introduction(passage: Passage | None, reading: _Reading) -> Passage | None:
    """Read the sentences between heading and list into `reading`; return the passage behind them."""
    lines: list[str] = []
    here = passage
    while here and _introduces(here) and len(lines) < MOST_INTRODUCTION and not _side(here.line):
        lines.append(here.line.raw)
        here = here.following
    if lines and here and (here.line.item or _side(here.line)):
        reading.introduction = "\n\n".join(lines)
        reading.pieces += lines
        return here
    return passage


def _introduces(passage: Passage) -> bool:
    line = passage.line
    return line.is_prose or line.leads_in


def _read_lists(passage: Passage | None, reading: _Reading) -> None:
    """Read the lists from `passage` on, each with the line above it that says whether to do or to avoid its items."""
    here = passage
    side = ""
    while here:
        side_here = _side(here.line)
        entries = (here.following.list_here() if here.following else []) if side_here else here.list_here()
        goes_on = bool(side) if side_here else bool(entries and entries[0].item.check)
        if not entries or (reading.items and not goes_on):
            return
        if side_here:
            side = side_here
            reading.labels.append(label(here.line, here.line.raw))
        _add(entries, side, reading)
        here = here.beyond(reading.last)


def _side(line: Line) -> str:
    """Return what the line, which says nothing else, tells to do with the items below it: "do", "avoid" or nothing."""
    if line.item:
        return ""
    return "do" if DO.is_all_of(line) else "avoid" if AVOID.is_all_of(line) else ""


def _add(entries: Sequence[Entry], side: str, reading: _Reading) -> None:
    for entry in entries:
        text, hidden = _without_avoid(entry.text)
        reading.items.append(_item(text, "avoid" if hidden else side, entry.item.check))
        reading.labels += [label(entry.lines[0], hidden)] if hidden else []
        reading.pieces.append(verbatim(entry.lines).replace(hidden, "", 1) if hidden else verbatim(entry.lines))
    reading.last = entries[-1].last


def _without_avoid(text: str) -> tuple[str, str]:
    """Split a label in bold that says to avoid what follows off `text`: what follows, and the label."""
    marked = AVOID_IN_BOLD.match(text)
    says_so = marked and (AVOID.is_all_of(Line(1, marked["name"])) or marked["name"] == gettext("Avoid"))
    return (text[marked.end() :], marked[0].strip()) if marked and says_so else (text, "")


def _item(text: str, side: str, check: str) -> dict[str, str]:
    avoid = side == "avoid" or check[:1] in tuple(CROSSES) or STARTS_WITH_AVOID.match(text)
    return {"action": "avoid" if avoid else "do", "text": plain_line(text)}


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a checklist of all `lines`: each item, line or sentence is one, below the title if one is marked.

    Sentences above a list introduce it; a line "Do" or "Don't" is the label of what stands below it.
    """
    pieces = pieces_of(lines)
    title = title_of(pieces)
    pieces = pieces[1:] if title else pieces
    listed = next((index for index, piece in enumerate(pieces) if piece.item), 0)
    introduction = [piece for piece in pieces[:listed] if not _side(piece.line)]
    side, items, labels = "", list[dict[str, str]](), list[Outside]()
    hidden_in: dict[int, str] = {}
    for piece in pieces:
        named = _side(piece.line) if len(pieces) > 1 and len(piece.lines) == 1 else ""
        if named:
            side = named
            labels.append(label(piece.line, piece.line.raw))
            hidden_in[piece.line.number] = piece.line.raw
        elif piece not in introduction:
            text, hidden = _without_avoid(piece.text)
            items.append(_item(text, "avoid" if hidden else side, piece.item.check if piece.item else ""))
            labels += [label(piece.line, hidden)] if hidden else []
            hidden_in[piece.line.number] = hidden
    told = Html("".join(rich_paragraph(piece.text) for piece in introduction))
    value = {"title": title, "introduction": told, "items": items}
    text = "\n".join(
        line.raw.replace(mark, "", 1) if (mark := hidden_in.get(line.number)) else line.raw for line in lines
    )
    plainly = [_item(piece.text, "", "") for piece in pieces_of(lines)]
    whole = {"title": "", "introduction": "", "items": plainly}
    attempts = [made("checklist", value, lines, text=text, labels=labels)] if items else []
    return kept(lines, *attempts, made("checklist", whole, lines)) if plainly else None
