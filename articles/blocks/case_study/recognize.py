"""Recognizing case studies: a heading such as "Mini Case Study: …" and the text below it."""

from collections.abc import Sequence

from articles.exchange.findings import Found, Outside, all_labels, joined_text, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label, pattern
from articles.exchange.lines import Line, read_lines
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, lines_from, made, pieces_of, title_of
from articles.exchange.rich_text import rich_text
from articles.exchange.source import Given

ORDER = 250

STORY = "(?:story|stories|experience|journey|spotlight|case|example)"
TITLE = pattern(
    r"(?:(?:a|an|the|our|one) )?(?:\w+[ -]){0,2}case (?:stud(?:y|ies)|report|in point)\b",
    r"(?:(?:a|an|one|our) )?(?:real|true)[- ](?:(?:life|world) )?(?:example|story|stories|case|scenario)\b",
    rf"(?:(?:a|an|one|our) )?(?:patient|reader|client|customer|member|user|student|listener)(?:['’]?s['’]?)? {STORY}\b",
    rf"(?:(?:a|an|one|our) )?(?:success|personal|survivor) {STORY}\b",
    rf"(?:(?:a|an|the|one|our) )?(?:\w+ )?\w+['’]s {STORY}\b",
    r"from the (?:case files|clinic|field)\b",
)
SECTIONS = {
    "person": Label("(?:the )?(?:patient|person|client|reader|customer|participant|subject|profile|name)", "who"),
    "background": Label(
        "(?:the )?(?:background|situation|problem|challenge|history|context|setting|starting point)",
        "before",
    ),
    "what_happened": Label(
        "what (?:happened|changed)(?: next)?",
        "what (?:s?he|they|we|i) did",
        "(?:the )?(?:intervention|approach|treatment|action|solution|plan|process|change|turning point)",
    ),
    "outcome": Label(
        "(?:the )?(?:outcome|results?|lesson|takeaway|follow[- ]up)",
        "what came of it",
        "what we (?:can )?learn(?:ed)?",
        "after(?:ward)?",
        "today",
    ),
}
SPAN = "(?:days?|weeks?|months?|years?|spring|summer|autumn|fall|winter)"
TELLS_THE_END = pattern(
    rf"^(?:with)?in\b.{{0,40}}\b{SPAN}\b",
    rf"^(?:after|over|by|that|this|the)\b.{{0,40}}\b{SPAN}\b",
    rf"^\w+(?: \w+)? {SPAN} later\b",
    r"^(?:today|now|eventually|finally|in the end|since then|these days)\b",
    r"\b(?:improved|subsided|resolved|recovered|returned|reduced|disappeared|gone|healed|down to|no longer)\b",
)


def recognize(passage: Passage) -> Found | None:
    """Recognize the heading of a case study."""
    line = passage.line
    if line.item or not TITLE.match(line.title) or not (passage.may_head or line.leads_in):
        return None
    return Found(
        kind="case_study",
        value={"title": plain_line(line.plain)},
        first=line.number,
        last=line.number,
        confidence=0.85,
        text=line.raw,
    )


def takes(parts: Sequence[Found], following: Found) -> bool:
    """Take all text that follows, and the headings of its sections ("What happened")."""
    names_section = following.kind == "heading" and _section_of(read_lines((following.text,))[0])
    return following.kind == "text" or bool(names_section)


def gather(parts: Sequence[Found]) -> Found | None:
    """Make one case study of its heading and its text; a heading without text is none."""
    opening, *others = parts
    if not any(part.kind == "text" for part in others):
        return None
    lines = _numbered_lines(others)
    labelled = any(_section_of(line) for line in lines)
    sections, labels, text = _by_labels(lines) if labelled else (_by_course(lines), [], joined_text(others))
    return Found(
        kind="case_study",
        value={
            **opening.value,
            "person": plain_line(sections["person"].strip()),
            "background": rich_text(sections["background"]),
            "what_happened": rich_text(sections["what_happened"]),
            "outcome": rich_text(sections["outcome"]),
        },
        first=opening.first,
        last=parts[-1].last,
        confidence=opening.confidence,
        text=f"{opening.text}\n\n{text}",
        labels=(*all_labels(parts), *labels),
    )


def _numbered_lines(parts: Sequence[Found]) -> list[Line]:
    """Return the lines of `parts` with the numbers they have in the source, and a blank one between distant parts."""
    lines: list[Line] = []
    for part in parts:
        if lines and part.first > lines[-1].number + 1:
            lines.append(Line(part.first - 1, ""))
        lines += [Line(number, raw) for number, raw in enumerate(part.text.split("\n"), start=part.first)]
    return lines


def _section_of(line: Line) -> tuple[str, str, str] | None:
    """Return the section that starts on `line`, its label as written and the rest of the line, or None."""
    for name, names in SECTIONS.items():
        labelled = names.read(line)
        if labelled:
            return name, labelled.label, labelled.rest
        if not line.item and names.is_all_of(line):
            return name, line.raw, ""
    return None


def _by_labels(lines: Sequence[Line]) -> tuple[dict[str, str], list[Outside], str]:
    """Sort `lines` into sections by their labels; return the sections, the labels, and the text without them."""
    sections: dict[str, list[str]] = {name: [] for name in SECTIONS}
    labels: list[Outside] = []
    text: list[str] = []
    current = "background"
    for line in lines:
        section = _section_of(line)
        said = line.raw
        if section:
            current, name, said = section
            labels.append(label(line, name))
        elif current == "person" and line.blank:
            current = "background"
        sections[current].append(said)
        text.append(said)
    return {name: "\n".join(each) for name, each in sections.items()}, labels, "\n".join(text)


def _by_course(lines: Sequence[Line]) -> dict[str, str]:
    """Sort paragraphs into sections by the usual course: who it is about, what happened, how it ended."""
    paragraphs = _paragraphs(lines)
    ends = next(
        (index for index in range(2, len(paragraphs)) if TELLS_THE_END.search(paragraphs[index])),
        max(2, len(paragraphs) - 1),
    )
    return {
        "person": "",
        "background": paragraphs[0],
        "what_happened": "\n\n".join(paragraphs[1:ends]),
        "outcome": "\n\n".join(paragraphs[ends:]),
    }


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of `lines`: what blank lines part, or each line if none is blank and all end sentences."""
    if all(line.ends_sentence and not line.starts_lower for line in lines):
        return [line.raw for line in lines]
    return [paragraph for paragraph in "\n".join(line.raw for line in lines).split("\n\n") if paragraph.strip()]


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a case study of all `lines`: a heading above the others is its title; see `gather` for its sections."""
    pieces = pieces_of(lines)
    title = title_of(pieces)
    body = lines_from(lines, pieces[1]) if title else lines
    opening = Found(
        kind="case_study",
        value={"title": title},
        first=lines[0].number,
        last=lines[0].number,
        confidence=1.0,
        text=verbatim(lines[: len(lines) - len(body)]),
    )
    told = Found(
        kind="text",
        value="",
        first=body[0].number,
        last=body[-1].number,
        confidence=1.0,
        text=verbatim(body).strip("\n"),
    )
    untold = {"title": "", "person": "", "background": rich_text(verbatim(lines)), "what_happened": "", "outcome": ""}
    found = gather([opening, told]) if pieces else None
    return kept(lines, *([found] if found else []), made("case_study", untold, lines))
