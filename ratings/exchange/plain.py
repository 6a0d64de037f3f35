"""The HTML of other systems as the Markdown that comments are written in here: the same words, and nothing but text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import takewhile

from ratings.markup import ABSOLUTE

DEEPEST = 5
"""So many quotations and lists within each other are kept; what is nested deeper stands in the last."""

LONGEST_TAG = 5_000
MOST_OPENED = 20

BLOCKS = frozenset(
    {"p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "dl", "dt", "dd", "figure"}
)
UNSEEN = frozenset({"script", "style", "template", "title"})
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}

TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b(?P<more>[^<>]*)>", re.DOTALL
)
"""A comment, a declaration or a tag. All else is text, which never becomes HTML again: no trick can hide in it."""
ATTRIBUTE = re.compile(
    r"""\b(?P<name>href|alt)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.I
)

ADDRESS = re.compile(r"(https?://(?:[^\s<>()\[\]*_`\\&]|&(?!#?\w+;)|(?<=[^\W_])_(?=[^\W_]))+)", re.IGNORECASE)
SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|<(?=[\w/!?])")
"""What Markdown would take for a mark within a line. An underline within a word is none."""
FIRST = re.compile(r"(?:[>+~=#-]|\d{1,9}(?=[.)]))")
"""What it would take for one where a line begins: what is to be escaped follows, or is the last of it."""
SPACE = re.compile(r"[ \t\n\r\f]+")
BLANKS = re.compile(r"[ \t\f]+")
BACKTICKS = re.compile(r"`{3,}")


def plain_text(html: str, *, keeps_lines: bool = False) -> str:
    """Return the words of `html` with quotations, lists, emphasis, code blocks and links in Markdown.

    Links to anything but web and mail addresses are words. What is no markup is text, whatever it looks like. With
    `keeps_lines` a line end means one, as in WordPress. In time linear in its length.
    """
    reader = _Reader(keeps_lines=keeps_lines)
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    for tag in TAG.finditer(html):
        reader.hear(html[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if tag["end"]:
            reader.end(name)
        elif name:
            attributes = {
                each["name"].lower(): unescape(each["double"] or each["single"] or each["bare"] or "")
                for each in ATTRIBUTE.finditer(tag["more"][:LONGEST_TAG])
            }
            reader.begin(name, attributes)
    reader.hear(html[at:])
    return reader.finish()


@dataclass(frozen=True)
class _Open:
    """A link or emphasis that has begun: in which line, and at which of its parts."""

    tag: str
    line: int
    part: int
    address: str = ""


def _shared(one: str, other: str) -> str:
    """Return what stands before a blank line between lines that begin with these: the quotations of both."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(character for character, _same in same).rstrip()


class _Reader:
    """Writes lines while it is told what begins, what ends, and the text between."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self.keeps_lines = keeps_lines
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.prefixes: list[str] = []
        """What stands before a line: `> ` for each quotation it is in, blanks for each list."""
        self.marker = ""
        self.last_prefix = ""
        self.has_gap = False
        self.lists: list[int | None] = []
        """Of each list the number of its last item; None for one without numbers."""
        self.opened: list[_Open] = []
        self.unseen = ""
        self.verbatim: list[str] | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if self.unseen:
            return
        if tag in UNSEEN:
            self.unseen = tag
        elif tag == "br":
            self._end_line()
        elif tag in BLOCKS:
            self._end_block()
        elif tag == "blockquote":
            self._end_block()
            self.prefixes.append("> " if len(self.prefixes) < DEEPEST else "")
        elif tag in ("ul", "ol"):
            self._end_block()
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "pre":
            self._end_block()
            self.verbatim = []
        elif tag == "img":
            self._say(attributes.get("alt", ""))
        elif (tag == "a" or tag in MARKS) and len(self.opened) < MOST_OPENED:
            self.opened.append(_Open(tag, len(self.lines), len(self.parts), attributes.get("href", "")))

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen = "" if tag == self.unseen else self.unseen
        elif tag in BLOCKS:
            self._end_block()
        elif tag == "blockquote":
            self._end_block()
            if self.prefixes:
                self.prefixes.pop()
        elif tag in ("ul", "ol") and self.lists:
            self._end_line()
            self.lists.pop()
            self.has_gap = self.has_gap or not self.lists
        elif tag == "li":
            self._end_line()
            if self.prefixes and not self.prefixes[-1].startswith(">"):
                self.prefixes.pop()
            self.marker = ""
        elif tag == "pre":
            self._end_verbatim()
        elif self.opened and self.opened[-1].tag == tag:
            self._mark(self.opened.pop())

    def hear(self, text: str) -> None:
        if self.unseen:
            return
        data = unescape(text)
        if self.verbatim is not None:
            self.verbatim.append(data)
        elif not self.keeps_lines:
            self._say(data)
        else:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._end_line(leaves_gap=not any(map(str.strip, self.parts)))
                self._say(line)

    def finish(self) -> str:
        """Return what was read, when all of it was."""
        self._end_verbatim()
        self._end_line()
        return "\n".join(self.lines)

    def _say(self, data: str) -> None:
        pieces = ADDRESS.split(SPACE.sub(" ", data))
        self.parts += [piece if place % 2 else SPECIAL.sub(r"\\\g<0>", piece) for place, piece in enumerate(pieces)]

    def _begin_item(self) -> None:
        self._end_line()
        marker = "- "
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            marker = f"{self.lists[-1]}. "
        if len(self.prefixes) < DEEPEST:
            self.marker = marker
            self.prefixes.append(" " * len(marker))
        else:
            self.prefixes.append("")

    def _end_block(self) -> None:
        self._end_line(leaves_gap=not self.lists)

    def _end_line(self, *, leaves_gap: bool = False) -> None:
        line = BLANKS.sub(" ", "".join(self.parts)).strip()
        self.parts.clear()
        if line:
            found = FIRST.match(line)
            if found:
                at = found.end() if found.group()[0].isdigit() else 0
                line = f"{line[:at]}\\{line[at:]}"
            self._put(line)
        self.has_gap = self.has_gap or leaves_gap

    def _put(self, line: str) -> None:
        prefix = "".join(self.prefixes)
        if self.has_gap and self.lines:
            self.lines.append(_shared(prefix, self.last_prefix))
        self.has_gap = False
        self.last_prefix = prefix
        if self.marker:
            prefix, self.marker = prefix[: -len(self.marker)] + self.marker, ""
        self.lines.append(prefix + line)

    def _end_verbatim(self) -> None:
        if self.verbatim is None:
            return
        text = "".join(self.verbatim).strip("\n")
        self.verbatim = None
        if text.strip():
            fence = "`" * (1 + max(map(len, BACKTICKS.findall(text)), default=2))
            self.has_gap = True
            for line in (fence, *text.split("\n"), fence):
                self._put(line)
            self.has_gap = True

    def _mark(self, opened: _Open) -> None:
        """Put a mark around what was said since `opened`, if it is one line and Markdown will see the mark."""
        if opened.line != len(self.lines) or opened.part > len(self.parts):
            return
        inner = "".join(self.parts[opened.part :])
        words = inner.strip()
        if opened.tag == "a":
            address = "".join(opened.address.split())
            if not ABSOLUTE.match(address) or not words or words == address:
                return
            for sign in "()<>\\\"'":
                address = address.replace(sign, f"%{ord(sign):02X}")
            marked = f"[{words}]({address})"
        elif words and words[0].isalnum() and words[-1].isalnum():
            marked = f"{MARKS[opened.tag]}{words}{MARKS[opened.tag]}"
        else:
            return
        del self.parts[opened.part :]
        self.parts += [" " if inner[0].isspace() else "", marked, " " if inner[-1].isspace() else ""]
