"""The one neutral form that every format is read into, before anything is recognized."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from articles.exchange.source import Source


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Somebody who wrote an article, as its source knows them."""

    name: str
    biography: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a source says of an article beside its text. What it does not say is empty."""

    summary: str = ""
    description: str = ""
    """For search engines."""
    slug: str = ""
    authors: tuple[Writer, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()
    """The names on the way to each topic, the topmost first."""
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    is_published: bool | None = None
    """Whether readers saw it there; None if the source does not say."""
    revised_on: date | None = None
    hero: str = ""
    """The address of the picture above the article, as in the text."""
    hero_alt: str = ""
    addresses: tuple[str, ...] = ()
    """Where readers found it before: absolute addresses, or paths that begin with a slash."""
    notes: tuple[str, ...] = ()
    """What was wrong with any of this, a sentence each; the article is imported without it."""


@dataclass(frozen=True, kw_only=True)
class Removed:
    """Markup that does not come along. Its visible text does."""

    what: str
    """For example “script”, “style attribute”, “link to javascript:”."""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article as its source gives it: its text as lines, the first of them the title, and what is said beside it.

    `foreign_id` identifies it at its source for good, `place` says where in the file it stands ("item 12, line 340").
    `pictures` reads the bytes of the pictures that came along, by their addresses in the text. `parts` are what other
    apps receive, by the names that `articles.exchange.parts` knows.
    """

    format: str
    source: Source
    foreign_id: str
    place: str = ""
    details: Details = field(default_factory=Details)
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    is_known_by_content: bool = False
    """Whether its id is nothing but the place of a file, so that a copy of the file elsewhere is the same article."""


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """An entry of a file that cannot become an article, with the reason in one sentence. The others go on."""

    place: str
    reason: str
    foreign_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """What a file holds that is no article (settings, secrets, menus): named, never stored."""

    place: str
    what: str
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What became of a record of our own export: created, updated, unchanged or refused, and a sentence if needed."""

    status: str
    reason: str = ""
    url: str | None = None


class Restorable(Protocol):
    """A record of our own export (a topic, a person, an article): it needs no recognition, it knows what it was."""

    @property
    def place(self) -> str:
        """Where in the file it stands."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    def restore(self, *, dry_run: bool, trusted: bool = False, reason: str = "") -> Restored:
        """Bring it into the site in one transaction, or say what would become of it.

        `trusted` says that the operator answers for the sign-offs, versions and corrections that come along; else they
        are left out. `reason` is kept as the answer to each warning that nobody has answered.
        """
        ...


Entry = Document | Unreadable | Ignored | Restorable
