"""The article in a saved web page, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.exchange.documents import Removed
from articles.exchange.html.parsing import MOST_TEXT
from articles.exchange.source import Refused
from articles.exchange.vocabulary import listed
from prose.words import words

BODIES = (
    "[itemprop~=articleBody]",
    ".entry-content, .post-content, .article-content, .article-body, .gh-content, .post-body, .td-post-content, "
    ".mw-parser-output",
    "article, [itemtype*=Article], [itemtype*=BlogPosting], [role=article]",
    "main, [role=main], #main-content, #main, #content",
)
"""Where the text of an article stands, from the closest to the widest."""
LEAST_SHARE = {0: 0.5, 1: 0.6, 2: 0.6, 3: 0.3}
"""How much of the prose of the wider one each of them must hold at least."""
DESCENDS = 0.7
"""Without any of them: an element goes before the one around it if it holds this much of the prose."""
CONTAINERS = frozenset({"article", "center", "div", "form", "main", "section", "td"})
MOST_SHARE_OF_NOISE = 0.4
"""What holds more of the prose is no noise, whatever it is called."""

TAGS_OF_NOISE = {"nav": "navigation", "dialog": "dialog"}
ROLES_OF_NOISE = {
    "navigation": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "search": "search form",
    "complementary": "sidebar",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
NOISE = {
    "navigation": "nav navbar access-nav dropdown mw-portlet breadcrumb breadcrumbs pagination pager skiplink "
    "skip-link site-menu main-menu mega-menu",
    "contents": "toc table-of-contents ez-toc-container lwptoc rank-math-toc contents-list",
    "sidebar": "sidebar widget-area secondary-column rail",
    "related articles": "related recommended recommendations jp-relatedposts yarpp read-next readmore more-stories "
    "trending popular-posts you-may-also-like outbrain taboola",
    "edit link": "mw-editsection",
    "text that is not printed": "noprint no-print hidden-print d-print-none",
    "share buttons": "post-ufi share sharing sharedaddy addtoany social socials social-links addthis print-links",
    "advertisement": "ad ads advert advertisement adsbygoogle sponsored promo promoted ad-banner ad-container "
    "ad-wrapper cta call-to-action elementor-widget-call-to-action",
    "newsletter form": "newsletter subscribe signup sign-up optin mailchimp",
    "comments": "comments comments-area comment-list comment-respond respond disqus_thread discussion-thread",
    "cookie notice": "cookie cookies consent gdpr cookie-banner",
    "search form": "search search-form searchform",
    "dialog": "modal popup lightbox lightbox-content overlay",
    "tags": "catlinks tags post-tags tag-links entry-tags cat-links",
    "page header": "site-header masthead global-header",
    "page footer": "site-footer colophon global-footer entry-footer",
    "feedback form": "feedback was-this-helpful helpful",
}
NOISE_IN_TEXT = ("edit link", "text that is not printed")
"""What may also stand within a paragraph or a heading."""
KIND_BY_NAME = {name: kind for kind, names in NOISE.items() for name in names.split()}
PART_OF_NAME = listed(
    "breadcrumb breadcrumbs newsletter related sharing share social sidebar advert pagination cookie toc subscribe "
    "signup promo"
)
"""Names that also say so as a part of a longer one, as in `nhsuk-breadcrumb` or `article__share`."""
NAMED_BY = ("id", "class", "data-testid", "data-identity", "data-component")
NAME = re.compile(r"[^\s]+")
PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
MOST_NAMES = 30


@dataclass
class _Amount:
    """How many characters of text an element holds, and how many of them in links."""

    text: int = 0
    linked: int = 0

    @property
    def prose(self) -> int:
        return self.text - self.linked


class Page:
    """A parsed page, and how much prose stands where."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._amounts: dict[int, _Amount] = {}
        self._removed: Counter[str] = Counter()

    def article(self) -> LexborNode | None:
        """Return the element with the article, from which all that is none of it is gone; see `removed`.

        Raises Refused if there is more text than an article has.
        """
        body = self._tree.body
        if body is None:
            return None
        self._measure(body)
        if self._amounts[body.mem_id].text > 2 * MOST_TEXT:
            raise Refused(f"The page has more than {MOST_TEXT:,} characters of text.")
        self._clear(body)
        self._measure(body)
        found = self._best(body)
        around = len(words(body.text(separator=" "))) - len(words(found.text(separator=" ")))
        if around > 0:
            self._removed["word around the article"] += around
        return found

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What was left out, by its kind."""
        return tuple(Removed(what=what, count=count) for what, count in self._removed.items())

    def _prose(self, node: LexborNode) -> int:
        amount = self._amounts.get(node.mem_id)
        return amount.prose if amount else 0

    def _measure(self, root: LexborNode) -> None:
        """Count the text of every element once, from the innermost out."""
        self._amounts = {root.mem_id: _Amount()}
        opened: list[LexborNode] = [root]
        links = 0
        node = root.first_child
        while opened:
            if node is None:
                done = opened.pop()
                amount = self._amounts[done.mem_id]
                links -= done.tag == "a"
                if opened:
                    outer = self._amounts[opened[-1].mem_id]
                    outer.text += amount.text
                    outer.linked += amount.linked
                    node = done.next
            elif node.is_text_node:
                length = len((node.text_content or "").strip())
                amount = self._amounts[opened[-1].mem_id]
                amount.text += length
                amount.linked += length if links else 0
                node = node.next
            elif node.is_element_node and node.tag not in ("script", "style", "noscript", "template"):
                self._amounts[node.mem_id] = _Amount()
                links += node.tag == "a"
                opened.append(node)
                node = node.first_child
            else:
                node = node.next

    def _clear(self, body: LexborNode) -> None:
        """Remove what is no part of an article, by what it is called and how much prose it holds."""
        whole = self._prose(body)
        noise: list[LexborNode] = []
        opened: list[LexborNode] = []
        node = body.first_child
        while node is not None or opened:
            if node is None:
                node = opened.pop().next
                continue
            kind = _noise(node) if node.is_element_node else ""
            if kind and self._prose(node) <= whole * MOST_SHARE_OF_NOISE and not _holds_title(node, kind):
                noise.append(node)
                if (node.text() or "").strip():
                    self._removed[kind] += 1
            elif node.is_element_node and node.first_child is not None:
                opened.append(node)
                node = node.first_child
                continue
            node = node.next
        for each in noise:
            each.decompose()

    def _best(self, body: LexborNode) -> LexborNode:
        """Return the closest element that holds enough of the prose."""
        best = body
        for index in reversed(range(len(BODIES))):
            within = [node for node in best.css(BODIES[index]) if node.mem_id in self._amounts]
            largest = max(within, key=self._prose, default=None)
            if largest is not None and self._prose(largest) >= self._prose(best) * LEAST_SHARE[index]:
                best = largest
        return self._densest(body) if best is body else best

    def _densest(self, root: LexborNode) -> LexborNode:
        best = here = root
        while True:
            largest = max(_elements(here), key=self._prose, default=None)
            if largest is None or self._prose(largest) < self._prose(best) * DESCENDS or largest.tag in ("p", "a"):
                return best
            here = largest
            best = here if here.tag in CONTAINERS else best


def _elements(node: LexborNode) -> Iterable[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next


def _noise(node: LexborNode) -> str:
    """Return what kind of noise the element says that it is, or nothing."""
    tag, attributes = node.tag or "", node.attributes
    role = (attributes.get("role") or "").lower()
    if tag in TAGS_OF_NOISE or role in ROLES_OF_NOISE:
        return TAGS_OF_NOISE.get(tag) or ROLES_OF_NOISE[role]
    if tag in ("header", "footer") and not _is_inside(node, "article", "main", "section", "blockquote", "figure"):
        return f"page {tag}"
    if tag == "footer" and not _is_inside(node, "blockquote", "figure"):
        return "page footer"
    if tag == "aside" and not _is_inside(node, "article", "main"):
        return "sidebar"
    if tag in ("body", "main", "article", "html", "p", "a", "li", "img") or _is_heading(tag):
        return ""
    if tag in ("span", "sup", "small"):
        names = (attributes.get("class") or "").lower().split()
        return next((KIND_BY_NAME[name] for name in names if KIND_BY_NAME.get(name) in NOISE_IN_TEXT), "")
    for name in NAME.findall(" ".join(attributes.get(key) or "" for key in NAMED_BY))[:MOST_NAMES]:
        lower = name.lower()
        if lower in KIND_BY_NAME:
            return KIND_BY_NAME[lower]
        if lower.startswith(("has-", "no-", "with-", "without-", "js-", "elementor", "wp-block-group")):
            continue
        for part in PARTS.split(name):
            if part.lower() in PART_OF_NAME:
                return KIND_BY_NAME[part.lower()]
    return ""


def _holds_title(node: LexborNode, kind: str) -> bool:
    return kind not in ("comments", "sidebar", "related articles") and node.css_first("h1") is not None


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()


def _is_inside(node: LexborNode, *tags: str) -> bool:
    around = node.parent
    while around is not None:
        if around.tag in tags:
            return True
        around = around.parent
    return False
