"""What recognition finds in a text: blocks, parts outside the body, and the account of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

from articles.exchange.lines import Line


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Words that are no part of the article's body: what they are, and the lines (from 1, inclusive) they stand on."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {
            "author",
            "biography",
            "date",
            "dropped",
            "label",
            "navigation",
            "ornament",
            "rating",
            "reviewer",
            "subtitle",
        }
    )

    kind: str
    first: int
    last: int
    text: str

    def __post_init__(self) -> None:
        if self.kind not in self.KINDS:
            raise ValueError(f"{self.kind!r} is no kind of part outside the body.")
        _check_range(self.first, self.last)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A block as recognized.

    `value` is the raw JSON of the stream's block. `first` and `last` are lines (from 1, inclusive). `text` is the
    block's source words, verbatim and in source order; what stands in `labels` is left out of it. `confirm` is a
    sentence that asks the editor to look at the block, or empty.
    """

    kind: str
    value: Any
    first: int
    last: int
    confidence: float
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    confirm: str = ""
    labels: tuple[Outside, ...] = ()
    picture: str = ""
    """The address of the picture that the lines name, if the block shows one."""

    def __post_init__(self) -> None:
        _check_range(self.first, self.last)
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"A confidence lies between 0 and 1, not at {self.confidence}.")
        if any(not self.first <= label.first <= label.last <= self.last for label in self.labels):
            raise ValueError("A label lies outside the lines of its block.")


Part = Found | Outside


@dataclass(frozen=True, kw_only=True)
class RatingTotal:
    """What an article was rated elsewhere: the mean of `count` ratings of 0 to 5 stars."""

    mean: Decimal
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.mean <= 5 or self.count < 0:
            raise ValueError(f"{self.count} ratings cannot have the mean {self.mean}.")


@dataclass(frozen=True, kw_only=True)
class WordCount:
    """The account of the words: how many the source has, how many were placed, and which were lost or invented."""

    source: int
    placed: int
    lost: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recognized:
    """An article as recognized in a source. Every word of the source stands in title, blocks or outside, once."""

    title: str
    title_lines: tuple[int, int]
    blocks: tuple[Found, ...]
    outside: tuple[Outside, ...]
    author: str | None
    biography: str
    rating: RatingTotal | None
    subtitle: str
    words: WordCount

    def __post_init__(self) -> None:
        if not self.title:
            raise ValueError("An article has a title.")
        _check_range(*self.title_lines)
        if any(before.last >= after.first for before, after in pairwise(self.blocks)):
            raise ValueError("Blocks overlap or are out of order.")


def label(line: Line, text: str) -> Outside:
    """Return `text`, which stands on `line`, as a label: the form of the block says the same."""
    return Outside(kind="label", first=line.number, last=line.number, text=text.strip())


def verbatim(lines: Sequence[Line]) -> str:
    """Return `lines` as they were written."""
    return "\n".join(line.raw for line in lines)


def joined_text(parts: Sequence[Found]) -> str:
    """Return the texts of `parts` one below the other, with a blank line where the source has lines between them."""
    pieces = [parts[0].text]
    for above, below in pairwise(parts):
        pieces += ["\n" if below.first == above.last + 1 else "\n\n", below.text]
    return "".join(pieces)


def all_labels(parts: Sequence[Found]) -> tuple[Outside, ...]:
    """Return the labels of all `parts`."""
    return tuple(label for part in parts for label in part.labels)


def _check_range(first: int, last: int) -> None:
    if not 1 <= first <= last:
        raise ValueError(f"Lines {first} to {last} are no range of lines.")
