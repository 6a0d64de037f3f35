"""Writing Markdown (CommonMark with GitHub's tables) in which no text ever turns into structure."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html.parser import HTMLParser

from articles.citations.showing import reference
from articles.links import linked
from findable.nodes import absolute
from pictures.models import Picture

SPACE = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""What is one blank in HTML and could be an indentation or a line in Markdown. A no-break space stays what it is."""
SPECIAL = re.compile(r"[\\`*_\[\]<>|~#]|&(?=#?\w+;)|!$")
"""What begins markup wherever it stands. An exclamation mark does only before a link, which may follow the text."""
LINE_START = re.compile(r"^(?:[-+=:]|[0-9]{1,9}(?=[.)]))")
"""What begins a list, a rule, an underlined heading or a table only at the start of a line."""
UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\\\x00-\x1f\x7f]")
DEEPEST_LIST = 6
"""Lists in lists beyond it are written at this depth: each level indents every line of it further."""


def plain(text: str | None) -> str:
    """Return the plain `text` as Markdown; its lines stay lines."""
    return hard_lines(escaped(line) for line in str(text or "").splitlines())


def line(text: str | None) -> str:
    """Return the plain `text` as one line of Markdown."""
    return at_line_start(escaped(text).strip(" "))


def escaped(text: str | None) -> str:
    """Return `text` as it stands inside a line, its blanks folded."""
    return SPECIAL.sub(r"\\\g<0>", SPACE.sub(" ", str(text or "")))


def at_line_start(markdown: str) -> str:
    """Return the line `markdown` so that it can stand at the start of a line."""
    return LINE_START.sub(lambda start: start[0] + "\\" if start[0].isdigit() else "\\" + start[0], markdown)


def hard_lines(lines: Iterable[str]) -> str:
    """Return the Markdown `lines` without the empty ones, with a line break that is shown between them."""
    return "\\\n".join(at_line_start(kept) for each in lines if (kept := each.strip(" ")))


def strong(text: str | None) -> str:
    """Return the plain `text` in bold, for a place between blanks."""
    found = escaped(text).strip()
    return f"**{found}**" if found else ""


def labelled(label: str, text: str) -> str:
    """Return the Markdown `text` behind a label in bold, or below it if it is no paragraph; nothing without text."""
    begins_list = re.match(r"(?:-|\d+\.) ", text)
    return f"{strong(f'{label}:')}{chr(10) * 2 if begins_list else ' '}{text}" if text else ""


def heading(text: str | None, level: int) -> str:
    """Return a heading of that level, or nothing without words."""
    found = escaped(text).strip()
    return f"{'#' * level} {found}" if found else ""


def link(text: str, url: str) -> str:
    """Return the plain `text` as a link."""
    return f"[{escaped(text).strip()}]({address(url)})"


def address(url: str) -> str:
    """Return `url` as it stands in the brackets of a link."""
    return UNSAFE_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def image(alt: str, url: str) -> str:
    """Return a picture."""
    return f"![{escaped(alt).strip()}]({address(url)})"


def together(*parts: str) -> str:
    """Return `parts` below each other, without the empty ones."""
    return "\n\n".join(part for part in parts if part)


def quoted(markdown: str) -> str:
    """Return `markdown` set apart as a quotation."""
    return "\n".join(f"> {each}".rstrip(" ") for each in markdown.split("\n"))


def bullets(items: Iterable[str]) -> str:
    """Return the Markdown `items` as a list."""
    return "\n".join(_item("- ", item) for item in items)


def numbered(items: Iterable[str]) -> str:
    """Return the Markdown `items` as a numbered list."""
    return "\n".join(_item(f"{number}. ", item) for number, item in enumerate(items, start=1))


def picture(alt: str, shown: Picture) -> str:
    """Return the picture `shown`, or nothing if it has no address."""
    url = _address_of.get()(shown)
    return image(alt, url) if url else ""


@contextmanager
def pictures_at(address_of: Callable[[Picture], str]) -> Iterator[None]:
    """Have pictures that are written within stand at the addresses that `address_of` gives them."""
    token = _address_of.set(address_of)
    try:
        yield
    finally:
        _address_of.reset(token)


def _largest(shown: Picture) -> str:
    return absolute(shown.largest.file.url)


_address_of: ContextVar[Callable[[Picture], str]] = ContextVar("address_of", default=_largest)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown cells, each of one line. Without words in `headings` its first row is empty."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) if headings else ""


def rich(source: str) -> str:
    """Return the rich text `source` as Markdown, with absolute addresses.

    Emphasis that Markdown cannot express where it stands (inside another one, or between letters and punctuation) is
    left out; its words stay. What is raised or lowered stays HTML: 10³ must not read as 103.
    """
    writer = _Writer()
    writer.feed(linked(source, with_citations=True))
    writer.close()
    writer.end_block()
    return writer.markdown()


def _item(mark: str, item: str) -> str:
    return mark + item.replace("\n", "\n" + " " * len(mark)).replace("\n" + " " * len(mark) + "\n", "\n\n")


@dataclass(frozen=True)
class _Mark:
    """Where emphasis begins or ends."""

    stars: str
    begins: bool


@dataclass
class _Level:
    """A list that is open: how far its marks stand in, and where the text of its current item begins."""

    ordered: bool
    indent: int
    number: int = 0
    mark: str = ""
    """The mark of an item that has no text yet."""
    text_indent: int = 0


class _Writer(HTMLParser):
    """Turns clean HTML into blocks of Markdown, step by step: nothing nests on the stack, however deep the lists."""

    EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, bool]] = []
        """What is written: each paragraph or item, and whether it is the beginning of an item."""
        self.levels: list[_Level] = []
        self.pieces: list[str | _Mark] = []
        """The paragraph that is being written."""
        self.links: list[tuple[str, int]] = []
        """The addresses of the links that are open, and the piece with which each begins."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what `tag` begins."""
        if tag in {"p", "ul", "ol", "li"}:
            self.end_block()
        if tag in {"ul", "ol"}:
            above = self.levels[-1] if self.levels else None
            deep = len(self.levels) >= DEEPEST_LIST
            indent = 0 if above is None else above.indent if deep else above.text_indent
            self.levels.append(_Level(ordered=tag == "ol", indent=indent, text_indent=indent))
        elif tag == "li" and self.levels:
            level = self.levels[-1]
            level.number += 1
            level.mark = f"{level.number}. " if level.ordered else "- "
            level.text_indent = level.indent
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in {"sub", "sup"}:
            self.pieces.append(f"<{tag}>")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.pieces)))
        elif tag == "embed":
            self.pieces.append(reference(dict(attrs)))
        elif tag in self.EMPHASIS:
            self.pieces.append(_Mark(self.EMPHASIS[tag], begins=True))

    def handle_endtag(self, tag: str) -> None:
        """End what `tag` ends."""
        if tag in {"p", "ul", "ol", "li"}:
            self.end_block()
        if tag in {"ul", "ol"} and self.levels:
            self.levels.pop()
        elif tag in {"sub", "sup"}:
            self.pieces.append(f"</{tag}>")
        elif tag == "a" and self.links:
            self._end_link(*self.links.pop())
        elif tag in self.EMPHASIS:
            self.pieces.append(_Mark(self.EMPHASIS[tag], begins=False))

    def handle_data(self, data: str) -> None:
        """Add text."""
        self.pieces.append(escaped(data))

    def end_block(self) -> None:
        """End the paragraph that is being written."""
        text = hard_lines(_emphasized(self.pieces).split("\n"))
        self.pieces, self.links = [], []
        if not text:
            return
        level = self.levels[-1] if self.levels else _Level(ordered=False, indent=0)
        begins, mark = bool(level.mark), level.mark
        if mark:
            level.text_indent, level.mark = level.indent + len(mark), ""
        indent = " " * (level.indent if mark else level.text_indent)
        self.blocks.append((indent + mark + text.replace("\n", "\n" + " " * level.text_indent), begins))

    def markdown(self) -> str:
        """Return all blocks: items close together, all else with an empty line between."""
        pieces: list[str] = []
        was_item = False
        for text, is_item in self.blocks:
            if pieces:
                pieces.append("\n" if is_item and was_item else "\n\n")
            pieces.append(text)
            was_item = is_item
        return "".join(pieces)

    def _end_link(self, href: str, start: int) -> None:
        label = [piece for piece in self.pieces[start:] if isinstance(piece, str)]
        if href and "".join(label).strip():
            self.pieces.insert(start, "[")
            self.pieces.append(f"]({address(href)})")


def _emphasized(pieces: Sequence[str | _Mark]) -> str:
    """Return `pieces` as one text, with the outermost emphasis marked where a reader of Markdown takes it for that."""
    written = ""
    start = depth = 0
    for position, piece in enumerate(pieces):
        if isinstance(piece, str):
            written += piece if depth == 0 else ""
        elif piece.begins:
            start = start if depth else position
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                opening = pieces[start]
                after = next((each for each in pieces[position + 1 :] if isinstance(each, str) and each), "")
                written = _marked(written, _words(pieces[start:position]), after, getattr(opening, "stars", ""))
    return written + (_words(pieces[start:]) if depth else "")


def _words(pieces: Sequence[str | _Mark]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _marked(before: str, text: str, after: str, stars: str) -> str:
    """Return `before` and `text`, which is marked if its marks flank it by the rules of CommonMark (section 6.2)."""
    words = text.strip()
    leading, trailing = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    outside, inside = (before + leading)[-1:], (trailing + after)[:1]
    flanked = words and _stands_apart(words[0], outside) and _stands_apart(words[-1], inside)
    if not flanked or "\n" in words or outside == "*":
        return before + text
    return f"{before}{leading}{stars}{words}{stars}{trailing}"


def _stands_apart(edge: str, neighbor: str) -> bool:
    """Whether a mark between the outermost character of the emphasis and its neighbor counts as one."""
    is_letter = unicodedata.category(edge)[0] not in "PS"
    return is_letter or not neighbor or neighbor.isspace() or neighbor in string.punctuation
