"""What the readers' side adds to the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from ratings.desk import views
from ratings.models import State


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Add the desk."""
    return [
        path("reader-comments/", views.comments, name="reader_comments"),
        path("reader-comments/<int:pk>/decide/", views.decide, name="decide_comment"),
    ]


class ReaderCommentsMenuItem(MenuItem):
    """The desk, for those who may moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to moderators only."""
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Add the desk to the menu. Wagtail has editorial comments of its own, so ours are the readers'."""
    return ReaderCommentsMenuItem(_("Reader comments"), reverse("reader_comments"), icon_name="comment", order=250)


@hooks.register("register_permissions")
def desk_permissions() -> "QuerySet[Permission]":
    """Let an administrator give the permission to moderate to a group."""
    return Permission.objects.filter(content_type__app_label="ratings", codename="moderate_comment")


@hooks.register("register_log_actions")
def desk_log_actions(actions: Any) -> None:
    """Show decisions in the history of an article."""

    @actions.register_action("ratings.decide")
    class DecideFormatter(LogFormatter):
        """Tells from where to where a comment was moved, and why."""

        label = _("Decide on a reader comment")

        def format_message(self, log_entry: Any) -> str:
            """Return the sentence of the history."""
            data = log_entry.data
            values = {"comment": data["comment"], "from": State(data["from"]).label, "to": State(data["to"]).label}
            return _("Reader comment %(comment)s: %(from)s → %(to)s") % values

        def format_comment(self, log_entry: Any) -> str:
            """Return the moderator's reason."""
            return str(log_entry.data["reason"])
