"""Recognizing quotations that stand alone: in quotation marks or behind `>`, with or without who said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.lines import Line
from articles.exchange.names import ABBREVIATION_AT_END, speaker_and_credential
from articles.exchange.passage import Passage
from articles.exchange.pieces import kept, made
from articles.exchange.source import Given
from articles.exchange.vocabulary import CLOSING_QUOTES, DASHES, EDGES

ORDER = 140

LONGEST_QUOTE = 3_000
MOST_LINES = 40
LONGEST_ATTRIBUTION = 160
LONGEST_NAME = 60
MOST_WORDS_IN_NAME = 6
LONGEST_SPEAKER = 120
LONGEST_CREDENTIAL = 200


@dataclass(frozen=True)
class _Quotation:
    """What is said, who says it (as written, without a dash), and the last line of both."""

    text: str
    attribution: str
    last: int


def recognize(passage: Passage) -> Found | None:
    """Recognize a paragraph that is one quotation and nothing else but its attribution."""
    quotation = _marked(passage) if passage.line.text.startswith(">") else _in_quotation_marks(passage)
    if quotation is None:
        return None
    speaker, credential = speaker_and_credential(plain_line(quotation.attribution))
    return Found(
        kind="quote",
        value={"text": plain_line(quotation.text).strip(), "speaker": speaker, "credential": credential},
        first=passage.line.number,
        last=quotation.last,
        confidence=0.9 if speaker else 0.7,
        text=passage.text(quotation.last),
        facts={"speaker": speaker or None, "credential": credential or None},
    )


def _marked(passage: Passage) -> _Quotation | None:
    """Read the lines that Markdown marks with `>`."""
    lines = list(
        takewhile(
            lambda line: line.text.startswith(">"), passage.lines[passage.position : passage.position + MOST_LINES]
        )
    )
    said = [line.text.lstrip("> ").strip() for line in lines]
    start = max((index for index, text in enumerate(said) if _starts_with_dash(text)), default=0)
    if start:
        said, credit = said[:start], ", ".join(text for text in said[start:] if text)
        return _Quotation(_without_marks(" ".join(said)), credit.lstrip(DASHES + " "), lines[-1].number)
    named = _named_below(said)
    if named:
        return _Quotation(*named, lines[-1].number)
    whole = " ".join(text for text in said if text)
    split = _split(whole)
    if split and split[1]:
        return _Quotation(split[0], split[1].lstrip(DASHES + " "), lines[-1].number)
    if not whole:
        return None
    credit, last = _attribution_below(passage.lines, lines[-1].number, dash_needed=True)
    return _Quotation(_without_marks(whole), credit, last)


def _named_below(said: Sequence[str]) -> tuple[str, str] | None:
    """Split lines that are a quotation in quotation marks and, below it, the name of who said it."""
    for count in range(1, len(said)):
        split = _split(" ".join(said[:count]))
        credit = [text for text in said[count:] if text]
        if split and not split[1] and credit and _can_be_speaker(credit[0]):
            return split[0], ", ".join(credit)
    return None


def _in_quotation_marks(passage: Passage) -> _Quotation | None:
    """Read a paragraph that opens with a quotation mark and closes with its counterpart, or with an attribution."""
    line = passage.line
    closing_marks = CLOSING_QUOTES.get(_bare(line.text)[:1])
    if not closing_marks or not passage.opens:
        return None
    paragraph: list[Line] = []
    length = 0
    for below in passage.lines[passage.position : passage.position + MOST_LINES]:
        length += len(below.text)
        if below.blank or length > LONGEST_QUOTE:
            break
        paragraph.append(below)
        may_close = any(mark in below.text for mark in closing_marks)
        split = _split(" ".join(each.text for each in paragraph)) if may_close else None
        if split is None:
            continue
        said, behind = split
        if not behind:
            credit, last = _attribution_below(passage.lines, below.number, dash_needed=False)
            return _Quotation(said, credit, last)
        behind = behind.lstrip(DASHES + " ")
        if len(behind) <= LONGEST_ATTRIBUTION and _can_be_speaker(behind):
            credit, last = _with_credential_below(passage.lines, behind, below.number)
            return _Quotation(said, credit, last)
    return None


def _split(text: str) -> tuple[str, str] | None:
    """Split a text that opens with a quotation mark into what is said and what stands behind, or return None.

    Only a dash may stand behind the closing mark; anything else ("…," says Dr. X) makes it a sentence with a quotation.
    """
    text = _bare(text)
    end = _end_of_quotation(text)
    if end is None:
        return None
    said, behind = text[1:end].strip(), text[end + 1 :].strip(EDGES + "*_")
    return (said, behind) if said and (not behind or behind[0] in DASHES) else None


def _end_of_quotation(text: str) -> int | None:
    """Return where the quotation that opens `text` is closed: at the mark that no other one inside it has opened."""
    opening = text[:1]
    closing = CLOSING_QUOTES.get(opening, "")
    depth = 1
    for position in range(1, len(text)):
        character = text[position]
        is_apostrophe = text[position - 1].isalnum() and text[position + 1 : position + 2].isalnum()
        if character in closing and not is_apostrophe:
            depth -= 1
            if depth == 0:
                return position
        elif character == opening:
            depth += 1
    return None


def _attribution_below(lines: Sequence[Line], last: int, *, dash_needed: bool) -> tuple[str, int]:
    """Return the attribution below the line with the number `last`, and its own last line; empty if there is none.

    Behind a dash it may stand below a blank line. Without one it must be directly below and look like a name.
    """
    below = lines[last] if last < len(lines) else None
    adjacent = below is not None and not below.blank
    if below is not None and below.blank:
        below = next((line for line in lines[last : last + 3] if not line.blank), None)
    if below is None or len(below.text) > LONGEST_ATTRIBUTION:
        return "", last
    text = _bare(below.text)
    if _starts_with_dash(text) and _can_be_speaker(text.lstrip(DASHES + " ")):
        return _with_credential_below(lines, text.lstrip(DASHES + " "), below.number)
    if not adjacent or dash_needed or not text[0].isupper() or not _can_be_speaker(text):
        return "", last
    return _with_credential_below(lines, text, below.number)


def _with_credential_below(lines: Sequence[Line], attribution: str, last: int) -> tuple[str, int]:
    """Return `attribution` with the credential that stands on the line below it, if it has none yet."""
    below = lines[last] if last < len(lines) else None
    if "," in attribution or below is None or below.blank or not _can_be_credential(below):
        return attribution, last
    return f"{attribution}, {below.text}", below.number


def _can_be_speaker(text: str) -> bool:
    name = text.partition(",")[0]
    ends_sentence = text.endswith((".", ":", "?", "!")) and not ABBREVIATION_AT_END.search(text)
    return 0 < len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS_IN_NAME and not ends_sentence


def _can_be_credential(line: Line) -> bool:
    short = len(line.text) <= LONGEST_ATTRIBUTION // 2
    return short and line.item is None and not line.heading_level and line.text[-1] not in ".:?!"


def _without_marks(text: str) -> str:
    split = _split(text)
    return split[0] if split and not split[1] else text


def _starts_with_dash(text: str) -> bool:
    return text.startswith(tuple(DASHES))


def _bare(text: str) -> str:
    """Return `text` without the emphasis in which whole quotations are often set."""
    return text.strip("*_ ") if text[:1] in "*_" else text


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a quotation of all `lines`; who said it stands behind a dash, or on a short last line."""
    said = [line.text.lstrip("> ").strip() if line.text.startswith(">") else line.text for line in lines]
    said = [text for text in said if text]
    if not said:
        return None
    text, attribution = _told(said)
    speaker, credential = speaker_and_credential(plain_line(attribution))
    fits = len(speaker) <= LONGEST_SPEAKER and len(credential) <= LONGEST_CREDENTIAL
    whole = {"text": plain_line(" ".join(said)), "speaker": "", "credential": ""}
    value = {"text": plain_line(text), "speaker": speaker, "credential": credential} if fits else whole
    return kept(lines, made("quote", value, lines), made("quote", whole, lines))


def _told(said: Sequence[str]) -> tuple[str, str]:
    """Split what stands on lines into a quotation, without its marks, and who said it."""
    whole = " ".join(said)
    start = max((index for index, text in enumerate(said) if _starts_with_dash(text)), default=0)
    if start:
        return _without_marks(" ".join(said[:start])), ", ".join(said[start:]).lstrip(DASHES + " ")
    split = _named_below(said) or _split(whole)
    if split:
        return split[0], split[1].lstrip(DASHES + " ")
    if len(said) > 1 and _can_be_speaker(said[-1]):
        return _without_marks(" ".join(said[:-1])), said[-1]
    return whole, ""
