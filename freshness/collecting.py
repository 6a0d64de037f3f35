"""Noting what a page shows while it is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_collected: ContextVar[set[str] | None] = ContextVar("collected", default=None)


def depends_on(*tags: str) -> None:
    """Note that what is being made shows what `tags` (of `freshness.tags`) name. Costs nothing if nobody collects."""
    collected = _collected.get()
    if collected is not None:
        collected.update(tags)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """Collect what is shown within; whatever holds a part of a page shows all that the part shows."""
    outer = _collected.get()
    collected: set[str] = set()
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)
        if outer is not None:
            outer.update(collected)
