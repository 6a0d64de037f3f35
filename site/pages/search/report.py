"""What readers searched for, as editors read it: without result, and most asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.models import SearchTerm
from prose.spreadsheets import csv_answer

SPANS = (7, 30, 90)
PER_PAGE = 50
MOST_ROWS = 10_000


def may_see(user: Any) -> bool:
    """Return whether `user` may read what readers searched for."""
    return bool(user.has_perm("pages.view_searchterm"))


def searched(since: date, *, in_vain: bool) -> QuerySet[SearchTerm, Any]:
    """Return the words asked since a day, how often, and what the last of these searches found; the most asked first.

    `in_vain` leaves those of which the last search found no page with all words.
    """
    last = SearchTerm.objects.filter(words=OuterRef("words")).order_by("-day").values("results")[:1]
    terms = SearchTerm.objects.filter(day__gt=since).values("words")
    found = terms.annotate(number=Sum("searches"), found=Subquery(last)).order_by("-number", "words")
    return found.filter(found=0) if in_vain else found


def report(request: HttpRequest) -> HttpResponseBase:
    """Show what was searched for in the last `?days=`, or send it as a file with `?as=csv`."""
    if not may_see(request.user):
        raise PermissionDenied
    span = next((days for days in SPANS if str(days) == request.GET.get("days")), SPANS[1])
    in_vain = request.GET.get("show") != "all"
    rows = searched(timezone.localdate() - timedelta(days=span), in_vain=in_vain)
    if request.GET.get("as") == "csv":
        table = ([row["words"], row["number"], row["found"]] for row in rows[:MOST_ROWS])
        return csv_answer(f"searches-{span}-days", [_("Words"), _("Searches"), _("Pages found")], table)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Searches of readers"),
        "header_icon": "search",
        "spans": SPANS,
        "span": span,
        "in_vain": in_vain,
        "page": page,
    }
    return render(request, "search/report.html", context)
