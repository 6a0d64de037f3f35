"""Parts of pages that are kept on their own, since the rest of the page changes more often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from freshness.changes import Seen
from freshness.collecting import collecting, depends_on


@dataclass(frozen=True)
class Part:
    """The text of a part of a page, and what it shows."""

    text: str
    tags: frozenset[str]
    seen: Seen
    """Which changes could be seen when it began to be made."""

    def is_outdated(self) -> bool:
        """Return whether something that it shows has changed since."""
        return self.seen.is_outdated(self.tags)


class PartStore(Protocol):
    """Whatever keeps parts, and drops each when one of its tags has changed."""

    def read(self, name: str) -> Part | None:
        """Return the part that is kept under `name`, or None."""

    def keep(self, name: str, part: Part) -> None:
        """Keep `part`, unless it is outdated already."""


_stores: list[PartStore] = []
_used: ContextVar[list[Part] | None] = ContextVar("used", default=None)


@contextmanager
def used_parts() -> Iterator[list[Part]]:
    """Collect the kept parts that are used within.

    Whoever keeps a page must ask them whether they are outdated: a page that is made right after a change, but of a
    part that is dropped only in a moment, has seen the change and yet does not show it.
    """
    used: list[Part] = []
    token = _used.set(used)
    try:
        yield used
    finally:
        _used.reset(token)


def keep_parts_in(store: PartStore | None) -> None:
    """Keep parts in `store` from now on; None: keep none."""
    _stores[:] = [store] if store is not None else []


def kept_part(name: str, make: Callable[[], str]) -> str:
    """Return the part of a page called `name`, as it was kept, or else as `make` makes it now.

    It is kept only while a page is made to be kept, see `used_parts`. A part holds no other kept part.
    """
    if not _stores:
        return make()
    store = _stores[0]
    part = store.read(name)
    if part is None and _used.get() is None:
        # A request of a reader's: nothing of it is to come near what others read.
        return make()
    if part is None:
        seen = Seen.now()
        with collecting() as tags:
            text = make()
        part = Part(text, frozenset(tags), seen)
        store.keep(name, part)
        return part.text
    depends_on(*part.tags)
    used = _used.get()
    if used is not None:
        used.append(part)
    return part.text
