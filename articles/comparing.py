"""What changed between two texts of an article, word by word, and whether that is more than a correction of typos."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from prose.words import words

BIG_SHARE = 0.1
"""An update of more than this share of the words is one that a reviewer has to see."""

LONGEST = 2000
"""So many words and spaces are compared one by one; a longer stretch is replaced whole: time grows squared."""

TOKEN = re.compile(r"\s+|\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+|[^\w\s]|_")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A part of an article: its title, its summary, or a block."""

    id: str
    """By which the same passage is known again."""
    label: str
    text: str
    stored: str = ""
    """Everything that is kept of it, so that a change of what is no words is noticed too."""
    is_warning: bool = False


class Mark(StrEnum):
    """What became of a piece of text, or of a passage."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that stayed, or was added or removed."""

    mark: Mark
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one passage. One that changed without pieces changed in something else than words."""

    mark: Mark
    label: str
    pieces: tuple[Piece, ...]
    is_big: bool = False
    """Whether it is one of those that a reviewer has to see, however short: a warning, or a number."""

    @property
    def is_in_words(self) -> bool:
        """Whether words or signs differ."""
        return any(piece.mark != Mark.SAME for piece in self.pieces)

    def word_count(self, mark: Mark) -> int:
        """Return how many words came or went."""
        return sum(len(words(piece.text)) for piece in self.pieces if piece.mark == mark)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What became of every passage, in the order of the newer text; what was removed stands where it stood."""

    changes: tuple[Change, ...]
    word_count: int
    """How many words the longer of the two texts has."""

    @property
    def changed(self) -> list[Change]:
        """What did not stay as it was."""
        return [change for change in self.changes if change.mark != Mark.SAME]

    @property
    def share(self) -> float:
        """Which part of the words came or went, whichever is more, from 0 to 1."""
        counts = (sum(change.word_count(mark) for change in self.changes) for mark in (Mark.ADDED, Mark.REMOVED))
        return max(counts) / self.word_count if self.word_count else 0.0

    @property
    def is_big(self) -> bool:
        """Whether a reviewer has to see it: more than a tenth of the words, anything in a warning, or any number."""
        return self.share > BIG_SHARE or any(change.is_big for change in self.changes)


def compare(before: Sequence[Passage], after: Sequence[Passage]) -> Comparison:
    """Return what became of each passage of `before` in `after`; passages are the same if their ids are."""
    return Comparison(
        changes=tuple(_changes(before, after)),
        word_count=max(sum(len(words(passage.text)) for passage in passages) for passages in (before, after)),
    )


def fingerprint(passages: Sequence[Passage]) -> str:
    """Return what tells this text from every other one."""
    parts = [part for each in passages for part in (each.id, each.text, each.stored)]
    return hashlib.sha256(repr(parts).encode(errors="backslashreplace")).hexdigest()[:32]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return `after` with what was added to `before` and removed from it, in pieces, word by word."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    middle = old[first : len(old) - last], new[first : len(new) - last]
    found = [(Mark.SAME, new[:first]), *_middle(*middle), (Mark.SAME, new[len(new) - last :])]
    return tuple(Piece(mark=mark, text="".join(tokens)) for mark, tokens in found if tokens)


def _changes(before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Change]:
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    stayed = _in_order([each.id for each in before if each.id in new], [each.id for each in after if each.id in old])
    removed = [each for each in before if each.id not in new]
    place = {each.id: number for number, each in enumerate(before)}
    for passage in after:
        if passage.id in stayed:
            while removed and place[removed[0].id] < place[passage.id]:
                yield _gone(removed.pop(0))
        yield _became(old.get(passage.id), passage, has_moved=passage.id not in stayed)
    yield from map(_gone, removed)


def _in_order(before: list[str], after: list[str]) -> set[str]:
    """Return those that follow each other in both lists: all others were moved."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {name for block in blocks for name in after[block.b : block.b + block.size]}


def _gone(passage: Passage) -> Change:
    return Change(mark=Mark.REMOVED, label=passage.label, pieces=pieces(passage.text, ""), is_big=_matters(passage))


def _became(was: Passage | None, passage: Passage, *, has_moved: bool) -> Change:
    if was is None:
        found = pieces("", passage.text)
        return Change(mark=Mark.ADDED, label=passage.label, pieces=found, is_big=_matters(passage))
    if was.text == passage.text and was.stored == passage.stored and was.is_warning == passage.is_warning:
        mark = Mark.MOVED if has_moved else Mark.SAME
        return Change(mark=mark, label=passage.label, pieces=pieces(was.text, passage.text))
    is_warning = was.is_warning or passage.is_warning
    is_big = is_warning or Counter(NUMBER.findall(was.text)) != Counter(NUMBER.findall(passage.text))
    found = pieces(was.text, passage.text)
    return Change(mark=Mark.CHANGED, label=passage.label, pieces=found, is_big=is_big)


def _matters(passage: Passage) -> bool:
    return passage.is_warning or bool(NUMBER.search(passage.text))


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many items both lists begin with."""
    number = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        number += 1
    return number


def _middle(old: list[str], new: list[str]) -> Iterator[tuple[Mark, list[str]]]:
    if max(len(old), len(new)) > LONGEST:
        yield from ((Mark.REMOVED, old), (Mark.ADDED, new))
        return
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Mark.SAME, new[new_start:new_end]
        else:
            yield from ((Mark.REMOVED, old[start:end]), (Mark.ADDED, new[new_start:new_end]))
