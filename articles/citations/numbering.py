"""The numbers of the sources on a page: given once, in reading order, and the same source the same number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from string import ascii_lowercase

from wagtail.blocks.stream_block import StreamValue

from articles.chosen import keys_in
from articles.models.source import Source


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One place where a source is cited."""

    source: Source
    number: int
    place: int
    """The how manieth citation of this source it is, from 1."""

    @property
    def anchor(self) -> str:
        """The fragment that leads to the place."""
        return f"cite-{self.number}-{self.place}"

    @property
    def letter(self) -> str:
        """What the link back to the place is called: a, b, … z, a1, b1, and so on."""
        rounds, position = divmod(self.place - 1, len(ascii_lowercase))
        return f"{ascii_lowercase[position]}{rounds or ''}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the list of sources."""

    source: Source
    number: int
    citations: tuple[Citation, ...]


class Citations:
    """The numbered sources of one text, and where each of them has been cited so far."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.pk: source for source in sources}
        self._numbers = {key: number for number, key in enumerate(self._sources, start=1)}
        self._places: Counter[int] = Counter()

    def __bool__(self) -> bool:
        return bool(self._sources)

    def cite(self, key: int) -> Citation | None:
        """Return the next citation of the source with this `key`; None if there is no such source."""
        if key not in self._sources:
            return None
        self._places[key] += 1
        return self._citation(key, self._places[key])

    def entries(self) -> list[Entry]:
        """Return the list of sources, each with the places that were cited until now."""
        return [
            Entry(
                source=source,
                number=self._numbers[key],
                citations=tuple(self._citation(key, place) for place in range(1, self._places[key] + 1)),
            )
            for key, source in self._sources.items()
        ]

    def _citation(self, key: int, place: int) -> Citation:
        return Citation(source=self._sources[key], number=self._numbers[key], place=place)


_current: ContextVar[Citations | None] = ContextVar("citations", default=None)


@contextmanager
def citing(body: StreamValue) -> Iterator[Citations]:
    """Have every text that is shown or written within number its citations as sources of `body`."""
    citations = Citations(sources_of(body))
    token = _current.set(citations)
    try:
        yield citations
    finally:
        _current.reset(token)


def cite(key: int) -> Citation | None:
    """Return the next citation of the source with this `key`.

    None outside of `citing`, where nothing is numbered, and for a source that is not there any more.
    """
    citations = _current.get()
    return citations.cite(key) if citations else None


def sources_of(body: StreamValue) -> list[Source]:
    """Return the sources that `body` cites, in the order of their numbers.

    Asks for nothing if what the body shows was fetched before (`articles.models.body`), else for nothing without any.
    """
    fetched = getattr(body, "named", {}).get(Source)
    if fetched is None:
        keys = keys_in(body).sources
        found = Source.objects.in_bulk(keys) if keys else {}
        return [found[key] for key in keys if key in found]
    return list(fetched.values())
