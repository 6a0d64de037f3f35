"""The Markdown that readers may use in comments, as safe HTML."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "a"}

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).disable(
    ["heading", "lheading", "html_block", "html_inline", "image", "hr", "reference"]
)


@lru_cache(maxsize=2048)
def comment_html(text: str) -> SafeString:
    """Return `text`, as a reader wrote it, as HTML: paragraphs, emphasis, lists, quotations, code and links.

    HTML in the text is shown as text. nh3 comes last and nothing may transform its result: later transformations have
    re-opened attributes elsewhere (WordPress, CVE-2026-93485).
    """
    return SafeString(
        nh3.clean(
            _markdown.render(text),
            tags=TAGS,
            attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="ugc nofollow noopener",
        )
    )
