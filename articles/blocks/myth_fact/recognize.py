"""Recognizing pairs of myth and fact: "Myth: …" with "Fact: …", "Truth: …" or "Reality: …" behind or below it."""

import re
from collections.abc import Sequence

from articles.exchange.findings import Found, all_labels, joined_text, label
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label, Labelled, pattern
from articles.exchange.lines import Line
from articles.exchange.pairs import Told, pairs_of
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, made, pieces_of
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 100

NUMBER = r"(?: ?(?:#|no\. ?)?\d{1,3})?"
MYTH = Label(rf"(?:(?:common|the) )?(?:myth|misconception|fiction|claim){NUMBER}")
FACT = Label(rf"(?:the )?(?:facts?|truth|reality){NUMBER}", "the truth is", "what[’']s true")
FACT_IN_LINE = re.compile(rf"\s(?=[*_]{{0,2}}(?:fact|truth|reality){NUMBER}[*_]{{0,2}}:)", re.IGNORECASE)
ABOUT_MYTHS = pattern(r"\b(?:myths?|misconceptions?|fictions?|facts?)\b", r"\b(?:debunk|bust)\w*")
LONGEST_TITLE = 200
FARTHEST_MYTH = 6
"""How many blocks before a fact its myth may have started."""


def recognize(passage: Passage) -> Found | None:
    """Recognize a myth, a fact below a myth, or a heading about myths directly above the first one."""
    line = passage.line
    said = _said(line)
    myth = MYTH.read_text(said)
    if myth and (myth.rest or passage.below):
        return _myth(line, myth)
    fact = FACT.read_text(said)
    if fact and _is_below_myth(passage):
        return _part(line, [("fact", fact.rest)], [fact.label], fact.rest)
    heads_myths = passage.heads and ABOUT_MYTHS.search(line.title) and passage.following
    if heads_myths and MYTH.read_text(_said(heads_myths.line)):
        return _part(line, [("title", plain_line(line.plain))], [], line.raw)
    return None


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take myths and facts in turn, and text: the reach of the last fact is settled when all is gathered."""
    if following.kind == "text":
        return True
    if following.kind != "myth_fact":
        return False
    starts = following.value[0][0]
    return starts == "fact" if _awaits_fact(parts[-1]) else starts == "myth" or parts[-1].kind == "text"


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one block of all pairs that are complete; the text after the last fact's own paragraph is left."""
    parts = _without_tail(parts)
    title, pairs = "", list[tuple[str, str]]()
    for part in parts:
        for role, text in part.value if part.kind == "myth_fact" else [("fact", part.text)]:
            if role == "title":
                title = text
            elif role == "myth":
                pairs.append((text, ""))
            elif pairs:
                myth, fact = pairs[-1]
                pairs[-1] = (myth, f"{fact}\n\n{text}") if myth else (text, fact)
    if not pairs or not all(myth.strip() and fact.strip() for myth, fact in pairs):
        return None
    labels = all_labels(parts)
    return Found(
        kind="myth_fact",
        value={"title": title, "pairs": [{"myth": plain_line(myth), "fact": rich_text(fact)} for myth, fact in pairs]},
        first=parts[0].first,
        last=parts[-1].last,
        confidence=0.9 if len(labels) >= 2 * len(pairs) else 0.65,
        text=joined_text(parts),
        facts={"count": len(pairs)},
        labels=labels,
    )


def _said(line: Line) -> str:
    return line.item.text if line.item else line.plain


def _myth(line: Line, myth: Labelled) -> Found:
    """Return a myth, with the fact behind it if that stands on the same line."""
    split = FACT_IN_LINE.search(myth.rest)
    fact = FACT.read_text(myth.rest[split.end() :]) if split else None
    if split is None or fact is None:
        return _part(line, [("myth", myth.rest)], [myth.label], myth.rest)
    said = myth.rest[: split.start()]
    return _part(line, [("myth", said), ("fact", fact.rest)], [myth.label, fact.label], f"{said} {fact.rest}")


def _part(line: Line, said: list[tuple[str, str]], labels: list[str], text: str) -> Found:
    if labels and line.item:
        labels = [f"{line.item.mark} {labels[0]}", *labels[1:]]
    return Found(
        kind="myth_fact",
        value=said,
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=text,
        labels=tuple(label(line, each) for each in labels),
    )


def _is_below_myth(passage: Passage) -> bool:
    for part in reversed(passage.before[-FARTHEST_MYTH:]):
        if isinstance(part, Found) and part.kind == "myth_fact":
            return True
        if not isinstance(part, Found) or part.kind != "text":
            return False
    return False


def _awaits_fact(part: Found) -> bool:
    return part.kind == "myth_fact" and part.value[-1][0] == "myth"


def _without_tail(parts: Sequence[Found]) -> Sequence[Found]:
    """Return `parts` up to the end of the last fact: its own lines and those directly below, or its first paragraph."""
    last = max(index for index, part in enumerate(parts) if part.kind == "myth_fact")
    if _awaits_fact(parts[last]) and last + 1 < len(parts):
        last += 1
    while last + 1 < len(parts) and parts[last + 1].first == parts[last].last + 1:
        last += 1
    return parts[: last + 1]


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make pairs of all `lines`: by their labels, else each heading is a myth, else the first piece is."""
    pieces = pieces_of(lines)
    if not pieces:
        return None
    told = pairs_of(
        lines, read=_told, opens=lambda piece: piece.heads, is_title=lambda title: bool(ABOUT_MYTHS.search(title))
    )
    before = " ".join(told.before)
    title, first = (before, "") if len(before) <= LONGEST_TITLE else ("", before)
    pairs = [
        {
            "myth": plain_line(" ".join([*([] if index else [first]), *myth]).strip()),
            "fact": rich_text("\n\n".join(fact)),
        }
        for index, (myth, fact) in enumerate(told.pairs)
    ]
    whole = {"title": "", "pairs": [{"myth": plain_line(" ".join(piece.text for piece in pieces)), "fact": ""}]}
    value = {"title": plain_line(title), "pairs": pairs} if pairs else whole
    return kept(
        lines,
        made("myth_fact", value, lines, text="\n".join(told.text), labels=told.labels),
        made("myth_fact", whole, lines),
    )


def _told(text: str) -> list[Told]:
    """Return what the one line `text` says, by its labels."""
    myth, fact = MYTH.read_text(text), FACT.read_text(text)
    if not myth:
        return [Told("answers", fact.label, fact.rest)] if fact else [Told("", "", text)]
    split = FACT_IN_LINE.search(myth.rest)
    behind = FACT.read_text(myth.rest[split.end() :]) if split else None
    if split is None or behind is None:
        return [Told("opens", myth.label, myth.rest)]
    return [Told("opens", myth.label, myth.rest[: split.start()]), Told("answers", behind.label, behind.rest)]
