"""The Markdown that readers may use in comments, as safe HTML."""

import re
from functools import lru_cache

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

LARGEST = 30_000
"""So many bytes of HTML may one text become. Only what was made to be large is larger: a list of empty items, say."""
CACHED = 1_000
"""So many texts of at most so many characters are kept as HTML, and a few longer ones: ten megabytes at the most."""
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


def comment_html(text: str) -> SafeString:
    """Return `text`, as a reader wrote it, as HTML: paragraphs, emphasis, lists, quotations, code and links.

    HTML in the text is shown as text, and so is the whole text if formatting would make it larger than `LARGEST`.
    """
    return _kept_html(text) if len(text) <= CACHED else _kept_long_html(text)


def _new_html(text: str) -> SafeString:
    html = _clean(_markdown.render(text))
    return html if len(html.encode()) <= LARGEST else _clean(linebreaks(text, autoescape=True))


_kept_html = lru_cache(maxsize=CACHED)(_new_html)
# Long ones are few, and the slowest to format.
_kept_long_html = lru_cache(maxsize=100)(_new_html)


def _clean(html: str) -> SafeString:
    """Return `html` without all that a comment may not hold.

    nh3 comes last and nothing may transform its result: later transformations have re-opened attributes elsewhere
    (WordPress, CVE-2026-93485).
    """
    return SafeString(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            url_relative="deny",
            link_rel="ugc nofollow noopener",
        )
    )
