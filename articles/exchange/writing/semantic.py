"""The body of an article as plain semantic HTML, without a class, a style or a script."""

from __future__ import annotations

from collections.abc import Callable

import nh3

from articles import markdown
from articles.citations.describing import sources_in_markdown
from articles.citations.numbering import citing
from articles.links import links_known
from articles.models import ArticlePage, fetch_what_is_shown
from articles.semantic import from_markdown
from pictures.models import Picture

TAGS = {
    "a", "blockquote", "br", "caption", "cite", "dd", "details", "dl", "dt", "em", "figcaption", "figure", "h2", "h3",
    "h4", "hr", "img", "li", "ol", "p", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "th": {"scope"}}


def body_in_html(article: ArticlePage, address_of: Callable[[Picture], str]) -> str:
    """Return the blocks and sources of `article` as HTML; pictures stand at the addresses that `address_of` gives."""
    fetch_what_is_shown(article.body)
    with links_known(article.body), citing(article.body) as citations, markdown.pictures_at(address_of):
        parts = [child.block.html(child.value) for child in article.body]
        parts.append(from_markdown(sources_in_markdown(citations)))
    html = "\n".join(part for part in parts if part)
    # Whatever a block writes: nothing but this leaves the house.
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto", "tel"}
    )
