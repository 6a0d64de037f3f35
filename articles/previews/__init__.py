"""How editors see an article before readers do: in the dark, on paper, read aloud, found, and shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from articles.models import ArticlePage

DARK = ('<link rel="stylesheet" href="{}">', "articles/previews/dark.css")
PRINT = (
    '<link rel="stylesheet" href="{}"><script src="{}" defer></script>',
    "articles/previews/print.css",
    "articles/previews/print.js",
)

MODES: list[tuple[str, str | Promise]] = [
    ("", _("Page")),
    ("dark", _("Dark")),
    ("print", _("Print")),
    ("outline", _("Read aloud")),
    ("search", _("Search result")),
    ("social", _("Social card")),
]
"""The name of each way to see an article, and what editors call it. How wide it is, Wagtail's own buttons choose."""


def preview(article: ArticlePage, request: HttpRequest, mode: str) -> HttpResponse:
    """Return `article`, as it stands in memory, in the way called `mode`; the page as it is for a name that is none."""
    request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail has it
    made = {"dark": DARK, "print": PRINT}.get(mode)
    if mode in LISTS:
        return render(request, f"articles/previews/{mode}.html", {"page": article, **LISTS[mode](article)})
    # `article.serve` would say that it is none.
    page = TemplateResponse(request, article.get_template(request), article.get_context(request))
    return _with(page.render(), *made) if made else page


def _with(page: HttpResponse, markup: str, *files: str) -> HttpResponse:
    """Put further files into the head of `page`, after its own."""
    head = format_html(markup, *map(static, files)).encode()
    page.content = page.content.replace(b"</head>", head + b"</head>", 1)
    return page


def _outline(article: ArticlePage) -> dict[str, Any]:
    from articles.previews.read_aloud import read_aloud

    return {"entries": list(read_aloud(article))}


def _search(article: ArticlePage) -> dict[str, Any]:
    from articles.previews.search_result import description_of, title_of

    return {"title": title_of(article), "description": description_of(article)}


def _social(article: ArticlePage) -> dict[str, Any]:
    return {}


LISTS: dict[str, Callable[[ArticlePage], dict[str, Any]]] = {
    "outline": _outline,
    "search": _search,
    "social": _social,
}
"""The ways that are no page: the name of their template, and what it takes."""
