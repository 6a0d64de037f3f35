"""Recognizing takeaways: "Key takeaways", "At a glance", "TL;DR", with a list or a sentence below."""

import re
from collections.abc import Sequence

from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label
from articles.exchange.lines import LONGEST_HEADING, Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import made, pieces_of, title_of
from articles.exchange.source import Given

ORDER = 200

CERTAIN = Label(
    r"(?:(?:the|our|my|your) )?(?:key|main|top|quick|big|core|essential|\d{1,2}) "
    "(?:take-?aways?|points?|lessons?|facts?|messages?|insights?|findings?|highlights?)(?: to remember)?",
    "(?:the )?take-?aways",
    r"key take-?aways? (?:for|from|on|about) [\w ’'-]{1,40}",
    "at a glance",
    "in brief",
    "tl;?dr",
    "the short version",
    "the essentials",
    "(?:article )?highlights",
    "what (?:to|you(?:['’]ll)?) (?:remember|learn)",
    "(?:quick )?recap|quick overview",
    "quick summary",
    "(?:fast|quick) facts",
    "(?:points|things) to remember",
)
"""Headings that announce takeaways, whatever follows."""
PLAIN = Label("(?:the )?take-?aways")
"""Behind the body, with a paragraph instead of a list, these head a conclusion."""
WITH_LIST = Label(
    "(?:in |the |a )?summary",
    "(?:the )?(?:main |big )?take-?away",
    "in short",
    "in a nutshell",
    "(?:the )?bottom line",
    "the basics|overview",
    "what (?:you|to) (?:need to |should )?know",
    "(?:what|things) (?:you|to) (?:need to |should )?remember",
)
"""Headings that do so if a list follows, and head a conclusion otherwise."""

LONGEST_TITLE = 120
"""Characters."""

EXTENSION = re.compile(r"\s?[:–—-]\s.*")


def recognize(passage: Passage) -> Found | None:
    """Recognize the heading with the list below it, or the label with the sentence behind it."""
    line = passage.line
    labelled = CERTAIN.read(line)
    if labelled and labelled.rest and not passage.heads:
        return _found(passage, labelled.name, [labelled.rest], line.number)
    if line.bulleted or len(line.text) > LONGEST_HEADING:
        return None
    heading = Line(line.number, EXTENSION.sub("", line.title))
    certain = CERTAIN.is_all_of(heading)
    if not certain and not WITH_LIST.is_all_of(heading):
        return None
    following = passage.following
    entries = following.list_here() if following else []
    if following and entries:
        return _found(passage, plain_line(line.plain), [entry.text for entry in entries], entries[-1].last)
    if following and certain:
        sentences = _sentences(following)
        if len(sentences) == 1 and PLAIN.is_all_of(heading) and not passage.in_front:
            return None
        if sentences:
            return _found(passage, plain_line(line.plain), [each.text for each in sentences], sentences[-1].number)
    return None


def _found(passage: Passage, title: str, items: list[str], last: int) -> Found:
    return Found(
        kind="takeaways",
        value={"title": title, "items": [plain_line(item) for item in items]},
        first=passage.line.number,
        last=last,
        confidence=0.9,
        text=passage.text(last),
        facts={"count": len(items)},
    )


def _sentences(passage: Passage) -> list[Line]:
    """Return the lines of the paragraph at the passage, if each of them is a sentence: items without bullets."""
    lines: list[Line] = []
    for line in passage.lines[passage.position :]:
        if line.blank:
            break
        if not line.is_prose or line.starts_lower or line.heading_level:
            return []
        lines.append(line)
    return lines


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make takeaways of all `lines`: each item, line or sentence is one, below the title if one is marked."""
    pieces = pieces_of(lines)
    title = title_of(pieces, LONGEST_TITLE)
    items = [plain_line(piece.text) for piece in (pieces[1:] if title else pieces)]
    return made("takeaways", {"title": title, "items": items}, lines) if items else None
