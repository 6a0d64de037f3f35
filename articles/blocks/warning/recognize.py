"""Recognizing warnings: by a label, by a sign, or by a line that says when to seek help, with its list."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.blocks.warning import URGENCIES
from articles.exchange.findings import Found, all_labels, joined_text, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import COLON, MARKS, Label, one_of, pattern
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, lines_from, made, pieces_of, rich_body, title_of, unquoted
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given
from prose.words import words

ORDER = 120

LONGEST_LEAD_IN = 200
LONGEST_SENTENCE = 350
LONGEST_TITLE = 300

LABELS = Label(
    "(?:(?:safety|important|health|a word of|general|serious) )?(?:warnings?|cautions?|danger|alert)",
    "(?:in an |medical )?emergency",
    "attention",
    "beware",
    "safety first",
    colon=rf"(?:{MARKS}!{MARKS}\s+|{COLON})",
)
SIGNS = ("⚠", "🚨", "☠", "⛔", "🛑", "❗")

HELP = one_of(
    "doctors?|gp|physicians?|nurse|midwife|pharmacist|dentist|therapist|pediatrician|vet|veterinarian",
    "professional|specialist|expert|provider|electrician|plumber|mechanic|technician|engineer|contractor|lawyer|lifeguard",
    "clinic|hospital|er|a&e|emergency|ambulance|police|poison|hotline|911|999|112",
    "help|care|attention|advice|appointment|treatment",
)
PREFIX = r"^(?:[\w-]+(?: \w+){0,3}: )?"
"""How some services begin their cards: "Urgent advice: See a GP if …"."""
YOU_SHOULD = r"(?:(?:you|everyone|people) (?:should|must|need to) |(?:make|be) sure (?:to|you) )"
SEEK = r"(?:(?:please|always) )?" + one_of(
    r"(?:seek|get|call|phone|dial|contact|see|visit|consult|ask|tell|inform|check with)\b",
    r"(?:go|head) to\b",
    r"(?:talk|speak) (?:to|with)\b",
    r"(?:make|book) an appointment with\b",
)
LEAD_IN = pattern(
    r"\bred flags?\b",
    r"\b(?:warning|danger|alarm|emergency) (?:signs?|symptoms?|signals?)\b",
    rf"{PREFIX}{YOU_SHOULD}?{SEEK}[^.!?]*\b{HELP}\b",
    r"\bneed(?:s|ing)? (?:urgent|immediate|emergency|medical) (?:attention|care|help|treatment)\b",
    r"^(?:immediate|urgent|emergency|non-urgent) (?:action|advice|care|help)\b",
    r"^(?:seek|call|phone|contact|consult|stop)\b[^.!?]*\b(?:if|when)\b",
    rf"^when (?:(?:should (?:you|i)|to|you should|do you need to) )?{SEEK}",
    r"^when to (?:worry|be concerned|get (?:it|this|them|your \w+) checked)\b",
    rf"^when (?:to|should you) (?:come|go)\b[^.!?]*\b(?:see (?:me|us)|back|{HELP})\b",
)
PRESSING_SENTENCE = pattern(
    rf"{SEEK}[^.!?]*\b{HELP}\b[^.!?]*\b(?:if|when|for)\b",
    rf"(?:if|when)\b[^.!?]*,? {SEEK}[^.!?]*\b{HELP}\b",
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
ENDS_OPEN = pattern(r"\b(?:if|when)(?: (?:you|your child|the|it|they|there)(?: (?:are|have|is))?)?$")
"""A line that breaks off for its list to go on: "See a doctor if you"."""
EMERGENCY = frozenset({"911", "999", "112", "ambulance", "emergency"})
URGENT = pattern(
    r"\bred flags?\b",
    r"(?<!non-)\b(?:immediate|urgent)(?:ly)?\b",
    r"\bright away\b",
    r"\bsame[ -]day\b",
    r"\bat once\b",
)


def recognize(passage: Passage) -> Found | None:
    """Recognize a warning; the text directly below its first line is gathered later."""
    line = passage.line
    if line.item:
        return None
    if line.text.startswith(">") and (apart := _set_apart(passage.lines[passage.position :])):
        return apart
    labelled = LABELS.read(line)
    if labelled and labelled.rest:
        return _found(passage, title=labelled.name, body=labelled.rest)
    if LABELS.is_all_of(line) and passage.following and (passage.below or passage.following.line.is_prose):
        return _found(passage, title=line.title, body="")
    with_list = _with_list(passage)
    if with_list:
        return with_list
    signed = line.text.startswith(SIGNS) and not passage.heads
    if signed or (passage.opens and _is_pressing(line)):
        return _found(passage, title="", body=line.text)
    return None


def _set_apart(lines: Sequence[Line]) -> Found | None:
    """Return the quotation that `lines` begin with as a warning, if its urgency stands above it; then what to do."""
    first = unquoted(lines[:1])
    levels = {str(words).casefold(): level for level, words in URGENCIES}
    urgency = levels.get(plain_line(first[0].plain).casefold(), "") if first else ""
    if not urgency:
        return None
    own = unquoted(lines)
    written = [line for line in own if not line.blank]
    if len(written) < 2:
        return None
    titled = len(written) > 2 and written[1].stands_out
    body = own[own.index(written[2 if titled else 1]) :]
    title = plain_line(written[1].plain) if titled else ""
    return replace(
        made(
            "warning",
            {"urgency": urgency, "title": title, "body": rich_text(verbatim(body))},
            lines[: len(own)],
            text=verbatim(own[own.index(written[1]) :]),
            labels=[label(written[0], written[0].text)],
        ),
        confidence=0.95,
    )


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take the text directly below a warning that is no list, and the paragraph behind a label that stands alone."""
    opening = parts[0].value
    if "urgency" in opening:
        return False
    adjacent = following.first == parts[-1].last + 1
    return (
        following.kind == "text" and not opening["has_list"] and (adjacent or (len(parts) == 1 and not opening["body"]))
    )


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one warning of its first lines and the text below; a label with nothing below is none."""
    opening, *others = parts
    if "urgency" in opening.value:
        return opening
    body = "\n".join([opening.value["body"], *([joined_text(others)] if others else [])])
    if not body.strip():
        return None
    text = joined_text(parts)
    return Found(
        kind="warning",
        value={"urgency": urgency_of(text), "title": opening.value["title"], "body": rich_text(body)},
        first=opening.first,
        last=parts[-1].last,
        confidence=opening.confidence,
        text=text,
        labels=all_labels(parts),
    )


def urgency_of(text: str) -> str:
    """Return how soon `text` asks the reader to act, in the three levels of the NHS care cards."""
    if EMERGENCY.intersection(word.casefold() for word in words(text)):
        return "emergency"
    return "urgent" if URGENT.search(text) else "non_urgent"


def _with_list(passage: Passage) -> Found | None:
    """Recognize a line that says when to seek help, or names signs of danger, with the list that follows it."""
    line, following = passage.line, passage.following
    entries = following.list_here() if following and len(line.text) <= LONGEST_LEAD_IN else []
    announces = line.plain.endswith((":", "：", "…")) or passage.heads or ENDS_OPEN.search(line.plain)
    if not following or not entries or not announces or not LEAD_IN.search(SENTENCE_END.split(line.title)[-1]):
        return None
    last = entries[-1].last
    title = line.title + (":" if line.plain.endswith(":") else "")
    return _found(passage, title=title, body=following.text(last), last=last)


def _is_pressing(line: Line) -> bool:
    """Whether the line is a sentence that sends the reader for help, and soon."""
    short = len(line.text) <= LONGEST_SENTENCE
    return short and bool(PRESSING_SENTENCE.match(line.plain)) and urgency_of(line.text) != "non_urgent"


def _found(passage: Passage, *, title: str, body: str, last: int | None = None) -> Found:
    last_line = last or passage.line.number
    return Found(
        kind="warning",
        value={"title": plain_line(title), "body": body, "has_list": last is not None},
        first=passage.line.number,
        last=last_line,
        confidence=0.85,
        text=passage.text(last_line),
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a warning of all `lines`; a first line that heads or announces the others says what to do."""
    apart = _set_apart(lines)
    attempts = [apart] if apart and apart.last == lines[-1].number else []
    pieces = pieces_of(lines)
    title = title_of(pieces, LONGEST_TITLE)
    urgency, body = urgency_of(verbatim(lines)), lines_from(lines, pieces[1]) if title else lines
    return kept(
        lines,
        *attempts,
        made("warning", {"urgency": urgency, "title": title, "body": rich_body(body)}, lines),
        made("warning", {"urgency": urgency, "title": "", "body": rich_text(verbatim(lines))}, lines),
    )
