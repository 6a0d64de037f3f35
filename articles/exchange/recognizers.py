"""Finding the recognizers: one `recognize` module in each block's folder, one module a part outside the body."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import articles.blocks
import articles.exchange.outside
from articles.exchange.findings import Found, Outside
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.source import Given


def _takes_nothing(parts: Sequence[Found], following: Found) -> bool:
    return False


def _first_alone(parts: Sequence[Found]) -> Found | None:
    return parts[0]


def _cannot_be_made(lines: Sequence[Line], given: Given) -> Found | None:
    return None


def _needs_no_name(value: Any, heading: str) -> Any:
    return value


@dataclass(frozen=True)
class BlockRecognizer:
    """How a kind of block is recognized, in its answers.

    `recognize(passage)` says whether the kind starts at the passage, and how far it reaches for certain. For a kind
    that goes on into what follows, `takes(parts, following)` says whether the next block found belongs to it, and
    `gather(parts)` makes one block of what it took. The block may cover fewer lines than the parts, the rest of which
    is then recognized anew; None means that it was not this kind after all. For a kind that needs a name to be
    published, `named(value, heading)` is a value that has none called as the heading above it.

    `made_of(lines, given)` makes one block of all `lines` because somebody says that they are this kind, however little
    they look like it; every word is kept.
    """

    kind: str
    order: int
    recognize: Callable[[Passage], Found | None]
    takes: Callable[[Sequence[Found], Found], bool]
    gather: Callable[[Sequence[Found]], Found | None]
    named: Callable[[Any, str], Any]
    made_of: Callable[[Sequence[Line], Given], Found | None]


@dataclass(frozen=True)
class OutsideRecognizer:
    """How a part outside the body is recognized. The answer is empty where there is none."""

    order: int
    recognize: Callable[[Passage], tuple[Outside, ...]]


@cache
def block_recognizers() -> dict[str, BlockRecognizer]:
    """Return the recognizer of each kind that has one, by its name, in the order in which they are asked."""
    found = [
        BlockRecognizer(
            kind=kind,
            order=module.ORDER,
            recognize=module.recognize,
            takes=getattr(module, "takes", _takes_nothing),
            gather=getattr(module, "gather", _first_alone),
            named=getattr(module, "named", _needs_no_name),
            made_of=getattr(module, "made_of", _cannot_be_made),
        )
        for kind, module in _recognize_modules()
    ]
    return {recognizer.kind: recognizer for recognizer in sorted(found, key=lambda each: (each.order, each.kind))}


@cache
def outside_recognizers() -> tuple[OutsideRecognizer, ...]:
    """Return the recognizers of all parts outside the body, in the order in which they are asked."""
    package = articles.exchange.outside
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name)
    ]
    found = [OutsideRecognizer(order=module.ORDER, recognize=module.recognize) for module in modules]
    return tuple(sorted(found, key=lambda each: each.order))


def _recognize_modules() -> Iterator[tuple[str, ModuleType]]:
    package = articles.blocks
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name):
        name = f"{package.__name__}.{module.name}.recognize"
        if module.ispkg and importlib.util.find_spec(name):
            yield module.name, importlib.import_module(name)
