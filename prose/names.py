"""When two names are the same."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Titled(Protocol):
    """What has a title that is a name."""

    title: str


T = TypeVar("T", bound=Titled)


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: neither case nor spaces nor composition make another name.

    In Python, because databases differ: without ICU, SQLite knows the case of ASCII letters only.
    """
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def first_named(name: str, things: Iterable[T]) -> T | None:
    """Return the first of `things` that is called `name`, or None."""
    wanted = name_key(name)
    return next((thing for thing in things if name_key(thing.title) == wanted), None)
