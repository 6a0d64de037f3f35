"""Parts of pages that are kept on their own, since the rest of the page changes more often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from freshness.changes import Seen
from freshness.collecting import collecting, depends_on


@dataclass(frozen=True)
class Part:
    """The text of a part of a page, and what it shows."""

    text: str
    tags: frozenset[str]


class PartStore(Protocol):
    """Whatever keeps parts, and drops each when one of its tags has changed."""

    def read(self, name: str) -> Part | None:
        """Return the part that is kept under `name`, or None."""

    def keep(self, name: str, part: Part, seen: Seen) -> None:
        """Keep `part`, unless what it shows has changed since `seen`."""


_stores: list[PartStore] = []


def keep_parts_in(store: PartStore | None) -> None:
    """Keep parts in `store` from now on; None: keep none."""
    _stores[:] = [store] if store is not None else []


def kept_part(name: str, make: Callable[[], str]) -> str:
    """Return the part of a page called `name`, as it was kept, or else as `make` makes it now."""
    if not _stores:
        return make()
    store = _stores[0]
    kept = store.read(name)
    if kept is not None:
        depends_on(*kept.tags)
        return kept.text
    seen = Seen.now()
    with collecting() as tags:
        text = make()
    store.keep(name, Part(text, frozenset(tags)), seen)
    return text
