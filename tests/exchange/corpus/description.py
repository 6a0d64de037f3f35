"""Reading the articles of the corpus: what their parts are, in a form that is none of the imported ones.

An article (`*.article`) begins with its title and what is known of it; then each block stands below a line
`== kind: its title, label or speaker`. A file in a foreign format has beside it `*.labels`: its manner, and one line
for each block, `kind | its first words | its last words | words that it may have or not`.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from articles.exchange.lines import read_lines
from articles.exchange.source import source_of
from prose.words import words

HERE = Path(__file__).parent
OPEN = HERE / "open"
HELD_OUT = HERE / "held_out"
"""Nothing was ever changed for the sake of these."""

ADDRESS = re.compile(r"\]\([^)\s]*\)")

OPTIONAL = {
    "checklist": "do don t dos x avoid yes no",
    "faq": "q a question answer",
    "figure": "figure image photo photography by credit caption",
    "myth_fact": "myth fact truth reality",
    "steps": "step minutes minute min hour hours",
    "table": "table",
    "warning": "warning",
}
"""What a form of each kind may say in words of its own."""
MOST_OPTIONAL = 20
"""How often it may: once for each of its items."""


@dataclass(frozen=True)
class Block:
    """A block as described: its kind, its title (or label, or speaker) and its lines."""

    kind: str
    title: str
    lines: tuple[str, ...]

    @property
    def paragraphs(self) -> list[str]:
        """What stands before the items, without blank lines."""
        return [line for line in self.lines if line.strip() and line[:2] not in ("+ ", "- ", "? ")]

    @property
    def items(self) -> list[str]:
        """The items, without their marks."""
        return [line[2:] for line in self.lines if line[:2] in ("+ ", "- ")]

    @property
    def marks(self) -> list[str]:
        """For each item "+" or "-"."""
        return [line[0] for line in self.lines if line[:2] in ("+ ", "- ")]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Questions with their answers, or myths with their facts."""
        pieces = re.split(r"^\? ", "\n".join(self.lines), flags=re.MULTILINE)[1:]
        return [(asked, said.strip()) for asked, _, said in (piece.partition("\n") for piece in pieces)]

    @property
    def fields(self) -> dict[str, str]:
        """Lines such as `alt: …`."""
        return dict(line.split(": ", 1) for line in self.lines if ": " in line)


@dataclass(frozen=True)
class Article:
    """An article as described."""

    name: str
    title: str
    details: dict[str, str]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Expected:
    """A block that has to be found: its words, and those that it may have or not."""

    kind: str
    words: tuple[str, ...]
    optional: Counter[str]


def read_article(path: Path) -> Article:
    """Return the article that is described at `path`."""
    head, *pieces = re.split(r"^== ?", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, *details = head.strip().split("\n")
    blocks = []
    for piece in pieces:
        first, _, body = piece.partition("\n")
        kind, _, named = first.partition(":")
        blocks.append(Block(kind.split()[0], named.strip(), tuple(body.strip("\n").split("\n"))))
    return Article(path.stem, title, dict(line.split(": ", 1) for line in details), tuple(blocks))


def expected_of(article: Article) -> list[Expected]:
    """Return what has to be found in any form of `article`; neighboring text is one block."""
    found: list[Expected] = []
    for block in article.blocks:
        expected = _expected(block)
        if found and expected.kind == found[-1].kind == "text":
            expected = Expected("text", found.pop().words + expected.words, Counter())
        found.append(expected)
    return found


def _expected(block: Block) -> Expected:
    required, optional = [*block.lines], list[str]()
    if block.kind == "heading":
        required = [block.title]
    elif block.kind == "figure":
        required = [block.fields.get("caption", "")]
        optional += [block.fields.get("alt", ""), block.fields.get("credit", "")]
    elif block.kind == "video":
        required, optional = [], [block.title, *block.lines]
    elif block.kind == "tip" or (block.kind == "warning" and not block.items):
        optional.append(block.title)
    elif block.kind == "steps":
        required = [block.title, *block.paragraphs]
        for item in block.items:
            title, minutes, body = (piece.strip() for piece in item.split("|"))
            required += [title, body]
            optional.append(minutes)
    else:
        required = [block.title, *block.lines]
    required_words = _words(ADDRESS.sub("]", re.sub(r"^\d+\. ", "", "\n".join(required), flags=re.MULTILINE)))
    return Expected(block.kind, tuple(required_words), _optional(block.kind, *optional))


def read_labels(path: Path) -> tuple[Path, str, list[Expected]]:
    """Return the file that the labels at `path` are for, its manner, and what has to be found in it."""
    (source,) = (each for each in path.parent.glob(f"{path.stem}.*") if each != path)
    manner, *lines = path.read_text(encoding="utf-8").strip().split("\n")
    said = _words(_visible(source.read_text(encoding="utf-8")))
    found, position = [], 0
    for line in lines:
        kind, first, last, *optional = (piece.strip() for piece in line.split(" | "))
        mine: list[str] = []
        if first != "?":
            start = _find(said, _words(first), position, path)
            position = _find(said, _words(last), start, path) + len(_words(last))
            mine = said[start:position]
        found.append(Expected(kind, tuple(mine), _optional(kind, *optional)))
    return source, manner, found


def _optional(kind: str, *texts: str) -> Counter[str]:
    return Counter(_words(OPTIONAL.get(kind, "")) * MOST_OPTIONAL + _words(" ".join(texts)))


def _visible(text: str) -> str:
    text = text.replace("<![CDATA[", " ").replace("]]>", " ")
    text = re.sub(r"\[\[[^\]|]*\|", "[[", text)
    text = re.sub(r"<(style|script|title)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL | re.IGNORECASE)
    lines = read_lines(source_of(html.unescape(re.sub(r"<[^>]*>", " ", text))).lines)
    return "\n".join(line.item.text if line.item else line.text for line in lines)


def _find(said: list[str], sought: list[str], start: int, path: Path) -> int:
    for position in range(start, len(said)):
        if said[position : position + len(sought)] == sought:
            return position
    raise ValueError(f"{path.name}: {' '.join(sought)!r} is not where it should be.")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in words(text)]


def read_old_labels(path: Path) -> tuple[Path, list[Expected]]:
    """Return a text of `tests/exchange/articles` whose expectation is at `path`, and what has to be found in it."""
    source = path.with_suffix(".txt")
    lines = read_lines(source_of(source.read_text(encoding="utf-8")).lines)
    said = _words("\n".join(line.text for line in lines))
    marks = Counter(_words(" ".join(line.item.mark for line in lines if line.item)))
    found, position = [], 0
    for block in json.loads(path.read_text(encoding="utf-8"))["blocks"]:
        start = _find(said, _words(block["starts"]), position, path)
        optional = marks + _optional(block["kind"], *said[max(position, start - 5) : start])
        position = _find(said, _words(block["ends"]), start, path) + len(_words(block["ends"]))
        found.append(Expected(block["kind"], tuple(said[start:position]), optional))
    return source, found
