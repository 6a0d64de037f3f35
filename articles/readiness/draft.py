"""An article as the rules read it: all that they may ask, so that they ask nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

WEB = ("https://", "http://")
"""How a link to another place on the web begins."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A block of the body."""

    id: str
    kind: str
    label: str
    """What the editor calls a block of this kind."""
    text: str = ""
    """All words that readers see of it."""
    own_words: str = ""
    """Those that the article says in its own name: neither what others are quoted with, nor myths."""
    heading: str = ""
    level: int = 0
    """The level of its heading, 2 or 3; 0 without one."""
    lacks: tuple[str, ...] = ()
    """What a block of its kind should have and this one has not (`ArticleBlock.lacks`)."""
    problems: tuple[str, ...] = ()
    """What its form says is missing or wrong, in words."""
    questions: tuple[str, ...] = ()
    """The questions that it answers (`ArticleBlock.questions`)."""
    is_warning: bool = False
    """Whether it tells when to seek help."""
    links: tuple[str, ...] = ()
    """Where its links lead, as they are stored: `https://…`, or `page:7` and `document:7` for what is on this site."""
    cites: tuple[int, ...] = ()
    """The keys of the sources that it cites."""
    unsourced: frozenset[str] = frozenset()
    """The lines of its paragraphs, each with the list below it, that neither cite a source nor link to the web."""

    @property
    def is_only_heading(self) -> bool:
        """Whether it is a heading and nothing else."""
        return bool(self.level) and self.text.strip() == self.heading.strip()


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contributor."""

    name: str
    role: str
    topics: frozenset[int] = frozenset()
    """The keys of the topics that this person knows."""


@dataclass(frozen=True, kw_only=True)
class CitedSource:
    """A source that the article cites."""

    title: str
    year: int | None = None
    is_dead: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An article, with what is known around it. Everything but `title` and `today` may be left out in a test."""

    title: str
    today: date
    summary: str = ""
    search_description: str = ""
    hero_lacks_alternative: bool = False
    """Whether it has a picture that is not decorative and is described nowhere."""
    parts: tuple[Part, ...] = ()
    people: tuple[Person, ...] = ()
    topics: frozenset[int] = frozenset()
    """The keys of its topics and of all topics above them."""
    has_topics: bool = False
    sources: Mapping[int, CitedSource] = field(default_factory=dict)
    """Those cited, by key; one that is cited but missing was deleted."""
    dead_links: frozenset[str] = frozenset()
    """Those of `Part.links` that lead nowhere on this site for a reader, now or later."""
    links_to_unpublished: frozenset[str] = frozenset()
    """Those that lead to a page of this site which is there, and only not published."""
    answered_elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Questions of this article that another one answers, with the title of that one."""
    is_medically_reviewed: bool = False
    """Whether a medical sign-off is in force, or the workflow has one for this very text."""
    review_lapsed_on: date | None = None
    """When the last medical sign-off ended, if none is in force any more."""
    readability_target: int = 50
    """The highest LIX that its topics allow."""
    sentence_target: int = 25
    """The most words of a sentence."""

    @property
    def text(self) -> str:
        """All words of the body that readers see, a line for each part of a block at least."""
        return "\n".join(part.text for part in self.parts)

    def places(self) -> Iterator[tuple[dict[str, str], str]]:
        """Yield every text that readers may see, with the place of it as a `Found` names it."""
        yield {"field": "title"}, self.title
        yield {"field": "summary"}, self.summary
        yield {"field": "search_description"}, self.search_description
        for part in self.parts:
            yield {"block": part.id}, part.text
