"""The title of an article: the first line that is nothing else."""

import re
from collections.abc import Sequence

from articles.exchange.inline import plain_line
from articles.exchange.lines import Line

LONGEST_TITLE = 200
FARTHEST_MARKED_TITLE = 40
"""Lines above a title that is marked as such ("# …") are what stands above articles: menus, paths, teasers."""

SENTENCE_BREAK = re.compile(r"[.!?]\s")


def marked_title(lines: Sequence[Line]) -> int | None:
    """Return the position of the line that Markdown marks as the main heading, if no paragraph stands above it."""
    for position, line in enumerate(lines[:FARTHEST_MARKED_TITLE]):
        if line.is_prose and not line.heading_level:
            return None
        if line.heading_level == 1 and not line.wordless and len(line.plain) <= LONGEST_TITLE:
            return position
    return None


def is_title(line: Line) -> bool:
    """Whether `line` can be a title: short, no item of a list, no paragraph of several sentences."""
    several_sentences = line.text.endswith(".") and SENTENCE_BREAK.search(line.text)
    return not line.item and not line.wordless and len(line.plain) <= LONGEST_TITLE and not several_sentences


def title_text(line: Line) -> str:
    """Return the title on `line` without Markdown's marks."""
    return plain_line(line.plain)
