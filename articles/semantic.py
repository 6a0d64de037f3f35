"""Plain semantic HTML of what blocks hold, for other systems: our own pages have templates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FOOTNOTE = re.compile(r"(?<!\\)\[\^([0-9]+)\](:?)")
"""A citation, or with a colon a source. (What looks like one and is text has a backslash before it.)"""

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def from_markdown(text: str) -> SafeString:
    """Return the Markdown `text` as HTML; markup in it stays the text that it is, and citations are numbers."""
    numbered = FOOTNOTE.sub(r"\\[\1\\]", text)
    return mark_safe(_markdown.render(numbered).strip())  # HTML is off in the renderer


def lines(text: str | None) -> SafeString:
    """Return the plain `text` as HTML whose lines stay lines."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in (text or "").splitlines()))


def together(*parts: str) -> SafeString:
    """Return the HTML `parts` below each other, without the empty ones."""
    return mark_safe("\n".join(part for part in parts if part))  # each is safe or was made here


def element(tag: str, content: str) -> SafeString:
    """Return `content` in an element called `tag`; nothing for nothing."""
    opening, closing = mark_safe(f"<{tag}>"), mark_safe(f"</{tag.partition(' ')[0]}>")  # ours
    return format_html("{}{}{}", opening, content, closing) if content else SafeString("")


def heading(text: str | None, level: int) -> SafeString:
    """Return a heading of that level."""
    return element(f"h{level}", text or "")


def table(
    caption: str, headings: Iterable[str], rows: Iterable[Iterable[str]], *, header_column: bool = False
) -> SafeString:
    """Return a table of plain texts; without any heading it has no head."""
    headings = list(headings)
    head = element("thead", element("tr", _joined('<th scope="col">', "th", headings))) if any(headings) else ""
    body = together(*(element("tr", _row(list(row), header_column=header_column)) for row in rows))
    return element("table", together(element("caption", lines(caption)), head, element("tbody", body)))


def _row(cells: list[str], *, header_column: bool) -> SafeString:
    first = _joined('<th scope="row">', "th", cells[:1]) if header_column else SafeString("")
    return format_html("{}{}", first, _joined("<td>", "td", cells[1:] if header_column else cells))


def _joined(opening: str, tag: str, cells: Iterable[str]) -> SafeString:
    made = ((mark_safe(opening), lines(cell), mark_safe(f"</{tag}>")) for cell in cells)  # ours
    return format_html_join("", "{}{}{}", made)
