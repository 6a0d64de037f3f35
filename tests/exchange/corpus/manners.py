"""The manners in which the described articles are set: what somebody writes with, and how they use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.exchange.corpus import as_docx, as_exports, as_markdown, as_pages
from tests.exchange.corpus.as_text import text_of
from tests.exchange.corpus.description import Article
from tests.exchange.corpus.elements import Element
from tests.exchange.corpus.setting import Habits, set_article


@dataclass(frozen=True, kw_only=True)
class Manner:
    """A format as some people use it. `leaning` narrows the habits that they may have."""

    name: str
    format: str
    ending: str
    write: Callable[[Article, list[Element]], str | bytes]
    leaning: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def file(self, article: Article) -> bytes:
        """Return the file with `article`."""
        habits = Habits(f"{self.name}/{article.name}", self.leaning)
        written = self.write(article, set_article(article, habits))
        return written if isinstance(written, bytes) else written.encode()


PASTED = {
    "tip": ("bold",),
    "quote": ("paragraph",),
    "warning": ("heading", "bold"),
    "steps": ("list", "bold"),
    "faq": ("headings", "marked"),
    "takeaways": ("list",),
    "myth_fact": ("bold",),
    "checklist": ("ticks", "lines", "sides"),
    "discussion": ("plain",),
    "case_study": ("plain",),
}
NO_BOXES = {
    "tip": ("bold",),
    "warning": ("heading", "bold"),
    "takeaways": ("list",),
    "case_study": ("plain",),
    "checklist": ("ticks", "tasks", "sides", "plain"),
}
DETAILS = {"faq": ("headings", "bold", "details")}

MANNERS = (
    Manner(name="text: pasted with blank lines", format="text", ending="txt", write=text_of, leaning=PASTED),
    Manner(
        name="text: without blank lines, with emoji",
        format="text",
        ending="txt",
        write=partial(text_of, bullet="- ", blank=False, signs=True),
        leaning=PASTED | {"checklist": ("ticks", "lines")},
    ),
    Manner(
        name="text: typed, tables with bars",
        format="text",
        ending="txt",
        write=partial(text_of, bullet="* ", cells=" | "),
        leaning=PASTED | {"checklist": ("tasks", "ticks")},
    ),
    Manner(name="Markdown: Hugo", format="markdown", ending="md", write=as_markdown.hugo_of, leaning=DETAILS),
    Manner(
        name="Markdown: Jekyll",
        format="markdown",
        ending="md",
        write=as_markdown.jekyll_of,
        leaning=NO_BOXES | {"tip": ("bold", "quoted")},
    ),
    Manner(name="Markdown: Obsidian", format="markdown", ending="md", write=as_markdown.obsidian_of),
    Manner(name="Markdown: Notion", format="markdown", ending="md", write=as_markdown.notion_of),
    Manner(
        name="page: WordPress theme", format="html", ending="html", write=as_pages.wordpress_page_of, leaning=DETAILS
    ),
    Manner(name="page: Ghost theme", format="html", ending="html", write=as_pages.ghost_page_of, leaning=DETAILS),
    Manner(
        name="page: public health service",
        format="html",
        ending="html",
        write=as_pages.care_page_of,
        leaning={
            "warning": ("box", "heading"),
            "checklist": ("sides", "ticks"),
            "tip": ("box",),
            "faq": ("details", "headings"),
        },
    ),
    Manner(
        name="page: made by hand",
        format="html",
        ending="html",
        write=as_pages.old_page_of,
        leaning=NO_BOXES | {"headings": ("headings", "bold")},
    ),
    Manner(
        name="Google Docs: exported page",
        format="html",
        ending="html",
        write=as_pages.google_export_of,
        leaning=NO_BOXES,
    ),
    Manner(
        name="Google Docs: clipboard",
        format="html",
        ending="html",
        write=as_pages.google_clipboard_of,
        leaning=NO_BOXES | {"headings": ("headings", "bold")},
    ),
    Manner(name="Word: page", format="html", ending="htm", write=as_pages.word_page_of, leaning=NO_BOXES),
    Manner(name="Word: clipboard", format="html", ending="html", write=as_pages.word_clipboard_of, leaning=NO_BOXES),
    Manner(
        name="Word: docx",
        format="docx",
        ending="docx",
        write=as_docx.docx_of,
        leaning=NO_BOXES | {"headings": ("headings", "headings", "bold")},
    ),
    Manner(
        name="WordPress export: classic editor",
        format="wxr",
        ending="xml",
        write=as_exports.classic_wxr_of,
        leaning=NO_BOXES | {"headings": ("headings", "headings", "bold")},
    ),
    Manner(
        name="WordPress export: block editor",
        format="wxr",
        ending="xml",
        write=as_exports.gutenberg_wxr_of,
        leaning=DETAILS,
    ),
    Manner(
        name="Ghost export: Lexical", format="ghost", ending="json", write=as_exports.ghost_lexical_of, leaning=DETAILS
    ),
    Manner(name="Ghost export: Mobiledoc", format="ghost", ending="json", write=as_exports.ghost_mobiledoc_of),
    Manner(name="Ghost export: HTML", format="ghost", ending="json", write=as_exports.ghost_html_of, leaning=DETAILS),
)
"""In the order of the published table."""

EACH_IN = 4
"""So many manners each article is set in: every fifth one, so that neighbors in the list differ."""


def manners_of(number: int) -> list[Manner]:
    """Return the manners of the article with this place among its likes."""
    return [MANNERS[(number + 5 * step) % len(MANNERS)] for step in range(EACH_IN)]
