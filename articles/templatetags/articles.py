"""What templates ask about articles and their blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from wagtail.blocks.stream_block import StreamValue

from articles import durations, outline
from articles.models import ArticlePage
from articles.paging import page_of
from authors.models import AuthorPage

if TYPE_CHECKING:
    from django.core.paginator import Page

register = template.Library()


@register.simple_tag(takes_context=True)
def articles_by(context: dict[str, Any], author: AuthorPage) -> Page[ArticlePage]:
    """Return the page of `author`'s articles that `?page=` asks for; raises Http404 for a page that is none."""
    request = context.get("request")
    return page_of(ArticlePage.objects.by(author).for_cards(), request.GET.get("page") if request else None)


@register.inclusion_tag("articles/body.html", takes_context=True)
def article_body(context: dict[str, Any], body: StreamValue, comments: str = "") -> dict[str, Any]:
    """Show every block of `body`, each in an element of its own that carries its anchor and its kind.

    `comments` is the address of the place where readers answer, on a page that has one.
    """
    return {"body": body, "comments": comments, "page": context.get("page"), "request": context.get("request")}


@register.filter
def anchor(child: StreamValue.StreamChild) -> str:
    """Return the anchor of a block in a body."""
    return outline.anchor(child.id)


@register.filter
def duration(minutes: int) -> str:
    """Return `minutes` in words."""
    return durations.duration(minutes)
