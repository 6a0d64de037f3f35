"""How people set what they write when their tool knows nothing but headings, paragraphs, lists and boxes.

Everybody has habits, and keeps to them within one article: they are drawn by the article's name and the manner.
"""

from __future__ import annotations

import random
import re

from tests.exchange.corpus.description import Article, Block
from tests.exchange.corpus.elements import Element, box, heading, listing, paragraph, with_bold_headings


class Habits:
    """The choices of one writer. The first option is the one of a manner that has no `leaning` for it."""

    def __init__(self, seed: str, leaning: dict[str, tuple[str, ...]]) -> None:
        self._random = random.Random(seed)
        self._leaning = leaning
        self._chosen: dict[str, str] = {}

    def __getitem__(self, question: str) -> str:
        if question not in self._chosen:
            self._chosen[question] = self._random.choice(self._leaning.get(question) or OPTIONS[question])
        return self._chosen[question]


OPTIONS: dict[str, tuple[str, ...]] = {
    "headings": ("headings",),
    "tip": ("bold", "box", "bold_sentence"),
    "quote": ("blockquote", "blockquote_marks", "cited", "paragraph"),
    "warning": ("heading", "bold", "box"),
    "steps": ("list", "headings", "bold"),
    "faq": ("headings", "bold", "marked"),
    "takeaways": ("list", "box"),
    "myth_fact": ("bold", "headings"),
    "checklist": ("ticks", "tasks", "sides"),
    "minutes": ("parentheses", "none"),
    "discussion": ("plain", "italic"),
    "case_study": ("plain", "box"),
    "caption": ("caption",),
    "credit": ("behind", "below"),
}


def set_article(article: Article, habits: Habits) -> list[Element]:
    """Return the body of `article` as one writer would set it."""
    elements = [element for block in article.blocks for element in SETTERS[block.kind](block, habits)]
    return with_bold_headings(elements) if habits["headings"] == "bold" else elements


def _text(block: Block, habits: Habits) -> list[Element]:
    return _flow("\n".join(block.lines))


def _flow(text: str) -> list[Element]:
    elements: list[Element] = []
    for piece in re.split(r"\n\n+", text.strip()):
        lines = piece.split("\n")
        if all(line.startswith("- ") for line in lines):
            elements.append(listing([line[2:] for line in lines]))
        elif all(re.match(r"\d+\. ", line) for line in lines):
            elements.append(listing([line.split(". ", 1)[1] for line in lines], ordered=True))
        else:
            elements += [paragraph(line) for line in lines]
    return elements


def _heading(block: Block, habits: Habits) -> list[Element]:
    return [heading(block.title)]


def _tip(block: Block, habits: Habits) -> list[Element]:
    body = " ".join(block.lines)
    label = block.title.rstrip("?")
    asks = block.title.endswith("?")
    if habits["tip"] == "box":
        return [box("tip", [paragraph(f"**{block.title}**"), paragraph(body)])]
    if habits["tip"] == "quoted":
        return [Element(kind="quote", items=(f"**{block.title}{'' if asks else ':'}** {body}",))]
    if habits["tip"] == "bold_sentence":
        return [paragraph(f"**{block.title}{'' if asks else ':'} {body}**" if len(body) < 90 else f"*{label}:* {body}")]
    return [paragraph(f"**{block.title}{'' if asks else ':'}** {body}")]


def _quote(block: Block, habits: Habits) -> list[Element]:
    said = " ".join(block.lines)
    if habits["quote"] == "paragraph":
        return [paragraph(f"“{said}” — {block.title}")]
    if habits["quote"] == "cited":
        return [Element(kind="quote", items=(said,), cite=block.title)]
    said = f"“{said}”" if habits["quote"] == "blockquote_marks" else said
    return [Element(kind="quote", items=(said, f"— {block.title}"))]


def _warning(block: Block, habits: Habits) -> list[Element]:
    if not block.items:
        body = " ".join(block.lines)
        if habits["warning"] == "box":
            return [box("warning", [paragraph(f"**{block.title}**"), paragraph(body)])]
        return [paragraph(f"**{block.title}:** {body}")]
    items = listing(block.items)
    if habits["warning"] == "heading":
        return [heading(block.title), items]
    if habits["warning"] == "box":
        return [box("warning", [heading(block.title, 3), items])]
    return [paragraph(f"**{block.title}:**"), items]


def _steps(block: Block, habits: Habits) -> list[Element]:
    elements = [heading(block.title)] if block.title else []
    elements += [paragraph(line) for line in block.paragraphs]
    items = []
    for number, item in enumerate(block.items, start=1):
        title, minutes, body = (piece.strip() for piece in item.split("|"))
        amount = f" ({minutes} minute{'s' * (minutes != '1')})" if minutes and habits["minutes"] != "none" else ""
        if habits["steps"] == "headings":
            elements += [heading(f"Step {number}: {title}{amount}", 3), paragraph(body)]
        elif habits["steps"] == "bold":
            elements.append(paragraph(f"**Step {number}: {title}{amount}.** {body}"))
        else:
            items.append(f"**{title}**{amount}: {body}")
    return [*elements, listing(items, ordered=True)] if items else elements


def _table(block: Block, habits: Habits) -> list[Element]:
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in block.lines)
    if block.title and habits["caption"] == "above":
        said = paragraph(f"**{block.title}**") if block.title.startswith("Table ") else heading(block.title, 3)
        return [said, Element(kind="table", rows=rows)]
    return [Element(kind="table", rows=rows, caption=block.title)]


def _checklist(block: Block, habits: Habits) -> list[Element]:
    elements = [heading(block.title)] if block.title else []
    told = re.search(r"check-?list|do.?s and|do.?s &|and avoid", block.title, re.IGNORECASE)
    manner = habits["checklist"]
    if manner == "sides" and "-" in block.marks:
        for sign, label in (("+", "Do"), ("-", "Don’t")):
            mine = [item for item, mark in zip(block.items, block.marks, strict=True) if mark == sign]
            elements += [heading(label, 3), listing(mine)]
        return elements
    if manner == "plain" and told and "-" not in block.marks:
        return [*elements, listing(block.items)]
    if manner == "tasks" and "-" not in block.marks:
        return [*elements, Element(kind="tasks", items=tuple(block.items), marks=tuple(block.marks))]
    signs = {"+": "✅", "-": "❌"}
    ticked = [f"{signs[mark]} {item}" for item, mark in zip(block.items, block.marks, strict=True)]
    return [*elements, *map(paragraph, ticked)] if manner == "lines" else [*elements, listing(ticked)]


def _faq(block: Block, habits: Habits) -> list[Element]:
    elements = [heading(block.title)]
    for asked, said in block.pairs:
        if habits["faq"] == "details":
            elements.append(Element(kind="details", text=asked, inner=(paragraph(said),)))
        elif habits["faq"] == "marked":
            elements += [paragraph(f"**Q: {asked}**"), paragraph(f"A: {said}")]
        elif habits["faq"] == "bold":
            elements += [paragraph(f"**{asked}**"), paragraph(said)]
        else:
            elements += [heading(asked, 3), paragraph(said)]
    return elements


def _takeaways(block: Block, habits: Habits) -> list[Element]:
    if habits["takeaways"] == "box":
        return [box("info", [paragraph(f"**{block.title}**"), listing(block.items)])]
    return [heading(block.title), listing(block.items)]


def _myth_fact(block: Block, habits: Habits) -> list[Element]:
    elements = [heading(block.title)] if block.title else []
    for number, (myth, fact) in enumerate(block.pairs, start=1):
        if habits["myth_fact"] == "headings":
            elements += [heading(f"Myth {number}: {myth}", 3), paragraph(f"**Fact:** {fact}")]
        else:
            elements += [paragraph(f"**Myth:** {myth}"), paragraph(f"**Fact:** {fact}")]
    return elements


def _figure(block: Block, habits: Habits) -> list[Element]:
    said = block.fields
    caption, credit = said["caption"], said.get("credit", "")
    picture = Element(kind="picture", address=block.title, alt=said["alt"], caption=caption)
    if not credit:
        return [picture]
    return [Element(kind="picture", address=block.title, alt=said["alt"], caption=f"{caption} {credit}")]


def _video(block: Block, habits: Habits) -> list[Element]:
    return [Element(kind="video", address=block.lines[0], text=block.title)]


def _case_study(block: Block, habits: Habits) -> list[Element]:
    inner = [heading(block.title), *_flow("\n".join(block.lines))]
    return [box("story", inner)] if habits["case_study"] == "box" else inner


def _conclusion(block: Block, habits: Habits) -> list[Element]:
    return [heading(block.title), *_flow("\n".join(block.lines))]


def _discussion(block: Block, habits: Habits) -> list[Element]:
    said = " ".join(block.lines)
    return [paragraph(f"*{said}*" if habits["discussion"] == "italic" else said)]


SETTERS = {
    "text": _text,
    "heading": _heading,
    "tip": _tip,
    "quote": _quote,
    "warning": _warning,
    "steps": _steps,
    "table": _table,
    "checklist": _checklist,
    "faq": _faq,
    "takeaways": _takeaways,
    "myth_fact": _myth_fact,
    "figure": _figure,
    "video": _video,
    "case_study": _case_study,
    "conclusion": _conclusion,
    "discussion": _discussion,
}
