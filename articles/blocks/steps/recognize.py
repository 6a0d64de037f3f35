"""Recognizing steps: numbered items that read as a routine, by their heading, their durations or their titles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from articles.durations import duration
from articles.exchange.findings import Found, Outside, all_labels, joined_text, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import pattern
from articles.exchange.lines import Line
from articles.exchange.lists import read_list
from articles.exchange.passage import Passage
from articles.exchange.pieces import Piece, body_text, kept, lines_from, made, pieces_of, rich_paragraph, title_of
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given
from prose.words import words

ORDER = 220

ROUTINE = pattern(
    r"\bstep[- ]by[- ]step\b",
    r"^how (?:to|i|we)\b",
    r"\bhow[- ]to\b",
    r"\b(?:routine|instructions|directions|walk-?through|sequence|method|workout|ritual|protocol|procedure)\b",
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|easy|simple|basic)[ -]steps?\b",
    r"\bsteps (?:to|for)\b",
    r"^steps\b",
)
STEP = re.compile(
    r"(?P<label>(?:[^\w\s]\s?){0,4}step (?P<number>\d{1,2})(?:\s?[:.)–—-]|(?=\s))[*_]{0,2}\s*)(?P<text>.*)",
    re.IGNORECASE,
)

BOLD_NUMBER = re.compile(r"\*\*(?P<label>(?P<number>\d{1,2})[.)]\s+)(?P<title>[^*]{1,120})\*\*(?P<body>\s+\S.*)")
ENUMERATES = pattern(
    r"\b(?:types?|kinds?|forms?|causes?|reasons?|signs?|symptoms?|benefits?|categories|stages|factors?|examples?)\b"
    r"[^.!?]{0,60}(?:[:.]|$)"
)
"""Words behind which a list names what there is, not what to do."""

AMOUNT = (
    r"(?:about |approx(?:\.|imately)? |around |roughly |~ ?)?"
    r"(?:(?P<hours>\d{1,3})[ -]?(?:hours?|hrs?\.?|h)(?: and)? ?)?"
    r"(?:(?P<minutes>\d{1,4})[ -]?(?:min(?:ute)?s?\.?))?(?<=[a-z.])"
)
DURATIONS = (
    re.compile(rf"\s?[(\[]{AMOUNT}[)\]]", re.IGNORECASE),
    re.compile(rf"\s?(?:[–—-]|,)\s{AMOUNT}(?=\s?[:.–—]|\s-\s|$)", re.IGNORECASE),
    re.compile(rf"^{AMOUNT}\s?[:–—-]\s", re.IGNORECASE),
)
"""A whole number of minutes or hours: "(5 minutes)" anywhere, "– 1 hour" behind a title, "5 min:" in front of it."""
LONGEST_DURATION = 6000

BOLD_TITLE = re.compile(r"\*\*(?P<title>[^*]{1,200})\*\*\s*(?:[:.–—-]\s+)?(?P<body>.*)")
TITLE_BEFORE_COLON = re.compile(r"(?P<title>[^:.!?]{1,80}):\s+(?P<body>\S.*)")
TITLE_BEFORE_DASH = re.compile(r"(?P<title>[^:.!?–—]{1,60})\s[–—-]\s+(?P<body>\S.*)")
TITLE_BEFORE_PERIOD = re.compile(r"(?P<title>[^.!?]{1,80}[.!?])\s+(?P<body>\S.*)")
LONGEST_TITLE = 120

FARTHEST_STEP = 12
"""How many blocks before an item the step or the heading that it goes on from may stand."""
LOOK_AHEAD = 60
"""How many lines of a list are read to tell whether it is a routine."""
MOST_INTRODUCTION = 3


@dataclass(frozen=True)
class _Step:
    """One step as read from its first line; `label` is "Step 3:" or empty."""

    number: int
    label: str
    title: str
    minutes: int | None
    body: str
    duration: str


def recognize(passage: Passage) -> Found | None:
    """Recognize the heading of a routine, or a step that is the first of one or goes on from the one before."""
    line = passage.line
    step = _read(line)
    if step is None:
        return _heading(line) if _heads_routine(passage) else None
    before = _steps_before(passage)
    expected = before.value.number + 1 if before and isinstance(before.value, _Step) else 1
    if step.number == expected and (before or step.label or _reads_as_routine(passage)):
        return _found(line, step)
    return None


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take the next step, and text: it belongs to the step above it, or introduces the first."""
    last = _last_step(parts)
    if following.kind == "heading":
        return last is not None and _adjoin(parts[-1], following)
    if following.kind == "text":
        return last is not None or len(parts) <= MOST_INTRODUCTION
    follows = isinstance(following.value, _Step) and following.value.number == (last.number + 1 if last else 1)
    return following.kind == "steps" and follows


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one routine of its heading, its introduction and at least two steps."""
    parts = _without_tail(parts)
    title, introduction = "", list[str]()
    steps: list[tuple[_Step, list[str]]] = []
    for part in parts:
        if isinstance(part.value, _Step):
            steps.append((part.value, []))
        elif part.kind == "steps":
            title = part.value
        elif steps:
            steps[-1][1].append(part.text)
        else:
            introduction.append(part.text)
    if len(steps) < 2:
        return None
    values = [_value(step, below) for step, below in steps]
    total = _total(values)
    labels = [label(Line(part.first, part.text), total) for part in parts if total and part.text.strip() == total]
    if labels:
        introduction = [text for text in introduction if text.strip() != total]
        parts = [part for part in parts if part.text.strip() != total]
    return Found(
        kind="steps",
        value={"title": title, "introduction": rich_text("\n\n".join(introduction)), "steps": values},
        first=min([parts[0].first, *(each.first for each in labels)]),
        last=parts[-1].last,
        confidence=0.9 if title or any(step.minutes or step.label for step, _ in steps) else 0.65,
        text=joined_text(parts),
        facts={"count": len(steps), "minutes": [step.minutes for step, _ in steps]},
        labels=(*all_labels(parts), *labels),
    )


def _heads_routine(passage: Passage) -> bool:
    following = passage.following
    first = _read(following.line) if following else None
    heads = passage.heads or (passage.may_head and first is not None and first.number == 1)
    return heads and bool(ROUTINE.search(passage.line.title)) and not passage.line.title.endswith("?")


def _read(line: Line) -> _Step | None:
    """Read a numbered line as a step, or return None."""
    labelled = STEP.match(line.plain)
    if labelled and labelled["text"]:
        return _step(int(labelled["number"]), labelled["label"], labelled["text"])
    if line.item and line.item.number is not None:
        return _step(line.item.number, "", line.item.text)
    bold = BOLD_NUMBER.fullmatch(line.plain)
    return _step(int(bold["number"]), bold["label"], f"**{bold['title']}**{bold['body']}") if bold else None


def _step(number: int, label_before: str, said: str) -> _Step:
    minutes, start, end = _duration_in(said)
    without = f"{said[:start]} {said[end:]}".strip() if minutes and not start else said[:start] + said[end:]
    title, body = _title_and_body(without)
    return _Step(number=number, label=label_before, title=title, minutes=minutes, body=body, duration=said[start:end])


def _duration_in(text: str) -> tuple[int | None, int, int]:
    """Return the minutes that `text` states and where it does so; None and an empty span if it states none."""
    for form in DURATIONS:
        match = form.search(text)
        minutes = 60 * int(match["hours"] or 0) + int(match["minutes"] or 0) if match else 0
        if match and 0 < minutes <= LONGEST_DURATION:
            return minutes, match.start(), match.end()
    return None, 0, 0


def _title_and_body(text: str) -> tuple[str, str]:
    for form in (BOLD_TITLE, TITLE_BEFORE_COLON, TITLE_BEFORE_DASH, TITLE_BEFORE_PERIOD):
        match = form.match(text)
        if match:
            return match["title"].strip(), match["body"].strip()
    return (text, "") if len(text) <= LONGEST_TITLE else ("", text)


def _reads_as_routine(passage: Passage) -> bool:
    """Whether the numbered list that starts here states durations, or gives each item a title.

    Below words that announce kinds or causes, it lists these.
    """
    entries = read_list(passage.lines[passage.position : passage.position + LOOK_AHEAD], 0)
    texts = [entry.item.text for entry in entries if entry.item.number is not None]
    above = passage.last_found
    if above and ENUMERATES.search(above.text.strip().rpartition("\n")[2]):
        return False
    titled = [BOLD_TITLE.match(text) or TITLE_BEFORE_COLON.match(text) for text in texts]
    return any(_duration_in(text)[0] for text in texts) or (len(texts) > 1 and all(titled))


def _steps_before(passage: Passage) -> Found | None:
    """Return the step or the heading that an item here goes on from, if only text stands between."""
    for part in reversed(passage.before[-FARTHEST_STEP:]):
        if isinstance(part, Found) and part.kind == "steps":
            return part
        if isinstance(part, Found) and part.kind != "text":
            return None
    return None


def _last_step(parts: Sequence[Found]) -> _Step | None:
    return next((part.value for part in reversed(parts[-FARTHEST_STEP:]) if isinstance(part.value, _Step)), None)


def _without_tail(parts: Sequence[Found]) -> Sequence[Found]:
    """Return `parts` without the text behind the last step that does not belong to it.

    If the steps before have text directly below their first lines, so does the last one; if they have paragraphs
    behind a blank line, so does the last one.
    """
    steps = [index for index, part in enumerate(parts) if isinstance(part.value, _Step)]
    if not steps:
        return parts
    last = steps[-1]
    with_text = [(parts[index], parts[index + 1]) for index in steps[:-1] if parts[index + 1].kind == "text"]
    apart = any(not _adjoin(step, text) for step, text in with_text)
    if last + 1 < len(parts) and (apart or (with_text and _adjoin(parts[last], parts[last + 1]))):
        last += 1
        while last + 1 < len(parts) and _adjoin(parts[last], parts[last + 1]):
            last += 1
    return parts[: last + 1]


def _adjoin(above: Found, below: Found) -> bool:
    return below.first == above.last + 1


def _value(step: _Step, below: Sequence[str]) -> dict[str, Any]:
    title = plain_line(step.title.rstrip(":–— "))
    return {"title": title, "minutes": step.minutes, "body": rich_text("\n".join([step.body, *below]))}


def _total(steps: Sequence[Mapping[str, Any]]) -> str:
    """Return how the page says how long `steps` take in all, which it computes itself; empty if no step says."""
    total = sum(step["minutes"] or 0 for step in steps)
    return gettext("%(total)s in all") % {"total": duration(total)} if total else ""


def _hidden(step: _Step) -> list[str]:
    """Return what the page shows in other words: the label of `step`, and its duration as written."""
    hidden = [step.label] if step.label else []
    if step.minutes and words(step.duration) != words(duration(step.minutes)):
        hidden.append(step.duration)
    return hidden


def _heading(line: Line) -> Found:
    return Found(
        kind="steps",
        value=plain_line(line.plain),
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=line.raw,
    )


def _found(line: Line, step: _Step) -> Found:
    """Return a step without its label and, if the page tells its duration in other words, without that."""
    hidden = _hidden(step)
    text = line.raw.strip()
    for each in hidden:
        text = re.sub(r"^\*\*\s+", "**", text.replace(each.rstrip(), "", 1))
    return Found(
        kind="steps",
        value=step,
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=text.strip(),
        labels=tuple(label(line, each.strip(" ([])")) for each in hidden),
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make steps of all `lines`: each heading begins one, else each item, else each line."""
    pieces = pieces_of(lines)
    if not pieces:
        return None
    plainly = [{"title": "", "minutes": None, "body": rich_paragraph(piece.text)} for piece in pieces]
    whole = {"title": "", "introduction": "", "steps": plainly}
    return kept(lines, _made(lines, pieces), made("steps", whole, lines))


def _made(lines: Sequence[Line], pieces: Sequence[Piece]) -> Found:
    title = title_of(pieces)
    openers = _openers(pieces[1:] if title else pieces)
    text = verbatim(lines[: len(lines) - len(lines_from(lines, openers[0]))])
    introduction = lines_from(lines, pieces[1 if title else 0])[: -len(lines_from(lines, openers[0]))]
    labels: list[Outside] = []
    steps: list[dict[str, Any]] = []
    for piece, following in zip(openers, [*openers[1:], None], strict=True):
        own = lines_from(lines, piece)
        own = own[: len(own) - len(lines_from(lines, following))] if following else own
        labelled = STEP.match(piece.text)
        step = _step(0, labelled["label"], labelled["text"]) if labelled else _step(0, "", piece.text)
        said = verbatim(own)
        for each in _hidden(step):
            labels.append(label(piece.line, each.strip(" ([])")))
            said = said.replace(each.rstrip(), "", 1)
        text += f"\n{said}"
        steps.append(_value(step, [body_text(own[len(piece.lines) :])]))
    total = _total(steps)
    if summed := next((line for line in introduction if total and line.text == total), None):
        introduction = [line for line in introduction if line is not summed]
        labels.append(label(summed, total))
        text = text.replace(total, "", 1)
    value = {"title": title, "introduction": rich_text(body_text(introduction)), "steps": steps}
    return made("steps", value, lines, text=text, labels=labels)


def _openers(pieces: Sequence[Piece]) -> list[Piece]:
    """Return those of `pieces` that begin a step; in a list these are its numbered items, if it has any."""
    headings = [piece for piece in pieces if piece.heads]
    items = [piece for piece in pieces if piece.item]
    numbered = [piece for piece in items if piece.item and piece.item.number is not None]
    outermost = min((piece.line.indent for piece in numbered or items), default=0)
    return headings or [piece for piece in numbered or items if piece.line.indent <= outermost + 1] or [*pieces]
