"""Recognizing an article in plain text: which lines are which blocks, and what lies outside the body.

Two passes. The first goes from line to line and asks every recognizer in turn what starts there; the last one asked
takes anything. The second lets the kinds that go on into what follows (an answer, a case study, a conclusion) gather
it. A block that would lose or invent a word is put aside for the next recognizer; so no word can go astray, whatever
a recognizer does.

Lines whose kind is given are cut out first: nothing else reads into them, and nothing gathers them.
"""

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from articles.exchange import titles
from articles.exchange.accounting import account, keeps_words
from articles.exchange.findings import Found, Outside, Part, Recognized, verbatim
from articles.exchange.fitting import with_fields
from articles.exchange.inline import Html
from articles.exchange.lines import LONGEST_HEADING, Line, read_lines
from articles.exchange.outside import author, rating
from articles.exchange.passage import Passage, key_of
from articles.exchange.recognizers import BlockRecognizer, block_recognizers, outside_recognizers
from articles.exchange.source import Given, Refused, Source
from articles.exchange.spreading import in_lines_as_written, spread_out
from prose.sanitize import MAX_LENGTH

logger = logging.getLogger(__name__)

PASSED_OVER = frozenset({"navigation", "ornament"})
"""Parts outside the body that do not end the block in whose middle they stand: an advertisement, a rule."""


def recognize(source: Source) -> Recognized:
    """Return what `source` holds; raises Refused if it has no title, or a text too long for any block."""
    spread = spread_out(source)
    return in_lines_as_written(_recognized(spread.source), spread) if spread else _recognized(source)


def _recognized(source: Source) -> Recognized:
    lines = read_lines(source.lines)
    _refuse_long_lines(lines)
    parts, title = _read_front(lines)
    settled = [*_read_body(source, lines, title, parts)]
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


def _read_body(source: Source, lines: Sequence[Line], title: int, front: list[Part]) -> Iterator[Part]:
    """Yield `front` and what stands below the title, gathered between what is given, which stands alone.

    What is given above the title is not asked for.
    """
    yield from _gathered(front, lines, title)
    before = [*front]
    repeated = _repeated(lines)
    position = title + 1
    for given in (*(each for each in source.given if each.first > title + 1), None):
        end = given.first - 1 if given else len(lines)
        start = Passage(
            lines[:end],
            position,
            before,
            title=title,
            repeated=repeated,
            marked=source.marked,
            behind=len(lines) - end,
        )
        run = _read(start)
        yield from _gathered(run, lines, title)
        before += run
        if given:
            part = recognized_as(lines, given, marked=source.marked)
            yield part
            before.append(part)
            position = given.last


def _read(start: Passage) -> list[Part]:
    """Return what stands from `start` on, each part from where the one before it ends."""
    parts = list(start.before)
    already = len(parts)
    in_front = not any(isinstance(part, Found) for part in parts)
    position = start.position
    while position < len(start.lines):
        if start.lines[position].blank:
            position += 1
            continue
        passage = replace(start, position=position, before=parts, in_front=in_front)
        outside = _outside_at(passage)
        if outside:
            parts += outside
            position = outside[-1].last
        else:
            found = _block_at(passage, block_recognizers().values())
            parts.append(found)
            in_front = False
            position = found.last
    return parts[already:]


def recognized_as(lines: Sequence[Line], given: Given, *, marked: bool = False) -> Part:
    """Return the lines that are `given` as the kind that they are said to be; lines without a kind lie outside.

    `marked` says of `lines` what it says of a source.
    """
    own = lines[given.first - 1 : given.last]
    if not given.kind:
        return Outside(kind="dropped", first=given.first, last=given.last, text=verbatim(own))
    found = _read_as(lines[: given.last], given, marked=marked) or _made_of(own, given)
    value = with_fields(found.kind, found.value, given.fields)
    return replace(found, value=value, confidence=1.0, confirm="")


def _read_as(lines: Sequence[Line], given: Given, *, marked: bool) -> Found | None:
    """Return the block that the kind's own recognizer sees in all of the lines, or None."""
    start = Passage(lines, given.first - 1, in_front=False, marked=marked)
    while start.line.blank:
        if start.following is None:
            return None
        start = start.following
    recognizer = block_recognizers().get(given.kind)
    if recognizer is None or given.cuts or recognizer.recognize(start) is None:
        return None
    parts: list[Part] = []
    passage: Passage | None = start
    while passage is not None:
        parts.append(_block_at(replace(passage, before=parts), block_recognizers().values()))
        passage = passage.beyond(parts[-1].last)
    found = list(_gathered(parts, lines, -1))
    return found[0] if len(found) == 1 and isinstance(found[0], Found) and found[0].kind == given.kind else None


def _made_of(lines: Sequence[Line], given: Given) -> Found:
    recognizers = block_recognizers()
    for kind in (given.kind, [*recognizers][-1]):
        found = recognizers[kind].made_of(lines, given) if kind in recognizers else None
        if found and keeps_words(found):
            return found
    last = recognizers[[*recognizers][-1]]
    whole = Found(
        kind=last.kind, value="", first=lines[0].number, last=lines[-1].number, confidence=1.0, text=verbatim(lines)
    )
    return last.gather([whole]) or whole


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
