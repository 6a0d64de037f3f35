"""The Markdown that readers may use in comments, as safe HTML."""

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "br", "a"}

ABSOLUTE = re.compile(
    r"https?://[\w.-]+(?::\d{1,5})?(?:[/?#]|\Z)|mailto:[^\s/?#@]+@[\w.-]+\Z", re.ASCII | re.IGNORECASE
)
"""An address that says where it leads: neither relative, such as `//host`, nor `https://known.example@host`."""


class CommentMarkdown(MarkdownIt):
    """The parts of CommonMark that a comment needs, and bare web addresses as links."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True, "maxNesting": 20, "linkify": True})
        # By the rule of the core alone: its twin among the inline rules takes quadratic time over "x://x://".
        self.core.ruler.enable("linkify")
        self.disable(["heading", "lheading", "html_block", "html_inline", "image", "hr", "reference"])
        # Only what says http:// or https://, so that neither "example.org" nor an e-mail address becomes a link.
        self.linkify = LinkifyIt(
            schemas={"//": None, "ftp:": None, "mailto:": None},
            options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False},
        )

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        """Return whether `url`, entities decoded and normalized, may be a link; otherwise its text stays text."""
        return ABSOLUTE.match(url) is not None


_markdown = CommentMarkdown()


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
            url_relative="deny",
            link_rel="ugc nofollow noopener",
        )
    )
