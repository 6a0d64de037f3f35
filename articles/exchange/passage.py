"""What a recognizer sees: a place in the text, what follows it, and what was found before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from articles.exchange.findings import Found, Part, verbatim
from articles.exchange.lines import Line
from articles.exchange.lists import Entry, read_list

ROW = re.compile(r"\S(?:\t|\s\|\s| {3,})\S")
LONG_LINE = 60
"""A line this long below a short one reads as the paragraph under its heading."""


@dataclass(frozen=True)
class Passage:
    """The `lines` of the whole source from `position` on, the first of which is not blank.

    `before` holds the parts found so far, and `in_front` says that no block is among them. `repeated` holds the lines
    (as `key_of` gives them) that stand more than once. `title` is the position of the article's title, if it is known.
    """

    lines: Sequence[Line]
    position: int
    before: Sequence[Part] = ()
    in_front: bool = True
    repeated: frozenset[str] = frozenset()
    title: int | None = None
    marked: bool = False
    """Whether the source has marks of its own for headings, so that a line without one is none."""
    behind: int = 0
    """How many lines of the source stand behind `lines`: what is given begins there."""

    @property
    def line(self) -> Line:
        """The line to recognize."""
        return self.lines[self.position]

    @property
    def above(self) -> Line | None:
        """The line directly above, or None if there is only a blank one, the title or the start of the text."""
        above = self.position - 1
        if above < 0 or above == self.title or self.lines[above].blank:
            return None
        return self.lines[above]

    @property
    def below(self) -> Line | None:
        """The line directly below, or None if there is only a blank one or the end of the text."""
        below = self.position + 1
        return self.lines[below] if below < len(self.lines) and not self.lines[below].blank else None

    @property
    def opens(self) -> bool:
        """Whether a paragraph may start here: below a blank line, or below an item or a part outside the body."""
        above = self.above
        if above is None or above.item is not None:
            return True
        return bool(self.before) and not isinstance(self.before[-1], Found)

    @cached_property
    def following(self) -> "Passage | None":
        """The passage at the next line that is not blank, or None at the end."""
        return self.beyond(self.line.number)

    @property
    def last_found(self) -> Found | None:
        """The block found last, or None if something outside the body or nothing at all came last."""
        last = self.before[-1] if self.before else None
        return last if isinstance(last, Found) else None

    @cached_property
    def heads(self) -> bool:
        """Whether the line is a heading here: by its mark, or by its words and by what stands around it."""
        line, following = self.line, self.following
        if line.heading_level:
            return bool(line.plain) and not line.wordless
        if self.marked and not line.stands_out:
            return False
        if not line.like_a_heading or following is None or (line.item and line.item.number is None):
            return False
        if line.item:
            heads_text = (
                following.line.is_prose or following.line.leads_in or _is_other_than_items(following.line, line)
            )
            return self.above is None and self.below is None and heads_text
        above, below = self.above, self.below
        if above is None:
            return below is None or _carries(line, below, len(line.text))
        # In a text without blank lines around its headings, the paragraph above must have come to its end.
        ended = above.item is not None or (above.ends_sentence and len(above.text) > LONG_LINE)
        return ended and not line.text.endswith("!") and (below is None or _carries(line, below, LONG_LINE))

    @property
    def may_head(self) -> bool:
        """Whether the line could be a heading here, if its words leave no doubt: it does not break a sentence."""
        above = self.above
        ended = above is None or above.item is not None or above.ends_sentence
        return self.heads or (ended and self.line.item is None and self.line.like_a_heading)

    def beyond(self, last: int) -> "Passage | None":
        """Return the passage at the first line that is not blank behind the line with the number `last`, or None."""
        for position in range(self.position + last - self.line.number + 1, len(self.lines)):
            if not self.lines[position].blank:
                return replace(self, position=position)
        return None

    def ends_within(self, count: int) -> bool:
        """Whether at most `count` lines that are not blank follow."""
        if self.behind > count:
            return False
        here: Passage | None = self
        for _ in range(count + 1):
            here = here.following if here else None
        return here is None

    def list_here(self) -> list[Entry]:
        """Return the entries of the list that starts at this line; none if it is no item."""
        return read_list(self.lines, self.position) if self.line.item else []

    def text(self, last: int) -> str:
        """Return the lines from this one to the one with the number `last`, as written."""
        return verbatim(self.lines[self.position : self.position + last - self.line.number + 1])


def _carries(heading: Line, below: Line, length: int) -> bool:
    """Whether the line directly below a short one reads as what that heads: a list, or prose of more than `length`."""
    if below.item is not None or below.heading_level:
        return True
    return below.is_prose and len(below.text) > max(length, len(heading.text)) and not below.starts_lower


def _is_other_than_items(line: Line, heading: Line) -> bool:
    """Whether a line below a numbered one is no item of the same list: an item with a bullet, the row of a table."""
    if line.item:
        return line.item.number is None and line.indent <= heading.indent
    return ROW.search(line.text) is not None


def key_of(line: Line) -> str:
    """Return the words of a line in a form that two lines share if they say the same."""
    text = line.item.text if line.item else line.title
    return text.casefold().rstrip(" .:?!")
