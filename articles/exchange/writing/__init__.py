"""Writing articles out again, one module a format.

A module of this package is a format if it says so by its `FORMAT`. It answers:

- `FORMAT`: its name, as `export_articles --format` takes it; `LABEL`: what people call it.
- `ENDING`: how the name of a file of it ends; `IS_ONE_FILE`: whether all articles stand in one.
- `pieces(selection, with_media)`: yield what is written, file by file, in bounded memory; without media only the texts.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from articles.exchange.writing.piece import Piece
from articles.exchange.writing.selection import Selection


class Format(Protocol):
    """What a module of this package answers; see above."""

    FORMAT: str
    LABEL: str
    ENDING: str
    IS_ONE_FILE: bool

    def pieces(self, selection: Selection, *, with_media: bool) -> Iterator[Piece]:
        """Yield what is written."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Return the formats by their names."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found: list[Format] = [module for module in modules if hasattr(module, "FORMAT")]
    return {each.FORMAT: each for each in found}
