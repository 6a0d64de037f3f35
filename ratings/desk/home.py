"""What the first page of the admin tells moderators about what waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ratings.badges import MODERATE
from ratings.desk.door import moderator_of
from ratings.desk.sections import Scope
from ratings.models import Comment
from ratings.moderation.shift import ages, backlog, in_words


class BacklogPanel(Component):
    """How many comments wait, and for how long: for moderators."""

    name = "reader_comments"
    template_name = "ratings/desk/home_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what waits where the one who looks moderates. At most four queries."""
        request: HttpRequest = parent_context["request"]
        now = timezone.now()
        comments = Scope.of(moderator_of(request)).within(Comment.objects.all())
        found = backlog(comments, now)
        return {
            "backlog": found,
            "oldest": in_words(found.oldest),
            "most": in_words(ages(comments, found.number, now).most),
        }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel for who may moderate."""
    if request.user.has_perm(MODERATE):
        panels.append(BacklogPanel())
