"""Who wrote an article, who reviewed it, when it was published: the lines that say so, alone or several in one line."""

import re
from collections import Counter
from collections.abc import Iterator

from articles.exchange.findings import Outside
from articles.exchange.labels import one_of, pattern
from articles.exchange.names import ABBREVIATION_AT_END, first_name_in, is_name
from articles.exchange.outside import navigation
from articles.exchange.passage import Passage
from articles.exchange.vocabulary import listed
from prose.words import words

ORDER = 40

LONGEST_LINE = 200
LONGEST_LINE_WITH_LINKS = 2_000

REVIEWER = pattern(
    r"(?:(?:medically|clinically|scientifically|expert|editorially|technically|peer|legally|last|also)[ -]){0,3}"
    r"(?:reviewed|updated|fact[ -]?checked|verified|approved|vetted|edited) by[: ]\s*\S",
    r"(?:medical(?:ly)?|clinical|expert|technical|scientific) (?:reviewer|review(?:ed)?|editor)(?: by)?:\s*\S",
    r"(?:reviewer|fact[ -]?checker|editor)s?:\s*\S",
)
NAMED_AS = pattern(r"[\w -]{1,40}:\s*[A-Z]")
"""What no sentence begins with: "Reviewed by: Kelly Stratton, MD."."""
BYLINE = pattern(
    r"(?:(?:written|words|story|text|article|posted|published|created|authored|guest post)(?: and \w+)? )?by:?\s+",
    r"(?:authors?|writer|words|text):\s*",
)

MONTHS = listed(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
DATE_WORDS = MONTHS | listed(
    """page content article medically clinically next review due this was
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    published updated posted last reviewed revised modified edited checked first originally written created release
    updates date on at of the and a m p am pm utc gmt est edt cst cdt mst mdt pst pdt cet et pt ct"""
)
NUMBER_IN_DATE = re.compile(r"\d{1,4}(?:st|nd|rd|th)?|t?\d{1,2}z?")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DIGITS_ONLY = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")

LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
AT_THE_END = pattern(r"\b(?:review|updat|revis)")
"""What a heading below an article may say the date of."""
SEPARATOR = re.compile(r"\s+[|·•–—/]+\s+|\s*[|·•]\s*")
NEXT_STATEMENT = pattern(
    r"[\s,;]+(?=(?:(?:last|first|originally) )?(?:published|updated|posted|modified)\b)",
    r"\s+(?=(?:created|date|tags?|status|author)\s?:)",
    r"[\s,;]+(?=(?:medically )?reviewed\b|fact[ -]?checked\b)",
    r"(?<=\d)\s+(?=by\s)",
    r"[\s,]+(?=on\s+\w+\.?\s+\d)",
    rf",\s+(?={one_of(*sorted(MONTHS))}\.?\s+\d)",
)
"""Where another statement starts in a line without separators: "By Nora Price on March 3, 2026"."""


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a line that consists of nothing but statements about the article."""
    line = passage.line
    if (line.item and not passage.in_front) or len(line.text) > LONGEST_LINE_WITH_LINKS:
        return ()
    said = LINK.sub(r"\1", line.item.text if line.item else line.plain)
    if len(said) > LONGEST_LINE or (line.heading_level and not (is_date(said) and AT_THE_END.search(said))):
        return ()
    statements = _statements(said, anywhere=not passage.in_front)
    if not statements and passage.in_front and is_name(said) and _stands_among_metadata(passage):
        statements = [("author", said)]
    addresses = " ".join(address for _, address in LINK.findall(line.plain))
    if statements and addresses:
        statements.append(("navigation", addresses))
    told = Counter(word for _, text in statements for word in words(text))
    if addresses and told != Counter(words(line.item.text if line.item else line.plain)):
        return ()  # without its marks, the name of a link would run into the word beside it
    return tuple(Outside(kind=kind, first=line.number, last=line.number, text=text) for kind, text in statements)


def author_of(byline: str) -> str:
    """Return the first name in a byline: "Written by Karen Liu, RN" gives "Karen Liu"."""
    start = BYLINE.match(byline.strip(" *_—–-"))
    return first_name_in(byline.strip(" *_—–-")[start.end() if start else 0 :])


def _statements(text: str, *, anywhere: bool) -> list[tuple[str, str]]:
    """Return the statements of `text` with their kinds, or none if any piece of it says something else."""
    for pieces in (SEPARATOR.split(text), [text], list(_pieces(text))):
        kinds = [_kind_of(piece, anywhere=anywhere) for piece in pieces]
        if {"date", "navigation"}.intersection(kinds) and not anywhere:
            kinds = [
                kind or ("author" if is_name(piece.partition(",")[0]) else None)
                for kind, piece in zip(kinds, pieces, strict=True)
            ]
        if all(kinds):
            return [(kind, piece.strip()) for kind, piece in zip(kinds, pieces, strict=True) if kind]
    return []


def _pieces(text: str) -> Iterator[str]:
    for piece in SEPARATOR.split(text):
        yield from NEXT_STATEMENT.split(piece)


def _kind_of(text: str, *, anywhere: bool) -> str | None:
    text = text.strip(" *_—–-")
    if REVIEWER.match(text) and (not _is_sentence(text) or NAMED_AS.match(text)):
        return "reviewer"
    if is_date(text):
        return "date"
    if navigation.is_beside_the_article(text):
        return "navigation"
    byline = BYLINE.match(text)
    if byline and not _is_sentence(text) and not YEAR.search(text):
        name = first_name_in(text[byline.end() :])
        if is_name(name) or (not anywhere and name[:1].isupper() and len(name.split()) <= 3):
            return "author"
    return None


def is_date(text: str) -> bool:
    """Whether `text` says nothing but a date, perhaps with a time and with what happened then ("Updated: …")."""
    said = [word.casefold() for word in words(text)]
    if not 1 < len(said) <= 24 or not all(word in DATE_WORDS or NUMBER_IN_DATE.fullmatch(word) for word in said):
        return False
    has_month = any(word in MONTHS for word in said) or re.search(r"\d{4}-\d{2}", text)
    return bool(DIGITS_ONLY.search(text) or (YEAR.search(text) and has_month))


def _is_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence; the period of an abbreviation at its end ("Jr.", "Ph.D.") is none."""
    return text.endswith((".", "!", "?")) and not ABBREVIATION_AT_END.search(text)


def _stands_among_metadata(passage: Passage) -> bool:
    """Whether the line directly above or the next one says when the article was published, and none names an author."""
    last = passage.before[-1] if passage.before else None
    if isinstance(last, Outside) and last.kind in ("date", "reviewer") and last.last == passage.line.number - 1:
        return True
    following = passage.following
    kinds = {kind for kind, _ in _statements(following.line.plain, anywhere=False)} if following else set()
    return bool(kinds & {"date", "reviewer"}) and "author" not in kinds
