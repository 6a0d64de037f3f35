"""What the readers' side adds to the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from ratings.badges import MODERATE
from ratings.desk import comments, ratings, votes
from ratings.desk.history import FORMATTERS
from ratings.desk.policies import PolicyViewSet


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Add the desk."""
    return [
        path("reader-comments/", comments.comments, name="reader_comments"),
        path("reader-comments/<int:pk>/decide/", comments.decide, name="decide_comment"),
        path("reader-comments/<int:pk>/pin/", comments.pin, name="pin_comment"),
        path("reader-comments/<int:pk>/pick/", comments.pick, name="pick_comment"),
        path("held-votes/", votes.held_votes, name="held_votes"),
        path("held-votes/<int:pk>/judge/", votes.judge_vote, name="judge_vote"),
        path("held-votes/article/<int:article_id>/judge/", votes.judge_votes, name="judge_votes"),
        path("article-ratings/<int:article_id>/", ratings.article_ratings, name="article_ratings"),
        path("article-ratings/<int:article_id>/begin-anew/", ratings.begin_anew, name="begin_anew"),
        path("article-ratings/<int:article_id>/count-again/", ratings.count_earlier_again, name="count_earlier_again"),
    ]


@hooks.register("register_admin_viewset")
def policy_viewset() -> PolicyViewSet:
    """Add the discussion policies to the settings."""
    return PolicyViewSet("discussionpolicy", url_prefix="discussion-policies")


class ReaderCommentsMenuItem(MenuItem):
    """The desk, for those who may moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to moderators only."""
        return request.user.has_perm(MODERATE)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Add the desk to the menu. Wagtail has editorial comments of its own, so ours are the readers'."""
    return ReaderCommentsMenuItem(_("Reader comments"), reverse("reader_comments"), icon_name="comment", order=250)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def ratings_menu_item(page: Page, **_context: Any) -> Iterator[MenuItem]:
    """Lead from an article, in the list of pages and where it is edited, to its ratings."""
    yield ratings.RatingsMenuItem(page=page, priority=55)


@hooks.register("register_permissions")
def desk_permissions() -> "QuerySet[Permission]":
    """Let an administrator give the permission to moderate to a group."""
    return Permission.objects.filter(content_type__app_label="ratings", codename="moderate_comment")


@hooks.register("register_log_actions")
def desk_log_actions(actions: Any) -> None:
    """Tell in the history of an article what moderators did under it."""
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


@hooks.register("insert_global_admin_js")
def remember_who_signed_in() -> str:
    """Let the public pages know that this browser is worth asking whose it is: staff get a link to edit there."""
    return format_html('<script src="{}" defer></script>', static("js/answered.js"))
