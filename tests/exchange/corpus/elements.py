"""The plain elements that every tool knows: headings, paragraphs, lists, boxes. No tool knows a tip or a checklist."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*|\[(?P<link>[^\]]+)\]\((?P<address>[^)]+)\)")


@dataclass(frozen=True, kw_only=True)
class Element:
    """One element; `kind` says which of the fields it has.

    heading (text, level), paragraph (text), list (items, ordered), tasks (items, marks), quote (items: its paragraphs,
    cite), table (rows: the header first, caption), picture (address, alt, caption), video (address, text), box (look,
    inner), details (text, inner). Texts have `**bold**`, `*italic*` and `[links](…)`.
    """

    kind: str
    text: str = ""
    level: int = 2
    items: tuple[str, ...] = ()
    ordered: bool = False
    marks: tuple[str, ...] = ()
    cite: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    address: str = ""
    alt: str = ""
    look: str = ""
    inner: tuple[Element, ...] = ()


def heading(text: str, level: int = 2) -> Element:
    """Return a heading."""
    return Element(kind="heading", text=text, level=level)


def paragraph(text: str) -> Element:
    """Return a paragraph."""
    return Element(kind="paragraph", text=text)


def listing(items: list[str], *, ordered: bool = False) -> Element:
    """Return a list."""
    return Element(kind="list", items=tuple(items), ordered=ordered)


def box(look: str, inner: list[Element]) -> Element:
    """Return a box with a frame or a background around `inner`."""
    return Element(kind="box", look=look, inner=tuple(inner))


def flat(element: Element) -> list[Element]:
    """Return what is in a box or in details, for tools that have neither."""
    if element.kind == "details":
        return [paragraph(f"**{element.text}**"), *element.inner]
    return list(element.inner) if element.kind == "box" else [element]


def with_inline(text: str, bold: Callable[[str], str], italic: Callable[[str], str], link: Callable[..., str]) -> str:
    """Return `text` with its emphasis and its links as a tool writes them."""

    def written(found: re.Match[str]) -> str:
        if found["bold"]:
            return bold(found["bold"])
        return italic(found["italic"]) if found["italic"] else link(found["link"], found["address"])

    return INLINE.sub(written, text)


def unmarked(text: str) -> str:
    """Return `text` without emphasis, as it is pasted into a plain field."""
    return with_inline(text, str, str, lambda words, address: words)


def runs(text: str) -> list[tuple[str, str, str]]:
    """Return `text` as runs: the words, "bold", "italic" or "" and the address of a link or ""."""
    found, end = [], 0
    for match in INLINE.finditer(text):
        found.append((text[end : match.start()], "", ""))
        look = "bold" if match["bold"] else "italic" if match["italic"] else ""
        found.append((match["bold"] or match["italic"] or match["link"], look, match["address"] or ""))
        end = match.end()
    found.append((text[end:], "", ""))
    return [run for run in found if run[0]]


def with_bold_headings(elements: list[Element]) -> list[Element]:
    """Return `elements` with bold paragraphs in the place of headings, as people set them who know of no others."""
    changed = []
    for element in elements:
        if element.kind == "heading":
            changed.append(paragraph(f"**{element.text}**"))
        elif element.inner:
            changed.append(replace(element, inner=tuple(with_bold_headings(list(element.inner)))))
        else:
            changed.append(element)
    return changed
