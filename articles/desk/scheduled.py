"""The pages that could not be published, or taken off, at their time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.desk.pages import user_of
from articles.models import ScheduleFailure
from articles.scheduling import failures, try_again


def failures_for(user: Any) -> QuerySet[ScheduleFailure]:
    """Return the failed schedules of the pages that `user` may publish."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return failures().filter(page__in=pages)


class FailedSchedules(Component):
    """The alarm on the admin's first page; nothing where nothing failed."""

    name = "failed_schedules"
    template_name = "articles/desk/failed_schedules_alarm.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Count what concerns whoever is signed in."""
        return {"number": failures_for(parent_context["request"].user).count()}


@require_safe
def failed_schedules(request: HttpRequest) -> HttpResponse:
    """List what could not be done at its time, why, and when it is tried again."""
    if not PagePermissionPolicy().user_has_permission(request.user, "publish"):
        raise PermissionDenied
    title = _("Not published on time")
    context = {
        "failures": failures_for(request.user),
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "articles/desk/failed_schedules.html", context)


@require_POST
def try_schedule_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try at once what failed, and tell how it went."""
    failure = get_object_or_404(ScheduleFailure.objects.select_related("page"), id=pk)
    if not failure.page.permissions_for_user(user_of(request)).can_publish():
        raise PermissionDenied
    title = {"title": failure.page.get_admin_display_title()}
    if try_again(failure=failure, now=timezone.now()):
        messages.success(request, _("“%(title)s” is done now.") % title)
    elif ScheduleFailure.objects.filter(pk=failure.pk).exists():
        messages.error(request, _("“%(title)s” still cannot be done; the reason is below.") % title)
    else:
        messages.info(request, _("Nothing is left to do with “%(title)s”.") % title)
    return redirect("failed_schedules")
