"""Recognizing questions and answers: below a heading such as "FAQ", or marked "Q:" and "A:"."""

import re
from collections.abc import Iterator, Sequence

from articles.exchange.findings import Found, all_labels, joined_text, label
from articles.exchange.inline import Html, plain_line
from articles.exchange.labels import Label, Labelled, pattern
from articles.exchange.lines import Line
from articles.exchange.pairs import Told, pairs_of
from articles.exchange.passage import Passage
from articles.exchange.pieces import Piece, kept, made, pieces_of, rich_paragraph
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 110

ABOUT = r"(?:$|\s?[:–—(].{0,80}|\s(?:about|on|for|from)\b.{0,60})"
TITLE = pattern(
    rf"(?:.{{0,60}}\b)?(?:frequently asked questions?|f\.?a\.?q\.?['’]?s?){ABOUT}",
    r"(?:(?:your|reader|readers['’]|common|additional|further|top|quick|some|more|other|most|asked|\d+)[ -]){0,4}"
    "questions?"
    "(?:,? (?:and|&) answers?|,? answered|(?: people| readers)? (?:also )?asked?| we (?:often )?(?:hear|get)"
    rf"| you (?:may|might) have)?{ABOUT}",
    rf"q ?(?:&|and|\+) ?as?{ABOUT}",
    r"(?:(?:still|do you) )?(?:have|got|any)(?: any| more| some)? questions\?",
    "you ask(?:ed)?,? we answer(?:ed)?",
    r"(?:\w+ )?also ask(?:ed)?",
    r"what (?:(?:our|my|your) )?\w+ (?:often )?ask(?: (?:me|us))?",
    "ask the experts?",
    f"answers to (?:your|common) questions{ABOUT}",
)
COLON_OR_PERIOD = r"[*_]{0,2}\s?(?:[:：][*_]{0,2}\s*|[.)][*_]{0,2}\s+)"
NUMBER = r"(?: ?#?\d{1,3})?"
QUESTION = Label(rf"q(?:uestion)?{NUMBER}", colon=COLON_OR_PERIOD)
ANSWER = Label(rf"a(?:nswer)?{NUMBER}", colon=COLON_OR_PERIOD)
ANSWER_IN_LINE = re.compile(r"(?<=[?.!])\s(?=[*_]{0,2}(?:A|Answer)[*_]{0,2}:)")
BOLD_QUESTION = re.compile(r"\*\*(?P<question>[^*]{1,250}\?)\*\*\s+(?=\S)")
FARTHEST_QUESTION = 8
"""How many blocks before an answer its question may stand."""

LONGEST_QUESTION = 250
LONGEST_FIELD = 300
"""Characters that a question may have at all."""
LONGEST_TITLE = 200


def recognize(passage: Passage) -> Found | None:
    """Recognize the heading of questions and answers, a marked question, or a marked answer below one."""
    line = passage.line
    question = QUESTION.read(line)
    if question and question.rest:
        return _question(line, question)
    answer = ANSWER.read(line)
    if answer and _is_below_question(passage):
        return _part(line, [("answer", answer.rest)], [answer.label], answer.rest)
    announces = passage.may_head or line.leads_in
    if announces and line.item is None and TITLE.fullmatch(line.title):
        return _part(line, [("title", plain_line(line.plain))], [], line.raw)
    return None


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take text, marked questions and answers and, below a heading of their own, headings that ask."""
    if following.kind == "heading":
        return _has_title(parts) and (_asks(following) or _is_below_title(parts[0], following))
    if following.kind != "faq":
        return following.kind == "text"
    starts = following.value[0][0]
    unanswered = parts[-1].kind == "faq" and parts[-1].value[-1][0] == "question"
    return starts == "answer" or (starts == "question" and not unanswered)


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one block of the questions that have answers; without any, it is none.

    Below a heading, the answers reach to the next heading. Without one, the last answer has its own paragraph only.
    """
    parts = _answered(parts)
    if not parts:
        return None
    title, introduction = "", list[str]()
    items: list[tuple[str, list[str]]] = []
    for role, text in _told(parts):
        if role == "title":
            title = text
        elif role == "question":
            items.append((text, []))
        elif items:
            items[-1][1].append(text)
        else:
            introduction.append(text)
    if not items:
        return None
    return Found(
        kind="faq",
        value={
            "title": title,
            "introduction": rich_text("\n\n".join(introduction)),
            "items": [{"question": plain_line(asked), "answer": rich_text("\n".join(said))} for asked, said in items],
        },
        first=parts[0].first,
        last=parts[-1].last,
        confidence=0.9,
        text=joined_text(parts),
        facts={"count": len(items)},
        labels=all_labels(parts),
    )


def _told(parts: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Yield what `parts` say, each piece with its role: title, question or answer. Blank pieces part paragraphs."""
    marked = any(part.kind == "faq" and part.value[-1][0] != "title" for part in parts)
    above = parts[0]
    for part in parts:
        if part.first > above.last + 1:
            yield "answer", ""
        above = part
        bold = BOLD_QUESTION.match(part.text.strip())
        if part.kind == "faq":
            yield from part.value
        elif not marked and (_asks(part) or part.kind == "heading"):
            yield "question", _question_text(part)
        elif not marked and bold and part.kind == "text":
            yield "question", bold["question"]
            yield "answer", part.text.strip()[bold.end() :]
        else:
            yield "answer", part.text


def _answered(parts: Sequence[Found]) -> Sequence[Found]:
    """Return `parts` without a last question that has no answer and without text that belongs to none."""
    if not _has_title(parts):
        last = max(index for index, part in enumerate(parts) if part.kind == "faq")
        if parts[last].value[-1][0] == "question" and last + 1 < len(parts):
            last += 1
        while last + 1 < len(parts) and parts[last + 1].first == parts[last].last + 1:
            last += 1
        parts = parts[: last + 1]
    while len(parts) > 1 and (_asks(parts[-1]) or _is_marked_question(parts[-1])):
        parts = parts[:-1]
    return parts if not _is_marked_question(parts[-1]) else []


def _has_title(parts: Sequence[Found]) -> bool:
    return parts[0].kind == "faq" and parts[0].value[0][0] == "title"


def _is_below_title(title: Found, heading: Found) -> bool:
    """Whether a heading is marked as one below the title, so that it asks without a question mark."""
    level = Line(title.first, title.text).heading_level
    return 0 < level < Line(heading.first, heading.text).heading_level


def _is_marked_question(part: Found) -> bool:
    return part.kind == "faq" and part.value[-1][0] == "question"


def _asks(part: Found) -> bool:
    """Whether a heading or a text is one line that asks, and nothing else."""
    text = _question_text(part)
    return (
        part.kind in ("heading", "text") and len(text) <= LONGEST_QUESTION and "\n" not in text and text.endswith("?")
    )


def _question_text(part: Found) -> str:
    line = Line(part.first, part.text.strip())
    return line.item.text if line.item else line.plain


def _question(line: Line, question: Labelled) -> Found:
    """Return a marked question, with the answer behind it if that stands on the same line."""
    split = ANSWER_IN_LINE.search(question.rest)
    answer = ANSWER.read_text(question.rest[split.end() :]) if split else None
    if split is None or answer is None:
        return _part(line, [("question", question.rest)], [question.label], question.rest)
    asked = question.rest[: split.start()]
    said = [("question", asked), ("answer", answer.rest)]
    return _part(line, said, [question.label, answer.label], f"{asked} {answer.rest}")


def _part(line: Line, said: list[tuple[str, str]], labels: list[str], text: str) -> Found:
    return Found(
        kind="faq",
        value=said,
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=text,
        labels=tuple(label(line, each) for each in labels),
    )


def _is_below_question(passage: Passage) -> bool:
    return any(isinstance(part, Found) and part.kind == "faq" for part in passage.before[-FARTHEST_QUESTION:])


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make questions of all `lines`: what is marked, heads or asks is one, what follows it its answer."""
    pieces = pieces_of(lines)
    if not pieces:
        return None
    told = pairs_of(lines, read=_labelled, opens=_opens, is_title=lambda title: bool(TITLE.fullmatch(title)))
    before = told.before[:1] if told.before and len(told.before[0]) <= LONGEST_TITLE else []
    value = {
        "title": plain_line(" ".join(before)),
        "introduction": rich_text("\n\n".join(told.before[len(before) :])),
        "items": [_item(" ".join(question), "\n\n".join(answer)) for question, answer in told.pairs],
    }
    whole = {"title": "", "introduction": "", "items": [_item(" ".join(piece.text for piece in pieces), "")]}
    attempts = [made("faq", value, lines, text="\n".join(told.text), labels=told.labels)] if told.pairs else []
    return kept(lines, *attempts, made("faq", whole, lines))


def _opens(piece: Piece) -> bool:
    return piece.heads or (piece.text.endswith("?") and len(piece.text) <= LONGEST_QUESTION)


def _item(asked: str, said: str) -> dict[str, str]:
    """Return a question, of its first sentence or words if it is too long for one, and its answer."""
    question = plain_line(asked)
    if len(question) <= LONGEST_FIELD and (said or "? " not in question):
        return {"question": question, "answer": rich_text(said)}
    end = question.find("? ", 0, LONGEST_FIELD) + 1 or question.rfind(" ", 0, LONGEST_FIELD)
    end = end if end > 0 else LONGEST_FIELD
    rest = rich_paragraph(question[end:].strip())
    return {"question": question[:end], "answer": Html(rest + rich_text(said))}


def _labelled(text: str) -> list[Told]:
    """Return what the one line `text` says, by its labels."""
    question, answer = QUESTION.read_text(text), ANSWER.read_text(text)
    if not question:
        return [Told("answers", answer.label, answer.rest)] if answer else [Told("", "", text)]
    split = ANSWER_IN_LINE.search(question.rest)
    behind = ANSWER.read_text(question.rest[split.end() :]) if split else None
    if split is None or behind is None:
        return [Told("opens", question.label, question.rest)]
    return [Told("opens", question.label, question.rest[: split.start()]), Told("answers", behind.label, behind.rest)]
