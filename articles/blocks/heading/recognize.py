"""Recognizing headings: a short line on its own, or one that Markdown marks."""

import re

from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.passage import Passage

ORDER = 900

UNDERLINED = re.compile(r"={3,}|-{3,}")


def recognize(passage: Passage) -> Found | None:
    """Recognize a heading; a numbered one ("1. Start slowly") keeps its number."""
    line = passage.line
    underlined = passage.below is not None and UNDERLINED.fullmatch(passage.below.text) and line.like_a_heading
    if not passage.heads and not underlined:
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
