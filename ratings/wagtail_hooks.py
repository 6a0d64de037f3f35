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
from wagtail.permissions import register_permission_policy

from ratings.badges import MODERATE
from ratings.desk import (
    board,
    bulks,
    comments,
    deciding,
    decisions,
    errors,
    home,
    learned,
    ratings,
    readers,
    sanctions,
    views,
    votes,
)
from ratings.desk.history import FORMATTERS
from ratings.desk.rules import RulesGroup
from ratings.desk.section_pages import ForAdministrators
from ratings.models import ModeratedSection

register_permission_policy(ModeratedSection, ForAdministrators(ModeratedSection))


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Add the desk."""
    return [
        path("reader-comments/", comments.comments, name="reader_comments"),
        path("reader-comments/<int:pk>/", comments.comment_card, name="reader_comment"),
        path("reader-comments/<int:pk>/release/", comments.release, name="release_comment"),
        path("reader-comments/<int:pk>/decide/", deciding.decide, name="decide_comment"),
        path("reader-comments/<int:pk>/redact/", deciding.redact, name="redact_comment"),
        path("reader-comments/<int:pk>/check/", deciding.check, name="check_comment"),
        path("reader-comments/<int:pk>/pin/", deciding.pin, name="pin_comment"),
        path("reader-comments/<int:pk>/pick/", deciding.pick, name="pick_comment"),
        path("reader-comments/decisions/", decisions.decisions, name="decisions"),
        path("reader-comments/decisions/<int:pk>/undo/", decisions.undo, name="undo_decision"),
        path("reader-comments/views/", views.save_view, name="save_view"),
        path("reader-comments/views/<int:pk>/", views.change_view, name="change_view"),
        path("reader-comments/learned/", learned.learned, name="learned_spam"),
        path("reader-comments/bulks/", bulks.bulks, name="bulks"),
        path("reader-comments/bulks/preview/", bulks.preview_bulk, name="preview_bulk"),
        path("reader-comments/bulks/begin/", bulks.begin_bulk, name="begin_bulk"),
        path("reader-comments/bulks/<uuid:public_id>/", bulks.bulk, name="bulk"),
        path("reader-comments/bulks/<uuid:public_id>/continue/", bulks.continue_bulk, name="continue_bulk"),
        path("reader-comments/bulks/<uuid:public_id>/stop/", bulks.stop_bulk, name="stop_bulk"),
        path("reader-comments/bulks/<uuid:public_id>/undo/", bulks.undo_bulk, name="undo_bulk"),
        path("reader-comments/readers/<int:pk>/", readers.reader, name="reader_of_comments"),
        path("reader-comments/readers/<int:pk>/sanction/", sanctions.sanction_reader, name="sanction_reader"),
        path("reader-comments/sanctions/", sanctions.sanctions, name="sanctions"),
        path("reader-comments/sanctions/<int:pk>/lift/", sanctions.lift_sanction, name="lift_sanction"),
        path("reader-comments/board/", board.board, name="shift_board"),
        path("reader-comments/board/decisions.csv", board.decisions, name="shift_decisions"),
        path("reader-comments/board/<slug:name>.svg", board.chart, name="shift_chart"),
        path("reader-comments/board/<slug:name>.csv", board.table, name="shift_table"),
        path("held-votes/", votes.held_votes, name="held_votes"),
        path("held-votes/<int:pk>/judge/", votes.judge_vote, name="judge_vote"),
        path("held-votes/article/<int:article_id>/judge/", votes.judge_votes, name="judge_votes"),
        path("held-votes/undo/<uuid:uuid>/", votes.undo_judgment, name="undo_judgment"),
        path("error-reports/", errors.error_reports, name="error_reports"),
        path("error-reports/<int:pk>/answer/", errors.answer_error, name="answer_error"),
        path("article-ratings/<int:article_id>/", ratings.article_ratings, name="article_ratings"),
        path("article-ratings/<int:article_id>/begin-anew/", ratings.begin_anew, name="begin_anew"),
        path("article-ratings/<int:article_id>/count-again/", ratings.count_earlier_again, name="count_earlier_again"),
    ]


@hooks.register("register_admin_viewset")
def rules_for_comments() -> RulesGroup:
    """Add the policies, words, canned texts and sections."""
    return RulesGroup()


class ReaderCommentsMenuItem(MenuItem):
    """The desk, for those who may moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to moderators only."""
        return request.user.has_perm(MODERATE)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Add the desk to the menu. Wagtail has editorial comments of its own, so ours are the readers'."""
    return ReaderCommentsMenuItem(_("Reader comments"), reverse("reader_comments"), icon_name="comment", order=250)


@hooks.register("register_admin_menu_item")
def error_reports_menu_item() -> MenuItem:
    """Add the queue of what readers found wrong in articles."""
    return errors.menu_item()


@hooks.register("construct_homepage_panels")
def backlog_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Tell moderators on the first page of the admin what waits."""
    home.add_panel(request, panels)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def ratings_menu_item(page: Page, **_context: Any) -> Iterator[MenuItem]:
    """Lead from an article, in the list of pages and where it is edited, to its ratings."""
    yield ratings.RatingsMenuItem(page=page, priority=55)


@hooks.register("register_permissions")
def desk_permissions() -> "QuerySet[Permission]":
    """Let an administrator give the permissions to moderate and to sanction to a group."""
    return Permission.objects.filter(
        content_type__app_label="ratings", codename__in=["moderate_comment", "add_sanction", "answer_error_report"]
    )


@hooks.register("register_log_actions")
def desk_log_actions(actions: Any) -> None:
    """Tell in the history of an article what moderators did under it."""
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


@hooks.register("insert_global_admin_js")
def remember_who_signed_in() -> str:
    """Let the public pages know that this browser is worth asking whose it is: staff get a link to edit there."""
    return format_html('<script src="{}" defer></script>', static("js/answered.js"))
