"""Measuring recognition: every sample is read as a file of its format, and what is found is laid beside the labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from articles.exchange.documents import Document
from articles.exchange.findings import Found, Recognized
from articles.exchange.formats import read_file
from articles.exchange.inline import unshifted
from articles.exchange.lines import read_lines
from articles.exchange.recognition import recognize
from prose.words import words
from tests.exchange.corpus.description import (
    ADDRESS,
    HELD_OUT,
    HERE,
    OPEN,
    Expected,
    expected_of,
    read_article,
    read_labels,
    read_old_labels,
)
from tests.exchange.corpus.manners import manners_of

TITLED = ("case_study", "checklist", "conclusion", "faq", "myth_fact", "steps", "table", "takeaways", "tip", "warning")
"""Kinds that may have their title inside or as a heading above them: a reader sees no difference."""
NUMBERED = ("faq", "heading", "myth_fact", "steps")
NUMBER = re.compile(r"[qa]?\d{1,2}")
NOTHING = "nothing"


@dataclass(frozen=True)
class Sample:
    """A file of the corpus, what has to be found in it, and whether it is one that nothing was changed for."""

    name: str
    manner: str
    path: Path
    expected: list[Expected]
    held_out: bool


@dataclass(frozen=True)
class Block:
    """A block as found; `words` are those of its text, without numbers of items and addresses."""

    kind: str
    words: tuple[str, ...]
    labels: Counter[str]

    @cached_property
    def counted(self) -> Counter[str]:
        """The words of the text and of the labels."""
        return Counter(self.words) + self.labels


@dataclass(frozen=True)
class Measured:
    """What became of a sample: for each expected block what was found and whether it is right, and the words."""

    sample: Sample
    pairs: list[tuple[Expected | None, Block | None, bool]]
    words: int
    misplaced: int
    """Words of the article that are in no block, and words in blocks that are none of the article's."""
    lost: int

    @property
    def right(self) -> int:
        """How many blocks are right."""
        return sum(right for _, _, right in self.pairs)


def samples(folder: Path) -> Iterator[Sample]:
    """Yield the whole corpus; what is set from descriptions is written into `folder`."""
    for path in sorted((HERE.parent / "articles").glob("*.json")):
        source, expected = read_old_labels(path)
        yield Sample(path.stem, "text: collected", source, expected, held_out=False)
    for place in (OPEN, HELD_OUT):
        for number, path in enumerate(sorted(place.glob("*.article"))):
            article = read_article(path)
            for manner in manners_of(number):
                target = folder / f"{MANNER_NAME.sub('-', manner.name)}--{path.stem}.{manner.ending}"
                target.write_bytes(manner.file(article))
                yield Sample(path.stem, manner.name, target, expected_of(article), place is HELD_OUT)
        for path in sorted(place.glob("*.labels")):
            source, manner, expected = read_labels(path)
            yield Sample(path.stem, f"by hand, {manner}", source, expected, place is HELD_OUT)


MANNER_NAME = re.compile(r"\W+")


def measure(sample: Sample) -> Measured:
    """Read, recognize and compare one sample."""
    documents = [entry for entry in read_file(sample.path) if isinstance(entry, Document)]
    (document,) = documents
    return compare(sample, recognize(document.source))


def compare(sample: Sample, recognized: Recognized) -> Measured:
    """Lay what was found beside what was expected."""
    found = _merged([_block(each) for each in recognized.blocks])
    expected = _merged_expected(sample.expected, found)
    found = _with_titles(found, expected)
    pairs = [(each, block, _is_right(each, block)) for each, block in _aligned(expected, found)]
    required = sum((Counter(each.words) for each in expected), Counter())
    optional = sum((each.optional for each in expected), Counter())
    placed = sum((block.counted for block in found), Counter())
    text = sum((Counter(block.words) for block in found), Counter())
    missing, surplus = required - placed, _without_numbers(text - required - optional)
    return Measured(
        sample=sample,
        pairs=pairs,
        words=required.total(),
        misplaced=missing.total() + surplus.total(),
        lost=len(recognized.words.lost) + len(recognized.words.invented),
    )


def _block(found: Found) -> Block:
    lines = read_lines(tuple(ADDRESS.sub("]", found.text).split("\n")))
    said = unshifted(" ".join(line.item.text if line.item else line.text for line in lines))
    labels = Counter(word.casefold() for label in found.labels for word in words(label.text))
    return Block(found.kind, tuple(word.casefold() for word in words(said)), labels)


def _merged(blocks: list[Block]) -> list[Block]:
    merged: list[Block] = []
    for block in blocks:
        if merged and merged[-1].kind == block.kind == "text":
            block = Block("text", merged.pop().words + block.words, Counter())
        merged.append(block)
    return merged


def _merged_expected(expected: list[Expected], found: list[Block]) -> list[Expected]:
    """Return `expected` with a heading made the title of the block below it where that was found with it."""
    headings = {block.words for block in found if block.kind == "heading"}
    merged: list[Expected] = []
    for each in expected:
        above = merged[-1] if merged else None
        title = above.words if above and above.kind == "heading" and above.words not in headings else ()
        if title and any(_starts(block, each.kind, title) for block in found):
            merged.pop()
            each = Expected(each.kind, title + each.words, each.optional)
        merged.append(each)
    return merged


def _with_titles(found: list[Block], expected: list[Expected]) -> list[Block]:
    """Return `found` with a heading made the title of the block below it where it is expected with it."""
    headings = {each.words for each in expected if each.kind == "heading"}
    merged: list[Block] = []
    for block in found:
        above = merged[-1] if merged else None
        title = above.words if above and above.kind == "heading" and above.words not in headings else ()
        if title and any(each.kind == block.kind and _titled(each, title) for each in expected):
            merged.pop()
            block = Block(block.kind, title + block.words, block.labels)
        merged.append(block)
    return merged


def _starts(block: Block, kind: str, title: tuple[str, ...]) -> bool:
    return block.kind == kind and kind in TITLED and block.words[: len(title)] == title


def _titled(each: Expected, title: tuple[str, ...]) -> bool:
    return each.kind in TITLED and (each.words[: len(title)] == title or Counter(title) <= each.optional)


def _aligned(expected: list[Expected], found: list[Block]) -> list[tuple[Expected | None, Block | None]]:
    """Pair the blocks in order so that they share as many words as possible; what has no partner stands alone."""
    shared = [[_shared(each, block) for block in found] for each in expected]
    best = [[0.0] * (len(found) + 1) for _ in range(len(expected) + 1)]
    for row in range(len(expected) - 1, -1, -1):
        for column in range(len(found) - 1, -1, -1):
            both = best[row + 1][column + 1] + shared[row][column]
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs: list[tuple[Expected | None, Block | None]] = []
    row = column = 0
    while row < len(expected) or column < len(found):
        if row == len(expected):
            pairs.append((None, found[column]))
            column += 1
        elif column == len(found) or best[row][column] == best[row + 1][column]:
            pairs.append((expected[row], None))
            row += 1
        elif best[row][column] == best[row][column + 1]:
            pairs.append((None, found[column]))
            column += 1
        else:
            pairs.append((expected[row], found[column]))
            row, column = row + 1, column + 1
    return pairs


def _shared(each: Expected, block: Block) -> float:
    common = (Counter(each.words) & block.counted).total()
    if each.kind == block.kind:
        common += (each.optional & block.counted).total() + 0.5 * bool(common)
    return float(common)


def _is_right(each: Expected | None, block: Block | None) -> bool:
    """Whether kind and words are those expected, but for the words of the form."""
    if each is None or block is None or each.kind != block.kind:
        return False
    missing = Counter(each.words) - block.counted - each.optional
    surplus = Counter(block.words) - Counter(each.words) - each.optional
    if each.kind in NUMBERED:
        missing, surplus = _without_numbers(missing), _without_numbers(surplus)
    return not missing and not surplus


def _without_numbers(counted: Counter[str]) -> Counter[str]:
    return Counter({word: count for word, count in counted.items() if not NUMBER.fullmatch(word)})
