"""Articles as Markdown: of static site generators, and as exported from tools for notes."""

from __future__ import annotations

import json
from urllib.parse import quote

from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element, flat


def hugo_of(article: Article, elements: list[Element]) -> str:
    """Return the article with front matter, its title there and nowhere else."""
    return f"{_front(article)}\n{_body(elements, 'plain')}\n"


def jekyll_of(article: Article, elements: list[Element]) -> str:
    """Return the article with front matter, headings underlined and items starred."""
    return f"{_front(article, layout='post')}\n{_body(elements, 'jekyll')}\n"


def obsidian_of(article: Article, elements: list[Element]) -> str:
    """Return the article as a note with callouts."""
    front = f'---\ntags:\n  - articles\nauthor: "{article.details["by"]}"\n---\n'
    return f"{front}# {article.title}\n\n{_body(elements, 'obsidian')}\n"


def notion_of(article: Article, elements: list[Element]) -> str:
    """Return the article as Notion exports a page: properties below the title, boxes as `<aside>`."""
    said = article.details
    return f"# {article.title}\n\nAuthor: {said['by']}\nCreated: {said['date']}\n\n{_body(elements, 'notion')}\n"


def _front(article: Article, layout: str = "") -> str:
    said = article.details
    lines = ["---", *([f"layout: {layout}"] if layout else []), f"title: {json.dumps(article.title)}"]
    lines += [f"author: {json.dumps(said['by'])}", "date: 2024-05-02", "tags: [home, advice]", "---", ""]
    return "\n".join(lines)


def _body(elements: list[Element], manner: str) -> str:
    return "\n\n".join(_element(element, manner) for element in elements)


def _element(element: Element, manner: str) -> str:
    match element.kind:
        case "heading":
            if manner == "jekyll" and element.level == 2:
                return f"{element.text}\n{'-' * len(element.text)}"
            return f"{'#' * element.level} {element.text}"
        case "list":
            bullet = "*" if manner == "jekyll" else "-"
            marks = [f"{number}." if element.ordered else bullet for number in range(1, len(element.items) + 1)]
            return "\n".join(f"{mark} {item}" for mark, item in zip(marks, element.items, strict=True))
        case "tasks":
            return "\n".join(f"- [ ] {item}" for item in element.items)
        case "quote":
            credit = [f"— {element.cite}"] if element.cite else []
            return "\n>\n".join(f"> {each}" for each in (*element.items, *credit))
        case "table":
            return _table(element)
        case "picture":
            return _picture(element, manner)
        case "video":
            return f"[{element.text}]({element.address})" if manner == "notion" else element.address
        case "box":
            return _box(element, manner)
        case "details":
            inner = "\n\n".join(_element(each, manner) for each in element.inner)
            return f"<details>\n<summary>{element.text}</summary>\n\n{inner}\n\n</details>"
    return element.text


def _table(element: Element) -> str:
    header, *rows = element.rows
    lines = [f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows)]
    caption = element.caption
    said = [f"**{caption}**" if caption.startswith("Table ") else f"### {caption}", ""] if caption else []
    return "\n".join([*said, *lines])


def _picture(element: Element, manner: str) -> str:
    if manner == "plain":
        return f'{{{{< figure src="{element.address}" alt="{element.alt}" caption="{element.caption}" >}}}}'
    address = f"Untitled%20{quote(element.address)}" if manner == "notion" else element.address
    return f"![{element.alt}]({address})\n*{element.caption}*"


def _box(element: Element, manner: str) -> str:
    inner = list(element.inner)
    if manner == "obsidian" and element.look in ("tip", "warning", "info"):
        first, *others = inner
        lines = "\n\n".join(_element(each, manner) for each in others).split("\n")
        return "\n".join([f"> [!{element.look}] {first.text.strip('*')}", *(f"> {line}".rstrip() for line in lines)])
    if manner == "notion":
        sign = {"tip": "💡", "warning": "⚠️"}.get(element.look, "📌")
        said = "\n\n".join(_element(each, manner) for each in inner)
        return f"<aside>\n{sign} {said}\n\n</aside>"
    return "\n\n".join(_element(each, manner) for each in flat(element))
