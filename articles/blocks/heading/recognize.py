"""Recognizing headings: a short line on its own, or one that Markdown marks."""

import re
from collections.abc import Sequence

from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import bare, made
from articles.exchange.source import Given

ORDER = 900

LONGEST = 200
"""Characters that a heading may have."""

UNDERLINED = re.compile(r"={3,}|-{3,}")


def recognize(passage: Passage) -> Found | None:
    """Recognize a heading; a numbered one ("1. Start slowly") keeps its number."""
    line = passage.line
    underlined = passage.below is not None and UNDERLINED.fullmatch(passage.below.text) and line.like_a_heading
    if (not passage.heads and not underlined) or (line.stands_out and "©" in line.text):
        return None
    level = 3 if line.heading_level > 2 else 2
    return Found(
        kind="heading",
        value={"text": plain_line(line.plain), "level": str(level)},
        first=line.number,
        last=line.number,
        confidence=0.95 if line.heading_level else 0.8,
        text=line.raw,
        facts={"level": level},
    )


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make one heading of all `lines`; None if they are longer than a heading may be."""
    text = plain_line(" ".join(bare(line) for line in lines if not line.blank))
    level = next((line.heading_level for line in lines if line.heading_level), 2)
    if not text or len(text) > LONGEST:
        return None
    return made("heading", {"text": text, "level": "3" if level > 2 else "2"}, lines)
