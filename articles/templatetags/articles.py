"""What templates ask about articles and their blocks."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from articles import durations, outline, twin
from articles.chosen import found
from articles.citations.numbering import citing, sources_of
from articles.models import ArticlePage
from freshness import tags
from freshness.collecting import depends_on

register = template.Library()


@register.simple_tag(takes_context=True)
def article_body(context: dict[str, Any], body: StreamValue, comments: str = "") -> SafeString:
    """Show every block of `body`, each in an element of its own that carries its anchor and its kind, and its sources.

    `comments` is the address of the place where readers answer, on a page that has one.
    """
    # For the numbers to call in an emergency.
    depends_on(tags.SITE)
    shared = {name: context.get(name) for name in ("page", "request", "site_settings")}
    with found(getattr(body, "named", {})), citing(body) as citations:
        return render_to_string(
            "articles/body.html", {"body": body, "comments": comments, "citations": citations} | shared
        )


@register.filter
def anchor(child: StreamValue.StreamChild) -> str:
    """Return the anchor of a block in a body."""
    return outline.anchor(child.id)


@register.filter
def cites_sources(body: StreamValue) -> bool:
    """Return whether a list of sources stands at the end of `body`."""
    return bool(sources_of(body))


@register.filter
def duration(minutes: int) -> str:
    """Return `minutes` in words."""
    return durations.duration(minutes)


@register.filter
def markdown_url(page: ArticlePage) -> str:
    """Return the address of the article as Markdown."""
    return twin.markdown_url(page)
