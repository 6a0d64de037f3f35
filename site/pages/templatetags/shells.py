"""The page of an article, put together from its shell and its readers' responses."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from articles.models import ArticlePage
from findable.nodes import written
from freshness import tags
from freshness.collecting import depends_on
from freshness.parts import kept_part
from pages.site import current_site
from pages.structured_data import discussed
from ratings.pieces import filled, pieces
from ratings.templatetags.ratings import responses

register = template.Library()


@register.simple_tag(takes_context=True)
def with_responses(context: Context, shell: str) -> SafeString:
    """Show the article of `context` in the template `shell`, with its readers' responses in their places.

    The shell is kept where anybody may see the article: it depends on neither the reader nor the address's query.
    """
    article: ArticlePage = context["page"]
    request = context.get("request")
    is_preview = bool(getattr(request, "is_preview", False))
    found = responses({"request": request}, article)
    if article.pk:
        depends_on(tags.rating(article.pk), tags.responses(article.pk))
    put_in = pieces(found, article, preview=is_preview) | {"discussion": _discussion(found.count)}

    def make() -> str:
        depends_on(tags.page(article.pk))
        with context.push(**article.shown_context(is_preview=is_preview)):
            return str(context.template.engine.get_template(shell).render(context))  # type: ignore[union-attr]

    may_be_kept = request is not None and not is_preview and article.__dict__.get("is_for_everybody")
    return filled(kept_part(_name(article, request), make) if may_be_kept else make(), put_in)


def _name(article: ArticlePage, request: Any) -> str:
    site = current_site(request)
    # Another site leads to the pages of this one by their whole addresses.
    return f"shell:{article.pk}" if site is None or site.is_default_site else f"shell:{article.pk}:{site.pk}"


def _discussion(comments: int) -> str:
    properties = written(discussed(comments))[1:-1]
    return f",{properties}" if properties else ""
