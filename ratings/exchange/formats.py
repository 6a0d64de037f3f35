"""Finding the readers of foreign formats, and the one that a file is for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import ratings.exchange.reading
from articles.exchange.source import Refused
from ratings.exchange.records import Entry

HEAD = 4096
"""So many bytes of a file are looked at to tell its format."""


class Format(Protocol):
    """What a module of `ratings.exchange.reading` answers; see there."""

    FORMAT: str
    ORDER: int

    def is_mine(self, name: str, head: bytes) -> bool:
        """Return whether a file of this name that begins so is of this format."""
        ...

    def read(self, path: Path) -> Iterator[Entry]:
        """Yield what the file holds."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Return the formats by their names, in the order in which they are asked."""
    package = ratings.exchange.reading
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    found: list[Format] = [module for module in modules if hasattr(module, "FORMAT")]
    return {each.FORMAT: each for each in sorted(found, key=lambda each: (each.ORDER, each.FORMAT))}


def read_comments(path: Path, *, format_name: str = "auto") -> Iterator[Entry]:
    """Yield what the file at `path` holds, in the format that it is in or is said to be in; raises Refused."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from error
    if format_name != "auto":
        return formats()[format_name].read(path)
    head = head.removeprefix(b"\xef\xbb\xbf")
    for each in formats().values():
        if each.is_mine(path.name, head):
            return each.read(path)
    raise Refused(f"“{path.name}” is in no format that readers’ comments can be imported from.")
