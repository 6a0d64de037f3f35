"""The paragraphs about the author, behind the name at the end."""

import re

from articles.exchange.findings import Found, Outside
from articles.exchange.outside.author import announces, leading_name, tells_of_person
from articles.exchange.passage import Passage

ORDER = 60

LAST_LINES = 4

PORTRAIT = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)")
"""A picture without a caption, between the name and what is told of it."""


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a line of prose behind the author's name at the end, or behind another line of the biography."""
    line = passage.line
    last = passage.before[-1] if passage.before else None
    if passage.in_front or last is None or isinstance(last, Found) or line.item or line.heading_level:
        return ()
    behind_name = last.kind in ("author", "biography") or announces(last)
    if behind_name and PORTRAIT.fullmatch(line.text) and passage.ends_within(LAST_LINES):
        return (Outside(kind="biography", first=line.number, last=line.number, text=line.text),)
    if not line.is_prose or not (behind_name or _tells_of_author(passage)):
        return ()
    return (Outside(kind="biography", first=line.number, last=line.number, text=line.raw.strip()),)


def _tells_of_author(passage: Passage) -> bool:
    """Whether the line, behind the body and near the end, starts with the author's name, or one with what they do."""
    text = passage.line.text
    name = leading_name(text)
    if not name or not passage.ends_within(LAST_LINES):
        return False
    return tells_of_person(text) or any(part.kind == "author" and name in part.text for part in passage.before)
