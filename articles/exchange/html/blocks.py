"""Blocks of marked lines, and the flow of text from which they are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.exchange.html.runs import PLAIN, Run, Style, is_bold, lines_of_runs, marked, plain
from articles.exchange.inline import at_line_start

DASHES = "-–—― "
INDENT = "    "
DEEPEST_INDENT = 6
"""Lists in lists beyond it are written at the same depth: each level indents every line of it further."""


@dataclass
class Block:
    """Lines that belong together: a paragraph, a list, a table. Those of a heading are written when all are known."""

    kind: str
    lines: list[str]
    level: int = 0
    """Of a heading: 1 to 6. Of a list: how many lists are in it, one in the other.

    Of the start and the end of what is said to be of a kind: 1 if only the class of a box says so.
    """
    fields: dict[str, Any] = field(default_factory=dict)
    """Of the start of what a comment marks: the fields that it gives."""


class Flow:
    """Text and blocks one below the other, within one element.

    In a flow that is `flat`, such as a heading or a cell, all blocks are text. One that is `plain` has no emphasis.
    """

    def __init__(self, kind: str, *, flat: bool = False, level: int = 0) -> None:
        self.kind = kind
        self.flat = flat
        self.level = level
        self.blocks: list[Block] = []
        self.captions: list[str] = []
        self.all_bold = True
        """Whether all words so far are bold."""
        self._runs: list[Run] = []
        self._behind: list[Block] = []

    def add(self, text: str, style: Style = PLAIN) -> None:
        """Add `text` to the paragraph that is being read; a line feed in it is a line break."""
        self._runs.append(Run(text, style))

    @property
    def is_at_start(self) -> bool:
        """Whether no word of a paragraph has been read."""
        return all(run.text.isspace() for run in self._runs)

    def end_paragraph(self) -> None:
        """End the paragraph that is being read. An empty line within it parts two paragraphs."""
        runs, self._runs = self._runs, []
        paragraph: list[list[Run]] = []
        for line in [*lines_of_runs(runs), []]:
            if line:
                paragraph.append(line)
            elif paragraph:
                self._add_paragraph(paragraph)
                paragraph = []
        self.blocks += self._behind
        self._behind = []

    def add_behind(self, block: Block) -> None:
        """Add `block` below the paragraph that is being read, if there is one that goes on."""
        if any(not run.text.isspace() for run in self._runs) and not self._runs[-1].text.endswith("\n"):
            self._behind.append(block)
        else:
            self.end_paragraph()
            self.blocks.append(block)

    def text(self) -> str:
        """Return all text so far in one line."""
        self.end_paragraph()
        texts = [line.removesuffix("\\") for block in self.blocks if block.kind == "paragraph" for line in block.lines]
        self.blocks = [block for block in self.blocks if block.kind != "paragraph"]
        return " ".join(texts)

    def _add_paragraph(self, lines: Sequence[list[Run]]) -> None:
        self.all_bold = self.all_bold and is_bold(run for line in lines for run in line)
        write = plain if self.flat else marked
        texts = [write(line) for line in lines]
        if not self.flat:
            texts = [at_line_start(text) for text in texts]
        self.blocks.append(Block("paragraph", [*(f"{text}\\" for text in texts[:-1]), texts[-1]]))


def item_blocks(mark: str, blocks: Iterable[Block]) -> list[Block]:
    """Return the `blocks` of an item as an item with lists below it, and behind it what cannot stand in a list."""
    words: list[str] = []
    item = Block("list", [], level=1)
    below: list[Block] = []
    for block in blocks:
        if block.kind == "paragraph" and not item.lines and not below:
            words += [line.removesuffix("\\") for line in block.lines]
        elif block.kind == "list" and not below:
            _begin(item, mark, words)
            _nest(item, block)
        else:
            _begin(item, mark, words)
            below.append(block)
    _begin(item, mark, words)
    return [item, *below] if item.lines else below


def joined_lists(blocks: Iterable[Block]) -> list[Block]:
    """Return the `blocks` of a list with adjacent items made one list."""
    joined: list[Block] = []
    for block in blocks:
        if block.kind == "list" and joined and joined[-1].kind == "list":
            joined[-1].lines += block.lines
            joined[-1].level = max(joined[-1].level, block.level)
        else:
            joined.append(block)
    return joined


def quoted(blocks: Sequence[Block], credit: str) -> list[Block]:
    """Return `blocks` as a quotation, or as they are if they hold more than text."""
    if any(block.kind not in ("paragraph", "list") for block in blocks):
        return [*blocks, *([Block("paragraph", [credit])] if credit else [])]
    lines: list[str] = []
    for block in blocks:
        lines += [">"] if lines else []
        lines += [f"> {line.removesuffix(chr(92))}" for line in block.lines]
    if credit:
        lines.append(f"> — {credit.lstrip(DASHES)}")
    return [Block("quote", lines)] if lines else []


def with_caption(blocks: list[Block], caption: str) -> list[Block]:
    """Return the `blocks` of a figure with its caption where that is looked for: below a picture, above a table."""
    if not caption:
        return blocks
    for block in reversed(blocks):
        if block.kind == "picture":
            mark = next((mark for mark in "*_" if mark not in caption), "")
            block.lines.append(f"{mark}{caption}{mark}")
            return blocks
        if block.kind == "table" and not block.lines[0].startswith(": "):
            block.lines.insert(0, f": {caption}")
            return blocks
        if block.kind == "quote":
            block.lines.append(f"> — {caption.lstrip(DASHES)}")
            return blocks
    return [*blocks, Block("paragraph", [caption])]


def _begin(item: Block, mark: str, words: list[str]) -> None:
    if words and not item.lines:
        item.lines.append(mark + " ".join(words))
        words.clear()


def _nest(item: Block, inner: Block) -> None:
    """Put the list `inner` below the text of `item`; below none it takes its place."""
    indent = INDENT if item.lines and inner.level < DEEPEST_INDENT else ""
    item.level = max(item.level, inner.level + 1 if indent else inner.level)
    item.lines += [indent + line for line in inner.lines] if indent else inner.lines
