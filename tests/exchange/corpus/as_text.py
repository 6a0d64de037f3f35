"""Articles as plain text: copied from a page, typed into a mail, with or without blank lines."""

from __future__ import annotations

from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element, flat, unmarked


def text_of(
    article: Article,
    elements: list[Element],
    *,
    bullet: str = "• ",
    cells: str = "\t",
    blank: bool = True,
    signs: bool = False,
) -> str:
    """Return the article as lines. `cells` parts the cells of a table; `signs` puts emoji before labels."""
    pieces = [article.title, *_byline(article)]
    for element in elements:
        for each in flat(element):
            pieces.append(_lines(each, bullet, cells))
    pieces += _end(article)
    text = ("\n\n" if blank else "\n").join(piece for piece in pieces if piece)
    return _with_signs(text) if signs else text


def _byline(article: Article) -> list[str]:
    said = article.details
    lines = [f"By {said['by']}", said.get("date", "")]
    if "reviewer" in said:
        lines.append(f"Medically reviewed by {said['reviewer']}")
    if "rating" in said:
        mean, count = said["rating"].split(" | ")
        lines.append(f"★ {mean} ({count} ratings)")
    return ["\n".join(line for line in lines if line)]


def _end(article: Article) -> list[str]:
    return ["About the author", article.details["bio"]] if "bio" in article.details else []


def _lines(element: Element, bullet: str, cells: str) -> str:
    if element.kind in ("list", "tasks"):
        marks = [f"{number}. " for number in range(1, 100)] if element.ordered else [bullet] * len(element.items)
        if element.kind == "tasks":
            marks = ["☐ "] * len(element.items)
        if element.items[0][0] in "✅❌":
            marks = [""] * len(element.items)
        return "\n".join(mark + unmarked(item) for mark, item in zip(marks, element.items, strict=False))
    if element.kind == "quote":
        said, *others = element.items
        credit = element.cite or (others[0].strip("— ") if others else "")
        return f"“{said.strip('“”')}” – {credit}" if credit else said
    if element.kind == "table":
        caption = [element.caption if element.caption.startswith("Table ") else f"Table: {element.caption}"]
        return "\n".join([*(caption if element.caption else []), *(cells.join(row) for row in element.rows)])
    if element.kind == "picture":
        return f"[Image: {element.alt}] {element.caption}"
    return element.address if element.kind == "video" else unmarked(element.text)


def _with_signs(text: str) -> str:
    for word, sign in (("Pro tip:", "💡"), ("Note:", "📌"), ("Tip:", "💡"), ("Warning:", "⚠️"), ("Caution:", "⚠️")):
        text = text.replace(f"\n{word}", f"\n{sign} {word}")
    return text
