"""Recognizing figures by what a text keeps of them: a caption, a description, a credit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.exchange.findings import Found, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.labels import MARKS, Label, pattern
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import bare, kept, made
from articles.exchange.source import Given

ORDER = 150

LONGEST_CAPTION = 600
LONGEST_CREDIT = 200
LONGEST_ALTERNATIVE = 300

NUMBERED = Label(
    r"(?:figure|fig\.?|image|photo|illustration|chart|diagram|exhibit) ?\d{1,3}[a-z]?",
    colon=rf"{MARKS}\s?[:.–—-]{MARKS}\s+",
)
NAMED = Label(
    "(?:figure|fig|image|photo|picture|illustration|chart|diagram|infographic|graphic)(?: caption)?",
    "caption",
)
ALTERNATIVE = Label("alt(?:ernative)?(?: text)?", "image description")
BRACKETED = re.compile(
    r"\[(?P<label>(?:image|photo|figure|picture|illustration|infographic)\s?:\s?)(?P<text>[^\[\]]+)\]",
    re.IGNORECASE,
)
MARKDOWN = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?P<address>\([^()\s]*(?:\s+\"[^\"]*\")?\))")
CREDIT = pattern(
    r"(?:(?:photo|image|picture|illustration) )?(?:credits?|courtesy(?: of)?|source)\s?:\s?\S",
    r"photos?:\s?\S",
    r"(?:photo(?:graph)?(?:s|ed)?|image|picture|illustration|drawing|chart|graphic) (?:by|courtesy of|via|©)\s\S",
    r"courtesy of\s\S",
    r"©\s?\S",
)
AGENCY = pattern(
    r"(?:[^.!?]{1,80}[/|,]\s?)?(?:getty(?: images)?|i?stock(?:photo)?|shutterstock|adobe stock|unsplash|pexels|pixabay"
    r"|alamy(?: stock photo)?|reuters|associated press|ap(?: photo)?|afp|depositphotos|dreamstime)"
    r"(?:\s?[/|]\s?[^.!?]{1,80}|\.com)?\.?"
)
"""What pictures from agencies have for a caption where nobody wrote one."""
CREDIT_BEHIND = pattern(rf"(?<=[.!?)”\"’])\s(?=\(?{CREDIT.pattern})", rf"\s(?=\({CREDIT.pattern})")


@dataclass(frozen=True)
class _Reading:
    """What a line says of a figure; `label` and `address` are shown nowhere."""

    alt: str = ""
    caption: str = ""
    label: str = ""
    address: str = ""


def recognize(passage: Passage) -> Found | None:
    """Recognize a figure, with the credit and the caption that stand behind or directly below it."""
    line = passage.line
    reading = _read(line) if len(line.text) <= LONGEST_CAPTION else None
    if reading is None:
        return None
    alt, caption, credit = reading.alt, reading.caption, ""
    kept = [_without(line, reading)]
    behind = CREDIT_BEHIND.search(caption)
    if behind:
        caption, credit = caption[: behind.start()], caption[behind.end() :]
    last = line.number
    for below in _lines_below(passage):
        if not credit and (
            CREDIT.match(_bare(below.text)) or (reading.address and AGENCY.fullmatch(_bare(below.text)))
        ):
            credit = _bare(below.text)
        elif not caption and not credit and reading.address and (below.stands_out or NUMBERED.read(below)):
            caption = below.plain
        else:
            break
        kept.append(below.raw)
        last = below.number
    labels = [label(line, text) for text in (reading.label, reading.address) if text]
    return Found(
        kind="figure",
        value={"image": None, "alt": alt, "caption": plain_line(caption), "credit": plain_line(credit)},
        first=line.number,
        last=last,
        confidence=0.9,
        text="\n".join(kept),
        picture=address_of(reading.address),
        labels=tuple(labels),
    )


def address_of(brackets: str) -> str:
    """Return the address in the round `brackets` of a Markdown picture, without its title; empty without one."""
    return brackets.strip("()").partition(" ")[0].strip()


def _read(line: Line) -> _Reading | None:
    markdown = MARKDOWN.match(line.text)
    if markdown:
        return _Reading(alt=markdown["alt"], caption=line.text[markdown.end() :].strip(), address=markdown["address"])
    bracketed = BRACKETED.match(_bare(line.text))
    if bracketed:
        return _Reading(
            alt=bracketed["text"], caption=_bare(line.text)[bracketed.end() :].strip(), label=bracketed["label"]
        )
    numbered = NUMBERED.read(line)
    if numbered and numbered.rest:
        return _Reading(caption=line.plain)
    named = NAMED.read(line)
    if named and named.rest and not named.rest.startswith(("©", "(c)")):
        return _Reading(caption=named.rest.rstrip("*_"), label=named.label)
    described = ALTERNATIVE.read(line)
    return _Reading(alt=described.rest, label=described.label) if described and described.rest else None


def _without(line: Line, reading: _Reading) -> str:
    """Return the line as written without what stands among the labels."""
    text = line.raw
    for hidden in (reading.label, reading.address):
        text = text.replace(hidden.strip(), "", 1) if hidden else text
    return text


def _lines_below(passage: Passage) -> list[Line]:
    """Return the next two lines, up to a blank one; a credit or a caption may also stand below one blank line."""
    start = passage.position + 1
    below = list(passage.lines[start : start + 3])
    if below and below[0].blank:
        return [
            line
            for line in below[1:2]
            if not line.blank and len(line.text) <= LONGEST_CREDIT and (line.stands_out or _is_said_below(line))
        ]
    lines: list[Line] = []
    for line in below[:2]:
        if line.blank or len(line.text) > (LONGEST_CAPTION if line.stands_out else LONGEST_CREDIT):
            break
        lines.append(line)
    return lines


def _is_said_below(line: Line) -> bool:
    """Whether the line, apart from a picture, says that it belongs to one: a credit, a numbered caption."""
    return bool(CREDIT.match(_bare(line.text)) or NUMBERED.read(line))


def _bare(text: str) -> str:
    return text.strip("*_ ()") if text[:1] in "*_(" else text


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a figure of all `lines`: a picture's address and description, a credit, and the rest as its caption."""
    written = [line for line in lines if not line.blank]
    if not written:
        return None
    shown = next((line for line in written if MARKDOWN.search(line.text)), None)
    picture = MARKDOWN.search(shown.text) if shown else None
    reading = _Reading(alt=picture["alt"], address=picture["address"]) if picture else _Reading()
    credit = next((line for line in reversed(written) if CREDIT.match(_bare(line.text)) and line is not shown), None)
    if credit and len(credit.text) > LONGEST_CREDIT:
        credit = None
    told = [
        line.text.replace(picture[0], " ", 1) if picture and line is shown else bare(line)
        for line in written
        if line is not credit
    ]
    fits = len(reading.alt) <= LONGEST_ALTERNATIVE
    value = {
        "image": None,
        "alt": reading.alt if fits else "",
        "caption": plain_line(" ".join([*([] if fits else [reading.alt]), *told]).strip()),
        "credit": plain_line(_bare(credit.text)) if credit else "",
    }
    whole = {"image": None, "alt": "", "caption": plain_line(" ".join(line.text for line in written)), "credit": ""}
    labels = [label(shown, reading.address)] if shown else []
    text = verbatim(lines).replace(reading.address, "", 1)
    found = made("figure", value, lines, text=text, labels=labels)
    address = address_of(reading.address)
    return kept(lines, replace(found, picture=address), made("figure", whole, lines))
