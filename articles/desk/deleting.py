"""Refusing to delete an article that was corrected: its readers were told that the correction stands for good.

The database refuses it as well, but not in words.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from articles.models import ArticlePage


@hooks.register("before_delete_page")
def keep_corrected_article(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete an article that was corrected, or a page above one."""
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_corrected_articles(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same for several pages at once."""
    return _refusal(request, objects) if action_type == "delete" and issubclass(action.model, Page) else None


def _refusal(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        below = ArticlePage.objects.descendant_of(page, inclusive=True)
        article = below.exclude(corrections=None).order_by("path").defer("body").first()
        if article is not None:
            messages.error(request, _sentence(article))
            return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None


def _sentence(article: ArticlePage) -> str:
    return _(
        "“%(title)s” was not deleted: readers were told of a mistake in it, and a correction stands for good. "
        "Unpublish the article instead, or retract it."
    ) % {"title": article.draft_title}
