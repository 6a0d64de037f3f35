"""Paragraphs of the older editor: blank lines part them, and single line ends break lines."""

from __future__ import annotations

import re

START = re.compile(r"<(?=[a-zA-Z/!])")
TAG = re.compile(
    r"<(?P<ends>/)?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>", re.DOTALL
)
ANY_TAG = re.compile(r"<[^<>]*>")
SHOWN = re.compile(r"<(?:img|iframe|video|audio|input)\b")
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
LINE_END = re.compile(r"(?:<br\b[^<>]*>)?[ \t]*\n[ \t]*")

VERBATIM = {"pre", "script", "style", "textarea", "svg"}
FLOW = {"", "div", "blockquote", "section", "article", "aside", "main", "header", "footer", "body", "form", "details"}
"""Elements whose own text is paragraphs."""
GROUPS = {"table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl"}
"""Elements that have no text of their own, only blanks between their parts."""
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "caption", "figcaption"}
PARTS = {"p", "li", "dt", "dd", "td", "th", "figure", "address", "fieldset", "legend", "nav", "center"}
BLOCKS = FLOW | GROUPS | HEADINGS | PARTS | {"hr"}
ENDED_BY_THE_NEXT = {"li", "dt", "dd", "td", "th", "tr"}
FURTHEST = 50
"""How far up an end tag looks for its start."""


def paragraphs(html: str) -> str:
    """Return `html` with its blank lines made paragraphs and its other line ends `<br>`, as WordPress shows it.

    What is preformatted stays; in headings, items and cells only lines are broken.
    """
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ""
    page = _Page()
    position = 0
    while start := START.search(text, position):
        page.run.append(text[position : start.start()])
        position = start.start()
        if text.startswith("<!--", position):
            end = text.find("-->", position)
            if end < 0:
                break
            page.comment(text[position : end + 3])
            position = end + 3
        elif tag := TAG.match(text, position):
            position = _end_of_element(text, tag)
            page.tag(text[tag.start() : position], tag["name"].lower(), ends=bool(tag["ends"]))
        else:
            page.run.append("<")
            position += 1
    page.run.append(text[position:])
    page.flush()
    return "".join(page.written)


def _end_of_element(text: str, tag: re.Match[str]) -> int:
    """Return where the tag ends; of an element that is taken word for word, where its end tag begins."""
    if tag["ends"] or tag["name"].lower() not in VERBATIM:
        return tag.end()
    end = text.find(f"</{tag['name']}", tag.end())
    return len(text) if end < 0 else end


class _Page:
    """What is written, the text since the last block (`run`), and the blocks that are open."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.run: list[str] = []
        self._open = [""]

    def comment(self, comment: str) -> None:
        """Write a comment: by itself if it stands on a line of its own."""
        before = "".join(self.run)
        self.run = [before]
        if not before.strip() or before.endswith("\n"):
            self.flush()
            self.written.append(comment)
        else:
            self.run.append(comment.replace("\n", " "))

    def tag(self, written: str, name: str, *, ends: bool) -> None:
        """Write a tag, or an element that is taken word for word."""
        if name in VERBATIM:
            self.flush()
            self.written.append(written)
        elif name in BLOCKS:
            self.flush()
            self.written.append(written)
            self._step(name, ends=ends)
        else:
            self.run.append(written.replace("\n", " "))

    def flush(self) -> None:
        """Write the text since the last block as paragraphs, where its place has any."""
        parent = self._open[-1]
        parts = [part.strip() for part in BLANK_LINES.split("".join(self.run)) if part.strip()]
        self.run = []
        lines = [LINE_END.sub("<br>\n", part) for part in parts]
        if parent in FLOW:
            self.written += [_paragraph(part) for part in lines]
        else:
            between = "</p>\n<p>" if parent == "p" else " " if parent in GROUPS else "<br>\n<br>\n"
            self.written.append(between.join(lines))

    def _step(self, name: str, *, ends: bool) -> None:
        if ends:
            nearest = self._open[-FURTHEST:]
            if name in nearest:
                del self._open[len(self._open) - 1 - nearest[::-1].index(name) :]
        elif name != "hr":
            if self._open[-1] == "p" or (name in ENDED_BY_THE_NEXT and self._open[-1] == name):
                self._open.pop()
            self._open.append(name)


def _paragraph(part: str) -> str:
    """Return `part` as a paragraph, unless it is nothing but tags, which may enclose blocks."""
    is_shown = ANY_TAG.sub("", part).strip() or SHOWN.search(part)
    return f"<p>{part}</p>\n" if is_shown else part
