"""What articles add to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.models import ArticlePage
from authors.models import AuthorPage


@hooks.register("construct_page_chooser_queryset")
def only_who_edits_pages_chooses_one(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Close the page chooser to who may edit no page: Wagtail shows it, drafts included, to everybody in the admin.

    It refuses instead of filtering, since the chooser also names the page that it starts from.
    """
    if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change", "publish"}):
        raise PermissionDenied
    return pages


@hooks.register("before_delete_page")
def keep_page_of_an_author_in_a_byline(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete an author (or a page above one) whom an article names."""
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_of_authors_in_bylines(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same for several pages at once."""
    return _refusal(request, objects) if action_type == "delete" and issubclass(action.model, Page) else None


def _refusal(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Return the way back, with a sentence why, if deleting `pages` would take somebody out of a byline.

    The database cannot refuse it: modelcluster reads revisions with no foreign key that protects.
    """
    for page in pages:
        for author in AuthorPage.objects.descendant_of(page, inclusive=True).order_by("path"):
            articles = ArticlePage.objects.naming(author)
            if articles:
                messages.error(request, _sentence(author, articles))
                return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None


def _sentence(author: AuthorPage, articles: list[ArticlePage]) -> str:
    count = ngettext("%(count)d article names", "%(count)d articles name", len(articles)) % {"count": len(articles)}
    return _(
        "“%(author)s” was not deleted: %(count)s this author, for example “%(article)s”. "
        "Take the name out of the contributors first, or unpublish the author’s page."
    ) % {"author": author.title, "count": count, "article": articles[0].draft_title}
