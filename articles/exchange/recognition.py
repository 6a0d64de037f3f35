"""Recognizing an article in plain text: which lines are which blocks, and what lies outside the body.

Two passes. The first goes from line to line and asks every recognizer in turn what starts there; the last one asked
takes anything. The second lets the kinds that go on into what follows (an answer, a case study, a conclusion) gather
it. A block that would lose or invent a word is put aside for the next recognizer; so no word can go astray, whatever
a recognizer does.
"""

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from articles.exchange import titles
from articles.exchange.accounting import account, keeps_words
from articles.exchange.findings import Found, Outside, Part, Recognized
from articles.exchange.inline import Html
from articles.exchange.lines import LONGEST_HEADING, Line, read_lines
from articles.exchange.outside import author, rating
from articles.exchange.passage import Passage, key_of
from articles.exchange.recognizers import BlockRecognizer, block_recognizers, outside_recognizers
from articles.exchange.source import Refused, Source
from prose.sanitize import MAX_LENGTH

logger = logging.getLogger(__name__)

PASSED_OVER = frozenset({"navigation", "ornament"})
"""Parts outside the body that do not end the block in whose middle they stand: an advertisement, a rule."""


def recognize(source: Source) -> Recognized:
    """Return what `source` holds; raises Refused if it has no title, or a text too long for any block."""
    lines = read_lines(source.lines)
    _refuse_long_lines(lines)
    parts, title = _read_front(lines)
    _read_body(lines, title, parts)
    settled = list(_gathered(parts, lines, title))
    blocks = tuple(_finished(part) for part in settled if isinstance(part, Found))
    outside = _outside(settled)
    heading = titles.title_text(lines[title])
    return Recognized(
        title=heading,
        title_lines=(title + 1, title + 1),
        blocks=blocks,
        outside=outside,
        author=author.author_in(outside),
        biography="\n\n".join(part.text for part in outside if part.kind == "biography"),
        rating=rating.total_in(outside),
        subtitle="\n".join(part.text for part in outside if part.kind == "subtitle"),
        words=account(lines, heading, blocks, outside),
    )


def _refuse_long_lines(lines: Iterable[Line]) -> None:
    for line in lines:
        if len(line.raw) > MAX_LENGTH:
            raise Refused(f"Line {line.number:,} has {len(line.raw):,} characters; one text may have {MAX_LENGTH:,}.")


def _read_front(lines: Sequence[Line]) -> tuple[list[Part], int]:
    """Return what stands above the title, and the position of the title."""
    parts: list[Part] = []
    marked = titles.marked_title(lines)
    position = 0
    while position < len(lines):
        passage = Passage(lines, position, parts)
        if lines[position].blank:
            position += 1
        elif marked == position:
            return parts, position
        elif outside := _outside_at(passage):
            parts += outside
            position = outside[-1].last
        elif marked is not None:
            position += 1
            parts.append(Outside(kind="navigation", first=position, last=position, text=passage.line.text))
        elif titles.is_title(passage.line):
            return parts, position
        else:
            raise Refused(f"The file has no title: line {position + 1:,} starts a paragraph or a list.")
    raise Refused("The file has no title.")


def _read_body(lines: Sequence[Line], title: int, parts: list[Part]) -> None:
    """Add to `parts` what stands below the title, each part from where the one before it ends."""
    repeated = _repeated(lines)
    in_front = True
    position = title + 1
    while position < len(lines):
        if lines[position].blank:
            position += 1
            continue
        passage = Passage(lines, position, parts, in_front, repeated, title)
        outside = _outside_at(passage)
        if outside:
            parts += outside
            position = outside[-1].last
        else:
            found = _block_at(passage, block_recognizers().values())
            parts.append(found)
            in_front = False
            position = found.last


def _outside_at(passage: Passage) -> tuple[Outside, ...]:
    for recognizer in outside_recognizers():
        parts = recognizer.recognize(passage)
        if parts:
            return parts
    return ()


def _block_at(passage: Passage, recognizers: Iterable[BlockRecognizer]) -> Found:
    """Return the first block that a recognizer finds at the passage; the last one asked finds one anywhere."""
    for recognizer in recognizers:
        found = recognizer.recognize(passage)
        if found:
            return found
    raise AssertionError("No recognizer takes what the others leave.")


def _gathered(parts: Iterable[Part], lines: Sequence[Line], title: int) -> Iterator[Part]:
    """Yield `parts`, each block made one with those that follow it and belong to it."""
    recognizers = block_recognizers()
    taker_of_anything = [*recognizers][-1]
    queue = deque(parts)
    while queue:
        part = queue.popleft()
        if isinstance(part, Outside):
            yield part
            continue
        members = [part, *_members(recognizers[part.kind], part, queue)]
        found = recognizers[part.kind].gather([each for each in members if isinstance(each, Found)])
        if found and (part.kind == taker_of_anything or keeps_words(found)):
            yield found
            yield from (each for each in members if isinstance(each, Outside) and each.last < found.last)
            rest = [each for each in members if each.last > found.last]
        else:
            if found:
                logger.warning("Lines %d to %d as %s would not keep the words.", found.first, found.last, found.kind)
            rest = [_recognized_anew(each, part.kind, lines, title) for each in members]
        queue.extendleft(reversed(rest))


def _members(recognizer: BlockRecognizer, opening: Found, queue: deque[Part]) -> list[Part]:
    """Take from `queue` what goes on with the block that starts with `opening`."""
    blocks = [opening]
    members: list[Part] = []
    passed_over: list[Part] = []
    while queue:
        part = queue.popleft()
        if isinstance(part, Found) and recognizer.takes(blocks, part):
            blocks.append(part)
            members += [*passed_over, part]
            passed_over = []
            continue
        passed_over.append(part)
        if isinstance(part, Found) or part.kind not in PASSED_OVER:
            break
    queue.extendleft(reversed(passed_over))
    return members


def _recognized_anew(part: Part, refused: str, lines: Sequence[Line], title: int) -> Part:
    """Return what the lines of `part` are if they are no `refused` block: asked of the recognizers after that one."""
    if isinstance(part, Outside) or part.kind != refused:
        return part
    recognizers = list(block_recognizers().values())
    later = recognizers[1 + [each.kind for each in recognizers].index(refused) :]
    found = _block_at(Passage(lines, part.first - 1, in_front=False, title=title), later)
    if found.last <= part.last:
        return found
    own_lines = lines[part.first - 1 : part.last]
    return _block_at(Passage(own_lines, 0, in_front=False), recognizers[-1:])


def _finished(found: Found) -> Found:
    for text in _rich_texts(found.value):
        if len(text) > MAX_LENGTH:
            raise Refused(f"The text at line {found.first:,} is too long: one text may have {MAX_LENGTH:,} characters.")
    return replace(found, text=found.text.strip())


def _rich_texts(value: Any) -> Iterator[Html]:
    if isinstance(value, Html):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _rich_texts(inner)


def _outside(parts: Iterable[Part]) -> tuple[Outside, ...]:
    """Return what lies outside the body, the labels of the blocks included, in the order of the lines."""
    outside: list[Outside] = []
    for part in parts:
        outside += [part] if isinstance(part, Outside) else part.labels
    return tuple(sorted(outside, key=lambda part: (part.first, part.last)))


def _repeated(lines: Iterable[Line]) -> frozenset[str]:
    """Return the keys of the lines that stand more than once, as a heading and its entry in the contents do."""
    counted = Counter(key_of(line) for line in lines if len(line.text) <= LONGEST_HEADING)
    return frozenset(key for key, count in counted.items() if count > 1 and key)
