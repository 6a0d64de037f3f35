"""Comparing what is kept with what should be: every public page, as it is made now, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from delivery.kept.addresses import public_addresses
from delivery.kept.keeping import index, remove
from delivery.kept.rendering import render
from delivery.kept.tree import is_address, tree
from freshness.models import Change

FIRST = 0
"""The rank of pages that are found to be wrong."""


@dataclass
class Difference:
    """The addresses of the pages at which something is wrong."""

    missing: set[str] = field(default_factory=set)
    """Public, but not kept."""
    hidden: set[str] = field(default_factory=set)
    """Kept, but not public."""
    unknown: set[str] = field(default_factory=set)
    """Kept, but nothing is known of what they show: no change will ever reach them."""
    lost: set[str] = field(default_factory=set)
    """Said to be kept, but not there."""

    @classmethod
    def found(cls) -> Difference:
        """Compare the tree, its index and the public pages. What waits to be made is not different yet."""
        waiting = index().waiting_paths()
        public = set(public_addresses())
        kept = set(tree().addresses())
        noted = {name for name in index().names() if is_address(name)}
        return cls(
            missing={path for path in public - kept - noted - waiting if render(path).may_be_kept},
            hidden=kept - public - waiting,
            unknown=kept - noted - waiting,
            lost=noted - kept - waiting,
        )

    def repair(self) -> None:
        """Remove what must not be read, and have the rest made again."""
        for path in self.hidden:
            remove(path)
        index().wait(dict.fromkeys(self.missing | self.unknown | self.lost, FIRST))


def sample(number: int | None) -> list[str]:
    """Return the addresses of `number` kept pages drawn by lot; of all if it is None."""
    kept = list(tree().addresses())
    return kept if number is None or number >= len(kept) else random.sample(kept, number)


def stale(paths: list[str]) -> Iterator[str | None]:
    """Yield for each of `paths` its address if what is kept there differs from a fresh page, and None if not."""
    for path in paths:
        fresh = render(path)
        is_same = fresh.may_be_kept and tree().holds(path, fresh.body)
        yield None if is_same or _is_in_work(path) else path


def _is_in_work(path: str) -> bool:
    """Return whether the page was changed a moment ago, and is still to be made again."""
    cursor = index().cursor()
    unread = cursor is not None and Change.objects.filter(pk__gt=cursor.newest).exists()
    return unread or tree().read(path) is None or path in index().waiting_paths()
