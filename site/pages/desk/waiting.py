"""Tasks that wait for somebody, and drafts that came back to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from pages.desk.reach import as_text, edits
from pages.desk.section import ROWS, Found, Row, Section


class WaitingForMe(Section):
    """What came back to its writer, and the steps of workflows that the user may take, the longest waiting first."""

    name = "waiting"
    order = 10
    heading = gettext_lazy("Waiting for me")
    empty = gettext_lazy(
        "Nothing waits for you. Articles that others hand over to you come here, and yours when they are sent back."
    )

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user edits pages or belongs to a group: any group may be given a step of a workflow."""
        return edits(user) or user.has_perm("articles.sign_off_article")

    def look(self) -> Found:
        """Return drafts that were sent back, then tasks."""
        back, tasks = sent_back(self.user), tasks_of(self.user)
        rows = [*map(_back, back[:ROWS]), *map(_task, tasks[:ROWS])][:ROWS]
        all_at = f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true" if edits(self.user) else ""
        return Found(rows=rows, total=back.count() + tasks.count(), all_at=all_at)


def tasks_of(user: User) -> QuerySet[TaskState]:
    """Return the steps of workflows of pages that `user` may take now, the longest waiting first."""
    waiting = TaskState.objects.reviewable_by(user).filter(workflow_state__base_content_type=_page_type())
    found: QuerySet[TaskState] = (
        waiting.select_related("task__reviewtask", "revision__user")
        .defer("revision__content")
        .order_by("started_at", "pk")
    )
    return found


def sent_back(user: User) -> QuerySet[WorkflowState]:
    """Return the workflows of the user's pages that stand still until the user has changed something."""
    mine = Q(requested_by=user) | Q(object_id__in=as_text(Page.objects.filter(owner=user)))
    found: QuerySet[WorkflowState] = (
        WorkflowState.objects.filter(mine, status=WorkflowState.STATUS_NEEDS_CHANGES, base_content_type=_page_type())
        .select_related("current_task_state__task", "current_task_state__finished_by", "current_task_state__revision")
        .defer("current_task_state__revision__content")
        .order_by("-current_task_state__finished_at", "-pk")
    )
    return found


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _since(moment: datetime | None) -> str:
    if moment is None:
        return ""
    now = timezone.now()
    if now - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}


def _back(state: Any) -> Row:
    task = state.current_task_state
    who = task.finished_by.get_full_name() or task.finished_by.get_username() if task.finished_by else ""
    says = [_("Sent back"), str(task.task), who, _since(task.finished_at)]
    return Row(
        title=task.revision.object_str if task.revision else "",
        address=reverse("wagtailadmin_pages:edit", args=[state.object_id]),
        says=list(filter(None, says)),
        quote=task.comment,
        alarms=True,
    )


def _task(state: Any) -> Row:
    writer = state.revision.user
    who = _("from %(name)s") % {"name": writer.get_full_name() or writer.get_username()} if writer else ""
    where = "review_article" if hasattr(state.task, "reviewtask") else "wagtailadmin_pages:edit"
    return Row(
        title=state.revision.object_str,
        address=reverse(where, args=[state.revision.object_id]),
        says=list(filter(None, [str(state.task), who, _since(state.started_at)])),
    )
