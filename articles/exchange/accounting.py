"""Keeping account of the words: none may be lost on the way into a block, and none may be made up."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from articles.durations import duration
from articles.exchange.findings import Found, Outside, WordCount
from articles.exchange.inline import Html, unshifted
from articles.exchange.lines import Line, read_lines
from prose.words import words

CODES = frozenset({"action", "level", "type", "urgency", "variant"})
"""Fields that decide how a block looks. The page does not show what stands in them."""

LINK = re.compile(r'<a href="([^"]*)">')
INLINE_TAG = re.compile(r"</?[abi]>")
OTHER_TAG = re.compile(r"<[^<>]*>")


def keeps_words(found: Found) -> bool:
    """Whether the block shows exactly the words of its text; the marks of its lists ("1.", "[x]") are none.

    A duration that the text gives in other words than the page ("5 min") stands among the labels, so it counts as
    shown only if the text still has it.
    """
    missing = Counter(_words(found.text))
    missing.subtract(_shown_words(found.value))
    for minutes in _durations(found.value):
        shown = Counter(words(duration(minutes)))
        if shown <= +missing:
            missing -= shown
    return not -missing and +missing <= Counter(_marks(read_lines(tuple(found.text.split("\n")))))


def account(lines: Iterable[Line], title: str, blocks: Iterable[Found], outside: Iterable[Outside]) -> WordCount:
    """Compare the words of the source with those of its title, blocks and parts outside."""
    source: Counter[str] = Counter()
    marks = 0
    for line in lines:
        source.update(_words(line.raw))
        marks += sum(1 for _ in _marks([line]))
    placed = Counter(_words(title))
    for text in [*(block.text for block in blocks), *(part.text for part in outside)]:
        placed.update(_words(text))
    lost, invented = source - placed, placed - source
    total = source.total() - marks
    return WordCount(
        source=total,
        placed=total - lost.total(),
        lost=tuple(sorted(lost.elements())),
        invented=tuple(sorted(invented.elements())),
    )


def _words(text: str) -> list[str]:
    return words(unshifted(text))


def _marks(lines: Iterable[Line]) -> Iterator[str]:
    """Yield what looks like a word in the marks of list items."""
    for line in lines:
        if line.item:
            yield from words(line.item.mark)


def _shown_words(value: Any) -> Iterator[str]:
    if isinstance(value, Html):
        visible = OTHER_TAG.sub(" ", INLINE_TAG.sub("", LINK.sub(r" \1 ", value)))
        yield from _words(html.unescape(visible))
    elif isinstance(value, str):
        yield from _words(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in CODES:
                yield from _shown_words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _shown_words(inner)


def _durations(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        if isinstance(value.get("minutes"), int):
            yield value["minutes"]
        for inner in value.values():
            yield from _durations(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _durations(inner)
