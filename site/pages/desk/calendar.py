"""The calendar: what goes on and off, and which reviews are due, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import get_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.desk.pages import user_of
from articles.models import ArticlePage, TopicPage
from pages.desk.month import Month
from pages.desk.planned import Planned, State, What, failed, midnight, planned
from pages.desk.reach import editable, edits


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something planned, as the calendar shows it; `unschedule_at` is empty for who may not take it back."""

    plan: Planned
    state: State
    standing: str
    unschedule_at: str


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the month of `?month=2026-11`, else this one, of a `?topic=` and `?what=`, as a table or with `?as=list`."""
    user, now, today = user_of(request), timezone.now(), timezone.localdate()
    if not edits(user):
        raise PermissionDenied
    month = Month.read(request.GET.get("month", ""), today)
    topics = TopicPage.objects.listed()
    topic = next((each for each in topics if str(each.pk) == request.GET.get("topic")), None)
    what = next((kind for kind in What.values if kind == request.GET.get("what")), "")
    pages = editable(user)
    if topic:
        pages = pages.filter(pk__in=ArticlePage.objects.of_topic(topic).order_by().values("pk"))
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    days = [day for week in month.days(first_weekday) for day in week]
    plans = planned(pages, midnight(days[0]), midnight(days[-1] + timedelta(days=1)))
    entries = _entries([plan for plan in plans if what in ("", plan.what)], user, now, request.get_full_path())
    context = {
        "page_title": _("Calendar"),
        "header_title": _("Calendar"),
        "header_icon": "calendar",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Calendar")},
        ],
        "month": month,
        "this_month": Month.of(today),
        "topics": topics,
        "topic": topic,
        "kinds": What.choices,
        "what": what,
        "kept": urlencode({"topic": topic.pk if topic else "", "what": what}),
        "as_list": request.GET.get("as") == "list",
        "weekdays": [WEEKDAYS[day.weekday()] for day in days[:7]],
        "weeks": month.weeks(entries, today, first_weekday),
        "has_plans": any(day.month == month.month for day in entries),
        "failed": failed(pages),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "pages/desk/calendar.html", context)


def _entries(plans: list[Planned], user: User, now: datetime, here: str) -> dict[date, list[Entry]]:
    """Return what is planned by day, with the way to take it back for who may publish the page. One query."""
    publishable = set(
        PagePermissionPolicy()
        .instances_user_has_permission_for(user, "publish")
        .filter(pk__in=[plan.page_id for plan in plans if plan.revision_id])
        .values_list("pk", flat=True)
    )
    found: dict[date, list[Entry]] = {}
    for plan in plans:
        address = ""
        if plan.revision_id and plan.page_id in publishable:
            unschedule = reverse("wagtailadmin_pages:revisions_unschedule", args=[plan.page_id, plan.revision_id])
            address = f"{unschedule}?{urlencode({'next': here})}"
        found.setdefault(plan.on, []).append(
            Entry(plan=plan, state=plan.state(now), standing=plan.standing(now), unschedule_at=address)
        )
    return found


class CalendarItem(MenuItem):
    """The way to the calendar, for who edits pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever is signed in edits pages."""
        return edits(user_of(request))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the calendar."""
    return [path("calendar/", calendar, name="editors_calendar")]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Add the calendar to the menu, below the articles."""
    return CalendarItem(gettext_lazy("Calendar"), reverse("editors_calendar"), icon_name="calendar", order=120)
