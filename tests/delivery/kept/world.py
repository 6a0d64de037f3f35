"""A small world of pages in place of the site: what is kept and made again does not depend on what is on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from delivery.kept.rendering import Fresh
from freshness.changes import Seen
from freshness.collecting import collecting
from freshness.parts import used_parts


@dataclass
class World:
    """Pages by their addresses: what each says, and what it shows."""

    says: dict[str, Callable[[], str | None]] = field(default_factory=dict)
    shows: dict[str, set[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    made: list[str] = field(default_factory=list)
    """Every address that was made, in order."""
    while_made: Callable[[], object] = lambda: None
    """What happens elsewhere once a page is made, before it is kept."""

    def put(self, path: str, text: str, *tags: str) -> None:
        self.says[path] = lambda: text
        self.shows[path] = set(tags)

    def render(self, path: str) -> Fresh:
        self.made.append(path)
        if path in self.broken:
            return Fresh(path, 500, b"", frozenset(), Seen.now(), (), False)
        seen = Seen.now()
        with collecting() as tags, used_parts() as used:
            text = self.says[path]() if path in self.says else None
        self.while_made()
        if text is None:
            return Fresh(path, 404, b"", frozenset(), seen, (), False)
        return Fresh(path, 200, text.encode(), frozenset(tags | self.shows[path]), seen, tuple(used), True)
