"""Finding the readers of foreign formats, and the one that a file is for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

import articles.exchange.reading
from articles.exchange.documents import Entry
from articles.exchange.source import Refused

HEAD = 4096
"""So many bytes of a file are looked at to tell its format."""


class Format(Protocol):
    """What a module of `articles.exchange.reading` answers; see there."""

    FORMAT: str
    LABEL: str
    ORDER: int

    def is_mine(self, name: str, head: bytes) -> bool:
        """Return whether a file of this name that begins so is of this format."""
        ...

    def read(self, path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
        """Yield what the file holds."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Return the formats by their names, in the order in which they are asked."""
    package = articles.exchange.reading
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    found: list[Format] = [module for module in modules if hasattr(module, "FORMAT")]
    return {each.FORMAT: each for each in sorted(found, key=lambda each: (each.ORDER, each.FORMAT))}


def format_of(path: Path, name: str = "") -> Format:
    """Return the format of the file at `path`, which its sender calls `name`; raises Refused if it is none of ours."""
    name = name or path.name
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from error
    for each in formats().values():
        if each.is_mine(name, head):
            return each
    raise Refused(f"“{name}” is in no format that can be imported.")


def read_file(path: Path, *, format_name: str = "auto", name: str = "", root: Path | None = None) -> Iterator[Entry]:
    """Yield what the file or folder at `path` holds, in the format that it is in or is said to be in.

    Raises Refused, at once or while reading, for what cannot be read at all.
    """
    return _format(path, format_name, name).read(path, name=name or path.name, root=root)


def number_of_entries(path: Path, format_name: str = "auto") -> int:
    """Return about how many entries the file or folder at `path` holds, by a quick look; never raises Refused."""
    try:
        count = getattr(_format(path, format_name, path.name), "count", None)
        return count(path) if count else 1
    except (Refused, OSError):
        return 1


def _format(path: Path, format_name: str, name: str) -> Format:
    if not path.exists():
        raise Refused("There is no such file.")
    if path.is_dir():
        return formats()["zip"]
    return format_of(path, name) if format_name == "auto" else formats()[format_name]
