"""How readers rated the article on the site it comes from: "★ 5.0 (40 reviews)", "Rated 4.7 out of 5 by 23 readers"."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from articles.exchange.findings import Outside, RatingTotal
from articles.exchange.labels import one_of, pattern
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.vocabulary import listed
from prose.words import words

ORDER = 10

LONGEST_LINE = 120
MOST_LINES = 4
"""A total may be set in several lines: a heading, the mean, the stars, the count."""

MOST_RATINGS = 1_000_000_000
"""More than that is no count of readers."""

STARS = "★⭐✩✭☆🌟"
FULL_STARS = "★⭐🌟"
RATERS = listed("people readers reader reviewers users user customers members voters visitors")
RATINGS = listed("ratings rating reviews review votes vote responses")
VOCABULARY = (
    RATERS
    | RATINGS
    | listed(
        """a all an and article average based by community from gave give given guide have has is it its mean of on our
        no out over overall post rated recipe score scored star stars story this total with yet"""
    )
)
HEADING = pattern(
    "(?:(?:article|average|overall|community|recipe|reader|user) )?ratings?",
    "readers?['’]?s? (?:ratings?|reviews)",
    "reviews",
)
NUMBER = r"\d{1,3}(?:[, .]\d{3})+|\d+"
MEAN = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)(?![\d.,]*\d)")
SCALE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:/|out of|of)\s*(\d+)", re.IGNORECASE)
NONE_YET = re.compile(rf"\(?no {one_of(*sorted(RATINGS))} yet\)?", re.IGNORECASE)
COUNT = re.compile(
    rf"({NUMBER})\s+(?:[a-z]+\s+)?{one_of(*sorted(RATERS | RATINGS))}\b|(?:by|from|on)\s+({NUMBER})\b|\(({NUMBER})\)",
    re.IGNORECASE,
)


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a rating total, with or without a heading, on one line or on several."""
    lines = _lines_about_rating(passage)
    headed = bool(lines) and _is_heading(lines[0])
    for count in range(1, len(lines) + 1):
        told = lines[headed:count]
        if told and _tells_total(told):
            parts = [_outside("label", lines[:1])] if headed else []
            return (*parts, _outside("rating", told))
    return ()


def total_in(outside: Iterable[Outside]) -> RatingTotal | None:
    """Return the first rating total that is told in full."""
    for part in outside:
        total = total_of(part.text) if part.kind == "rating" else None
        if total:
            return total
    return None


def total_of(text: str) -> RatingTotal | None:
    """Return the total that `text` tells, or None if mean or count is missing or the scale is not one of five stars."""
    text = text.replace("\n", " ")
    count = COUNT.search(text)
    scale = SCALE.search(text)
    if not count or (scale and int(scale[2]) != 5):
        return None
    before_count = text[: count.start()] + " " + text[count.end() :]
    stated = scale or MEAN.search(before_count)
    stars = sum(text.count(star) for star in FULL_STARS)
    mean = Decimal(stated[1].replace(",", ".")) if stated else Decimal(stars)
    number = int(re.sub(r"\D", "", count[1] or count[2] or count[3]))
    if not 0 < mean <= 5 or number > MOST_RATINGS:
        return None
    return RatingTotal(mean=mean, count=number)


def _lines_about_rating(passage: Passage) -> list[Line]:
    """Return the lines from the passage on, blank ones left out, that speak of nothing but a rating."""
    lines: list[Line] = []
    here: Passage | None = passage
    while here and len(lines) < MOST_LINES and _is_about_rating(here.line):
        lines.append(here.line)
        here = here.following
    return lines


def _is_about_rating(line: Line) -> bool:
    if line.item or len(line.text) > LONGEST_LINE:
        return False
    said = [word.casefold() for word in words(line.text)]
    if not said:
        return any(star in line.text for star in STARS)
    return all(word in VOCABULARY or word.isnumeric() for word in said)


def _is_heading(line: Line) -> bool:
    return HEADING.fullmatch(line.title) is not None


def _tells_total(lines: Sequence[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    if NONE_YET.fullmatch(text.strip(f"{STARS} ")):
        return True
    marked = (
        any(star in text for star in STARS)
        or SCALE.search(text)
        or {"rating", "rated", "star", "stars"} & {word.casefold() for word in words(text)}
    )
    return bool(marked) and total_of(text) is not None


def _outside(kind: str, lines: Sequence[Line]) -> Outside:
    text = "\n".join(line.raw for line in lines).strip()
    return Outside(kind=kind, first=lines[0].number, last=lines[-1].number, text=text)
