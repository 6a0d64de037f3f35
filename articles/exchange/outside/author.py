"""The author's name without "By": at the end of an article, or under a heading such as "About the author"."""

import re
from collections.abc import Iterable

from articles.exchange.findings import Outside, Part
from articles.exchange.labels import one_of, pattern
from articles.exchange.names import is_name
from articles.exchange.outside.metadata import author_of
from articles.exchange.passage import Passage, key_of
from articles.exchange.vocabulary import DASHES
from prose.words import words

ORDER = 50

ABOUT = pattern("about (?:the|our) (?:authors?|writers?)", "about me", "(?:the|our) author", "author bio(?:graphy)?")
BY = pattern("(?:written |words |posted |text )?by", "(?:the )?author", "writer")
ABOUT_NAME = re.compile(r"(?:about|meet)(?P<announced> (?:the|our) author)?[: ]\s*(?P<name>.+)", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve)|[Mm]y)\b")
WORKS = "(?:is|was|has|writes|covers|runs|works|lives|teaches)"
PROFESSION = one_of(
    r"writ\w+|edit\w+|author|journalist|reporter|contributor|blogger",
    "coach|teacher|trainer|therapist|doctor|physician|nurse|dietitian|nutritionist|vet",
    "specialist|expert|founder|consultant|scientist|researcher|physiotherapist",
)
BIOGRAPHY = pattern(
    rf"\b(?:is|was|has been|works as) (?:an?|the)\b.*\b{PROFESSION}\b",
    r"\b(?:writes|covers|reports|teaches|lives)\b",
)
LEADING_NAME = re.compile(rf"(?P<name>[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){{1,3}}?)[*_]*,? {WORKS}\b")
LAST_LINES = 8
"""A name without any label is the author's only if no more lines than this follow."""


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize the author's name, or a heading that announces it."""
    line, following = passage.line, passage.following
    if BY.fullmatch(line.title) and following and is_name(_bare(following.line.text)):
        return (_outside("label", passage),)
    if passage.before and announces(passage.before[-1]) and is_name(_bare(line.text)):
        return (_outside("author", passage),)
    if passage.in_front:
        return ()
    if ABOUT.fullmatch(line.title):
        return (_outside("label", passage),)
    about = ABOUT_NAME.fullmatch(line.title)
    if about and ((about["announced"] and is_name(about["name"])) or _heads_biography(passage, about["name"])):
        return (_outside("author", passage),)
    if is_name(_bare(line.text)) and (_is_repeated(passage) or _closes_article(passage)):
        return (_outside("author", passage),)
    return ()


def author_in(outside: Iterable[Outside]) -> str | None:
    """Return the name of the first author, from a byline or else from the first words of the biography."""
    parts = list(outside)
    for part in parts:
        if part.kind == "author":
            about = ABOUT_NAME.fullmatch(part.text.strip("#* "))
            name = about["name"] if about else author_of(part.text)
            if name:
                return name
    return next((leading_name(part.text) for part in parts if part.kind == "biography"), None)


def announces(part: Part) -> bool:
    """Whether `part` is a line such as "About the author" or "Written by", which a name follows."""
    text = part.text.strip("#*: ") if isinstance(part, Outside) and part.kind == "label" else ""
    return bool(ABOUT.fullmatch(text) or BY.fullmatch(text))


def _is_repeated(passage: Passage) -> bool:
    """Whether the name stands a second time below itself."""
    last = passage.before[-1]
    return isinstance(last, Outside) and last.kind == "author" and _bare(last.text) == _bare(passage.line.text)


def _closes_article(passage: Passage) -> bool:
    """Whether the name stands at the end: twice, behind the body, or above what reads as a biography."""
    following, line = passage.following, passage.line
    behind_body = isinstance(passage.before[-1], Outside)
    if following is None:
        return behind_body or line.text[0] in DASHES
    if key_of(following.line) == key_of(line):
        return True
    if not passage.opens or not following.line.is_prose or not passage.ends_within(LAST_LINES):
        return False
    signs = (behind_body, _names_person(following.line.text, line.text), tells_of_person(following.line.text))
    return sum(signs) >= 2


def tells_of_person(text: str) -> bool:
    """Whether `text` reads as a biography."""
    return bool(FIRST_PERSON.search(text) or BIOGRAPHY.search(text))


def leading_name(text: str) -> str | None:
    """Return the name of the person whom `text` is about, if it starts with it: "Nora Price is a …"."""
    told = LEADING_NAME.match(text.lstrip("*_ "))
    return told["name"] if told and is_name(told["name"]) else None


def _heads_biography(passage: Passage, name: str) -> bool:
    """Whether a line about `name`, which may be a first name only, has a text about that person below, at the end."""
    following = passage.following
    text = following.line.text if following else ""
    return passage.ends_within(LAST_LINES) and _names_person(text, name) and tells_of_person(text)


def _names_person(text: str, name: str) -> bool:
    """Whether `text` starts with words that are part of `name`."""
    return bool({*words(name)}.intersection(words(text)[:4]))


def _bare(name: str) -> str:
    """Return `name` without emphasis or a dash around it and a credential behind it."""
    return name.strip(" #*_" + DASHES).partition(",")[0].strip()


def _outside(kind: str, passage: Passage) -> Outside:
    line = passage.line
    return Outside(kind=kind, first=line.number, last=line.number, text=line.text)
