"""What articles add to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.rich_text.feature_registry import FeatureRegistry

from articles.citations import admin  # noqa: F401  # registers its own hooks
from articles.desk import (  # noqa: F401  # they register hooks of their own
    correcting,
    deleting,
    exporting,
    findings,
    readiness,
    reasons,
    retracting,
    reviewing,
    scheduled,
    signing,
    two_editors,
)
from articles.desk.importing import urls as importing
from articles.desk.publishing import PublishThoseThatAreReady
from articles.history import FORMATTERS
from articles.link_handlers import DocumentLinkHandler, PageLinkHandler
from articles.models import ArticlePage, SignOff
from authors.models import AuthorPage


@hooks.register("register_rich_text_features", order=1)
def links_found_at_once(features: FeatureRegistry) -> None:
    """Have links in texts take what was found for all texts of a body, in place of Wagtail's own."""
    features.register_link_type(PageLinkHandler)
    features.register_link_type(DocumentLinkHandler)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Add the screens on which articles are signed off, corrected and retracted."""
    return [
        path("articles/<int:article_id>/review/", reviewing.review, name="review_article"),
        path("articles/<int:article_id>/sign-off/", signing.sign_off, name="sign_off_article"),
        path("articles/sign-offs/<int:pk>/withdraw/", signing.withdraw, name="withdraw_sign_off"),
        path("articles/<int:article_id>/correct/", correcting.correct, name="correct_article"),
        path("articles/<int:article_id>/retract/", retracting.retract, name="retract_article"),
        path("articles/<int:article_id>/readiness/", readiness.readiness, name="article_readiness"),
        path("articles/scheduled/failed/", scheduled.failed_schedules, name="failed_schedules"),
        path("articles/scheduled/failed/<int:pk>/", scheduled.try_schedule_again, name="try_schedule_again"),
        *importing.urls(),
    ]


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def menu_items(page: Page, **_context: Any) -> Iterator[PageMenuItem]:
    """Lead from an article to all of them."""
    yield reviewing.ReviewMenuItem(page=page, priority=55)
    yield signing.SignOffMenuItem(page=page, priority=56)
    yield correcting.CorrectMenuItem(page=page, priority=58)
    yield retracting.RetractMenuItem(page=page, priority=61)
    yield exporting.ExportMenuItem(page=page, priority=62)


# In place of Wagtail's own action of the same name.
hooks.register("register_bulk_action", PublishThoseThatAreReady, order=1)


@hooks.register("construct_homepage_panels")
def failed_schedules(request: HttpRequest, panels: list[Any]) -> None:
    """Tell on the admin's first page what could not be published at its time."""
    panels.insert(0, scheduled.FailedSchedules())


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let an administrator give the permissions to sign off, to retract and to correct to a group."""
    return Permission.objects.filter(
        content_type__app_label="articles", codename__in=["sign_off_article", "retract_article", "correct_article"]
    )


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
    """Refuse to delete an author (or a page above one) whom an article names, or who signed one off."""
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_of_authors_in_bylines(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same for several pages at once."""
    return _refusal(request, objects) if action_type == "delete" and issubclass(action.model, Page) else None


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Tell in the history of an article who checked it, and that it was retracted."""
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


def _refusal(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Return the way back, with a sentence why, if deleting `pages` would take somebody out of a byline or a sign-off.

    The database cannot refuse it: modelcluster reads revisions with no foreign key that protects. It does refuse to
    delete who signed an article off, but not in words.
    """
    for page in pages:
        for author in AuthorPage.objects.descendant_of(page, inclusive=True).order_by("path"):
            articles = ArticlePage.objects.naming(author)
            signed = author.sign_offs.select_related("article").order_by("-pk").first()
            if articles or signed:
                messages.error(request, _sentence(author, articles) if articles else _signed(author, signed))
                return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None


def _sentence(author: AuthorPage, articles: list[ArticlePage]) -> str:
    count = ngettext("%(count)d article names", "%(count)d articles name", len(articles)) % {"count": len(articles)}
    return _(
        "“%(author)s” was not deleted: %(count)s this author, for example “%(article)s”. "
        "Take the name out of the contributors first, or unpublish the author’s page."
    ) % {"author": author.title, "count": count, "article": articles[0].draft_title}


def _signed(author: AuthorPage, signed: SignOff) -> str:
    return _(
        "“%(author)s” was not deleted: this person signed articles off, for example “%(article)s”. Who checked an "
        "article is kept, also when the sign-off is withdrawn. Unpublish the author’s page instead."
    ) % {"author": author.title, "article": signed.article.draft_title}
