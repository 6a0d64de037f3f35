"""Articles as the exports of whole sites hold them: WordPress's WXR, Ghost's JSON."""

# ruff: noqa: E501 (markup stands as the tools write it)

from __future__ import annotations

import json
from typing import Any

from tests.exchange.corpus.as_html import Dialect, Gutenberg
from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element, flat, runs


class Classic(Dialect):
    """The classic editor of WordPress: no paragraphs, shortcodes for captions."""

    figure = '[caption id="attachment_5" align="aligncenter" width="600"]<img src="{address}" alt="{alt}" /> {caption}[/caption]'

    def body(self, elements: list[Element] | tuple[Element, ...]) -> str:
        """Return `elements` with blank lines between them."""
        return "\n\n".join(getattr(self, element.kind)(element) for element in elements)

    def paragraph(self, element: Element) -> str:
        """Return a paragraph: only its words."""
        return self.inline(element.text)

    def video(self, element: Element) -> str:
        """Return a video: its address."""
        return element.address

    def tasks(self, element: Element) -> str:
        """Return a list of boxes, which are characters."""
        return self.list(Element(kind="list", items=tuple(f"☐ {item}" for item in element.items)))


def classic_wxr_of(article: Article, elements: list[Element]) -> str:
    """Return an export of WordPress with the article as the classic editor keeps it."""
    return _wxr(article, Classic().body(elements))


def gutenberg_wxr_of(article: Article, elements: list[Element]) -> str:
    """Return an export of WordPress with the article as the block editor keeps it."""
    return _wxr(article, Gutenberg().body(elements))


def _wxr(article: Article, body: str) -> str:
    said = article.details
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Home &amp; Hearth</title><link>https://example.org</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://example.org</wp:base_site_url><wp:base_blog_url>https://example.org</wp:base_blog_url>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[writer]]></wp:author_login>
<wp:author_display_name><![CDATA[{said["by"]}]]></wp:author_display_name></wp:author>
<item><title><![CDATA[{article.title}]]></title><link>https://example.org/{article.name}/</link>
<pubDate>Thu, 02 May 2024 08:00:00 +0000</pubDate><dc:creator><![CDATA[writer]]></dc:creator>
<guid isPermaLink="false">https://example.org/?p=7</guid><description></description>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date><![CDATA[2024-05-02 08:00:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2024-05-02 08:00:00]]></wp:post_date_gmt><wp:comment_status><![CDATA[open]]></wp:comment_status>
<wp:post_name><![CDATA[{article.name}]]></wp:post_name><wp:status><![CDATA[publish]]></wp:status><wp:post_parent>0</wp:post_parent>
<wp:post_type><![CDATA[post]]></wp:post_type><category domain="category" nicename="home"><![CDATA[Home]]></category></item>
</channel></rss>"""


class GhostCards(Dialect):
    """What Ghost renders: its cards as figures and boxes with classes."""

    figure = (
        '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/images/{address}"'
        ' class="kg-image" alt="{alt}" loading="lazy"><figcaption><span>{caption}</span></figcaption></figure>'
    )

    def box(self, element: Element) -> str:
        """Return a callout."""
        return (
            '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div>'
            f'<div class="kg-callout-text">{self.body(element.inner)}</div></div>'
        )

    def details(self, element: Element) -> str:
        """Return a toggle."""
        return (
            '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading">'
            f'<h4 class="kg-toggle-heading-text"><span>{self.inline(element.text)}</span></h4></div>'
            f'<div class="kg-toggle-content">{self.body(element.inner)}</div></div>'
        )


def ghost_html_of(article: Article, elements: list[Element]) -> str:
    """Return an export of Ghost that holds the article as HTML only."""
    return _ghost(article, html=GhostCards().body(elements))


def ghost_mobiledoc_of(article: Article, elements: list[Element]) -> str:
    """Return an export of Ghost 3 with the article as Mobiledoc."""
    document = _Mobiledoc()
    for element in elements:
        document.add(element)
    return _ghost(article, mobiledoc=json.dumps(document.data), html=GhostCards().body(elements))


def ghost_lexical_of(article: Article, elements: list[Element]) -> str:
    """Return an export of Ghost 5 with the article as Lexical."""
    children = [node for element in elements for node in _lexical(element)]
    root = {"root": {"children": children, "direction": "ltr", "format": "", "indent": 0, "type": "root", "version": 1}}
    return _ghost(article, lexical=json.dumps(root), html=GhostCards().body(elements))


def _ghost(article: Article, **body: str) -> str:
    post = {
        "id": "5f9a1c3e7b2d4a0038c1e2f7",
        "uuid": "0c1de1b4-2b8e-4a0c-9a7e-5d6e1f7a9b10",
        "title": article.title,
        "slug": article.name,
        "mobiledoc": None,
        "lexical": None,
        "html": None,
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2024-05-02T08:00:00.000Z",
        "created_at": "2024-05-01T08:00:00.000Z",
        "updated_at": "2024-05-02T08:00:00.000Z",
        "author_id": "1",
        **body,
    }
    users = [{"id": "1", "name": article.details["by"], "slug": "writer", "email": "writer@example.org"}]
    data = {"posts": [post], "users": users, "tags": [], "posts_tags": [], "posts_authors": []}
    data["posts_authors"] = [{"id": "9", "post_id": post["id"], "author_id": "1", "sort_order": 0}]
    return json.dumps({"db": [{"meta": {"exported_on": 1714636800000, "version": "5.82.0"}, "data": data}]})


def _lexical(element: Element) -> list[dict[str, Any]]:
    common = {"direction": "ltr", "format": "", "indent": 0, "version": 1}
    match element.kind:
        case "heading":
            children = _lexical_texts(element.text)
            return [{**common, "type": "extended-heading", "tag": f"h{element.level}", "children": children}]
        case "paragraph":
            return [{**common, "type": "paragraph", "children": _lexical_texts(element.text)}]
        case "list" | "tasks":
            items = [f"☐ {item}" for item in element.items] if element.kind == "tasks" else element.items
            entries = [
                {**common, "type": "listitem", "value": number, "children": _lexical_texts(item)}
                for number, item in enumerate(items, start=1)
            ]
            form = {"listType": "number", "tag": "ol"} if element.ordered else {"listType": "bullet", "tag": "ul"}
            return [{**common, "type": "list", "start": 1, **form, "children": entries}]
        case "quote":
            said = [*element.items, *([f"— {element.cite}"] if element.cite else [])]
            children: list[dict[str, Any]] = []
            for number, each in enumerate(said):
                children += [{"type": "linebreak", "version": 1}] if number else []
                children += _lexical_texts(each)
            return [{**common, "type": "extended-quote", "children": children}]
        case "picture":
            address = f"__GHOST_URL__/content/images/{element.address}"
            return [{"type": "image", "version": 1, "src": address, "alt": element.alt, "caption": element.caption}]
        case "video":
            return [{"type": "embed", "version": 1, "url": element.address, "embedType": "video", "html": ""}]
        case "table":
            return [{"type": "html", "version": 1, "html": GhostCards().table(element)}]
        case "details":
            inner = GhostCards().body(element.inner)
            return [{"type": "toggle", "version": 1, "heading": element.text, "content": inner}]
    if any(each.kind not in ("paragraph",) for each in element.inner):
        return [node for each in flat(element) for node in _lexical(each)]
    said = GhostCards().body(element.inner)
    return [{"type": "callout", "version": 1, "calloutText": said, "calloutEmoji": "💡", "backgroundColor": "blue"}]


def _lexical_texts(text: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    for words, look, link in runs(text):
        form = {"bold": 1, "italic": 2}.get(look, 0)
        node = {"type": "extended-text", "text": words, "format": form, "mode": "normal", "style": "", "version": 1}
        nodes.append({"type": "link", "url": link, "children": [node], "version": 1} if link else node)
    return nodes


class _Mobiledoc:
    """A document in Mobiledoc 0.3.1: sections that point to markups and cards."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {
            "version": "0.3.1",
            "atoms": [["soft-return", "", {}]],
            "cards": [],
            "markups": [["strong"], ["em"]],
            "sections": [],
        }

    def add(self, element: Element) -> None:
        """Add an element, as a section of text or as a card."""
        match element.kind:
            case "heading":
                self._section([1, f"h{element.level}", self._markers(element.text)])
            case "paragraph":
                self._section([1, "p", self._markers(element.text)])
            case "list" | "tasks":
                items = [f"☐ {item}" for item in element.items] if element.kind == "tasks" else element.items
                self._section([3, "ol" if element.ordered else "ul", [self._markers(item) for item in items]])
            case "quote":
                said = [*element.items, *([f"— {element.cite}"] if element.cite else [])]
                markers: list[Any] = []
                for number, each in enumerate(said):
                    markers += [[1, [], 0, 0]] if number else []
                    markers += self._markers(each)
                self._section([1, "blockquote", markers])
            case "picture":
                self._card("image", {"src": element.address, "alt": element.alt, "caption": element.caption})
            case "video":
                self._card("embed", {"url": element.address, "type": "video", "html": Dialect().video(element)})
            case "table":
                self._card("html", {"html": GhostCards().table(element)})
            case "details":
                self._card("toggle", {"heading": element.text, "content": GhostCards().body(element.inner)})
            case "box":
                for each in flat(element):
                    self.add(each)

    def _section(self, section: list[Any]) -> None:
        self.data["sections"].append(section)

    def _card(self, name: str, payload: dict[str, str]) -> None:
        self.data["cards"].append([name, payload])
        self._section([10, len(self.data["cards"]) - 1])

    def _markers(self, text: str) -> list[list[Any]]:
        markers: list[list[Any]] = []
        for words, look, link in runs(text):
            if link:
                self.data["markups"].append(["a", ["href", link]])
            number = len(self.data["markups"]) - 1 if link else {"bold": 0, "italic": 1}.get(look)
            markers.append([0, [] if number is None else [number], 0 if number is None else 1, words])
        return markers
