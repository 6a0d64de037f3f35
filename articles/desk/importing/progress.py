"""The imports, and how far one of them is: what was read, what will become of it, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles.actions.importing import move_import
from articles.desk.importing.access import for_importers, may_import, run_of, runs_of
from articles.desk.pages import user_of
from articles.models import ImportItem, ImportRun
from articles.tasks import go_on, go_on_with_import

PER_PAGE = 50
SECONDS_AT_ONCE = 2
MADE_AT_ONCE = 10
RUNNING = (ImportRun.State.READING, ImportRun.State.APPLYING)
PLANS: dict[str, str | Promise] = {
    "created": gettext_lazy("Becomes a new draft"),
    "updated": gettext_lazy("Becomes a new draft of its article"),
    "unchanged": gettext_lazy("Is here already, and stays as it is"),
    "refused": gettext_lazy("Has no title yet"),
}
"""What will become of an item that waits, by what its report plans."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A part of the list: what it is called, and how many items it has."""

    name: str
    label: str
    count: int
    is_current: bool


@require_safe
@for_importers
def imports(request: HttpRequest) -> HttpResponse:
    """List the imports, the latest first."""
    runs = runs_of(user_of(request)).annotate(
        all_items=Count("items"), waiting=Count("items", filter=Q(items__state=ImportItem.State.WAITING))
    )
    page = Paginator(runs.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "articles/importing/imports.html", frame(_("Imports")) | {"page": page})


@require_safe
@for_importers
def article_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far an import is, and its items a page at a time."""
    run = run_of(user_of(request), public_id)
    counts, plans = _counts(run)
    shown = request.GET.get("show", "")
    filters = _filters(counts, plans, shown)
    items = _narrowed(run.items.order_by("number"), shown)
    paginator = Paginator(items.defer("lines", "given", "document"), PER_PAGE)
    paginator.count = next((each.count for each in filters if each.is_current), counts.total())
    page = paginator.get_page(request.GET.get("p"))
    settled = counts.total() - counts[ImportItem.State.WAITING]
    context = frame(run.name, is_one=True) | {
        "run": run,
        "page": page,
        "items": [(item, PLANS.get(item.report.get("plan", ""), "")) for item in page],
        "filters": filters,
        "shown": shown,
        "total": counts.total(),
        "settled": settled,
        "waiting": counts[ImportItem.State.WAITING],
        "is_running": run.state in RUNNING,
        "stands_still": run.state in RUNNING and (run.started_by is None or not may_import(run.started_by)),
        "ignored": run.ignored[:PER_PAGE],
    }
    return render(request, "articles/importing/import.html", context)


@require_POST
@for_importers
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make drafts of all, stop where it is, or go on; the first of it at once, whether or not a worker runs."""
    run = run_of(user_of(request), public_id)
    with transaction.atomic():
        run = move_import(run=run, to=request.POST.get("do", ""))
        if run.state in RUNNING:
            go_on_with_import.enqueue(run.pk)
    go_on(run, most_made=MADE_AT_ONCE, seconds=SECONDS_AT_ONCE)
    return redirect("article_import", public_id)


def frame(title: str, *, is_one: bool = False) -> dict[str, Any]:
    """Return what the head of a screen of imports shows."""
    above = [{"url": reverse("article_imports"), "label": _("Imports")}] if is_one else []
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "download",
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
    }


def _counts(run: ImportRun) -> tuple[Counter[str], Counter[str]]:
    """Return how many items of `run` are in each state, and of those that wait how many are planned how: one query."""
    states: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    rows = run.items.order_by().values_list("state", "report__plan").annotate(number=Count("pk"))
    for state, plan, number in rows:
        states[state] += number
        if state == ImportItem.State.WAITING:
            plans[plan or ""] += number
    return states, plans


def _filters(states: Counter[str], plans: Counter[str], shown: str) -> list[Filter]:
    labels = [(f"will-{plan}", str(label), plans[plan]) for plan, label in PLANS.items()]
    labels += [(state.value, str(state.label), states[state]) for state in ImportItem.State if state != "waiting"]
    filled = [("", _("All"), states.total())] + [each for each in labels if each[2] or each[0] == shown]
    return [Filter(name=name, label=label, count=count, is_current=name == shown) for name, label, count in filled]


def _narrowed(items: QuerySet[ImportItem], shown: str) -> QuerySet[ImportItem]:
    if shown.startswith("will-"):
        return items.filter(state=ImportItem.State.WAITING, report__plan=shown.removeprefix("will-"))
    return items.filter(state=shown) if shown in ImportItem.State.values else items
