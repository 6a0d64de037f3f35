"""One line of a source, and the shapes it may have."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.exchange.vocabulary import (
    BLANKS,
    CIRCLED_NUMBERS,
    CLOSERS,
    CROSSES,
    EDGES,
    GLYPH_BULLETS,
    SENTENCE_ENDS,
    TICKS,
    TYPED_BULLETS,
)
from prose.words import WORD

BULLET = re.compile(rf"(?:[{GLYPH_BULLETS}]\s*|[{re.escape(TYPED_BULLETS)}]\s+)")
CHECK_MARK = re.compile(rf"(?:[{TICKS}{CROSSES}]\ufe0f?|\[[ xX✓✔]?\](?=\s))\s*")
NUMBER = re.compile(rf"(?:\(?(\d{{1,3}})[.)](?=\s)|([{CIRCLED_NUMBERS}])(?!\w)|(\d)\ufe0f?\u20e3)\s*")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
DECORATION = re.compile(r"[^\w\s\"“”„«»‹›‘’'(\[$€£¥]+\s*")

LONGEST_HEADING = 120
MOST_WORDS_IN_HEADING = 16


@dataclass(frozen=True)
class Item:
    """A line that starts with a bullet, a tick or a number: its mark as written, and the text behind the mark."""

    mark: str
    text: str
    number: int | None = None
    check: str = ""


@dataclass(frozen=True)
class Line:
    """A line as written (`raw`) with its number, counted from 1. All else is derived from these."""

    number: int
    raw: str

    @cached_property
    def text(self) -> str:
        """The line without what cannot be seen at its ends, with ordinary blanks (and tabs) inside."""
        text = self.raw.translate(BLANKS).strip(EDGES)
        return text[:-1].rstrip(EDGES) if self.breaks else text

    @cached_property
    def breaks(self) -> bool:
        """Whether a backslash at its end says that the paragraph goes on below in a line of its own."""
        return (len(self.raw) - len(self.raw.rstrip("\\"))) % 2 == 1

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on the line."""
        return not self.text

    @cached_property
    def wordless(self) -> bool:
        """Whether the line has no letter and no digit."""
        return WORD.search(self.text) is None

    @cached_property
    def indent(self) -> int:
        """How many columns the line is set in; a tab counts as four."""
        blanks = self.raw.translate(BLANKS)
        return len(blanks[: len(blanks) - len(blanks.lstrip())].expandtabs(4))

    @cached_property
    def item(self) -> Item | None:
        """The line as an item of a list, or None. A mark without text is no item."""
        bullet = BULLET.match(self.text)
        start = bullet.end() if bullet else 0
        check = CHECK_MARK.match(self.text, start)
        number = None if bullet or check else NUMBER.match(self.text)
        end = check.end() if check else number.end() if number else start
        if not 0 < end < len(self.text):
            return None
        return Item(
            mark=self.text[:end].rstrip(),
            text=self.text[end:],
            number=_number(number) if number else None,
            check=check[0].strip() if check else "",
        )

    @property
    def bulleted(self) -> bool:
        """Whether the line is an item by a bullet or a number. A mere tick may also decorate a heading."""
        return self.item is not None and not self.item.check

    @cached_property
    def heading_level(self) -> int:
        """The number of Markdown's `#` before the line; 0 without any."""
        mark = MARKDOWN_HEADING.match(self.text)
        return len(mark[1]) if mark else 0

    @cached_property
    def plain(self) -> str:
        """The text without Markdown's heading marks and without emphasis that encloses all of it."""
        text = self.text[self.heading_level :].strip()
        if self.heading_level:
            text = text.rstrip("#").rstrip() or text
        for mark in ("**", "__", "*", "_"):
            inner = text[len(mark) : -len(mark)]
            if len(text) > 2 * len(mark) and text == f"{mark}{inner}{mark}" and mark not in inner:
                return inner.strip()
        return text

    @property
    def stands_out(self) -> bool:
        """Whether all of the line is emphasized, as people set headings who know of no others."""
        return not self.heading_level and self.plain != self.text

    @cached_property
    def title(self) -> str:
        """What the line says as a heading: `plain` without emoji before it and without a colon behind it."""
        decoration = DECORATION.match(self.plain)
        text = self.plain[decoration.end() :] if decoration else self.plain
        return text.rstrip(":： ").strip("* ")

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return self.text.rstrip(CLOSERS)[-1:] in tuple(SENTENCE_ENDS)

    @property
    def leads_in(self) -> bool:
        """Whether the line is a short one that announces with a colon what follows."""
        return self.item is None and len(self.text) <= LONGEST_HEADING and self.plain.endswith((":", "："))

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line reads as part of a paragraph rather than as a heading, a name or a table's row."""
        return self.item is None and (len(self.text) > LONGEST_HEADING or (self.ends_sentence and " " in self.text))

    @cached_property
    def starts_lower(self) -> bool:
        """Whether the first letter is a small one, so that the line goes on with the one before."""
        return self.text.lstrip("\"“„«('*_")[:1].islower()

    @cached_property
    def like_a_heading(self) -> bool:
        """Whether the words alone could be a heading: short, capitalized, without the end of a statement."""
        text = self.item.text if self.item and self.item.number else self.plain
        return (
            0 < len(text) <= LONGEST_HEADING
            and len(text.split()) <= MOST_WORDS_IN_HEADING
            and not self.wordless
            and not text.lstrip("\"“„«('*_")[:1].islower()
            and text.rstrip("\"”“»’'")[-1:] not in (".", ",", ";", ":", "…", "：")
            and not re.search(r"[a-z]{3}\. [A-Z]", text)
        )


def _number(match: re.Match[str]) -> int:
    typed, circled, keycap = match.groups()
    return CIRCLED_NUMBERS.index(circled) + 1 if circled else int(typed or keycap)


def read_lines(raw_lines: tuple[str, ...]) -> tuple[Line, ...]:
    """Return `raw_lines` as numbered lines."""
    return tuple(Line(number, raw) for number, raw in enumerate(raw_lines, start=1))
