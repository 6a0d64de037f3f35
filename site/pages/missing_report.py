"""The report of missing addresses in the admin: where readers were led to nothing, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView

from pages.models import MissingAddress
from prose.spreadsheets import csv_answer

PER_PAGE = 50


def leading_nowhere(*, ignored: bool) -> QuerySet[MissingAddress]:
    """Return the addresses that no redirect leads away from, the most asked for first."""
    # Redirects are kept without the slash at the end.
    redirects = Redirect.objects.alias(with_slash=Concat("old_path", Value("/")))
    led_away = redirects.filter(Q(old_path=OuterRef("path")) | Q(with_slash=OuterRef("path")))
    found = MissingAddress.objects.filter(~Exists(led_away), is_ignored=ignored)
    return found.order_by("-hits", "-last_seen_on", "path")


@require_safe
def report(request: HttpRequest) -> HttpResponseBase:
    """Show the missing addresses, or with `?show=ignored` those set aside, or send them as a file with `?as=csv`."""
    _require(request, "pages.view_missingaddress")
    ignored = request.GET.get("show") == "ignored"
    rows = leading_nowhere(ignored=ignored)
    if request.GET.get("as") == "csv":
        header = [_("Address"), _("Requests"), _("First asked for"), _("Last asked for"), _("Linked from")]
        table = ([row.path, row.hits, row.first_seen_on, row.last_seen_on, row.referrer] for row in rows.iterator())
        return csv_answer("missing-addresses", header, table)
    context = {
        "page_title": _("Missing addresses"),
        "header_icon": "redirect",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "ignored": ignored,
        "may_redirect": request.user.has_perm("wagtailredirects.add_redirect"),
        "may_ignore": request.user.has_perm("pages.change_missingaddress"),
    }
    return render(request, "pages/missing_report.html", context)


@require_POST
def ignore(request: HttpRequest, key: int) -> HttpResponse:
    """Set an address aside if `ignored` is "1", else take it up again. Sent twice, it does the same."""
    _require(request, "pages.change_missingaddress")
    address = get_object_or_404(MissingAddress, pk=key)
    address.is_ignored = request.POST.get("ignored") == "1"
    address.save(update_fields=["is_ignored"])
    message = _("“%(address)s” is ignored now.") if address.is_ignored else _("“%(address)s” is listed again.")
    messages.success(request, message % {"address": address.path})
    return redirect(reverse("missing_addresses") + ("" if address.is_ignored else "?show=ignored"))


class AddRedirect(CreateView):
    """Wagtail's form for a redirect, with the missing address filled in. It is sent to Wagtail's own view."""

    def get_initial(self) -> dict[str, Any]:
        """Return the address that `?from=` names."""
        initial: dict[str, Any] = super().get_initial()
        return initial | {"old_path": self.request.GET.get("from", "")[:255]}


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the report."""
    return [
        path("missing-addresses/", report, name="missing_addresses"),
        path("missing-addresses/redirect/", AddRedirect.as_view(), name="redirect_missing_address"),
        path("missing-addresses/<int:key>/ignore/", ignore, name="ignore_missing_address"),
    ]


class MissingAddressesItem(MenuItem):
    """The entry in the menu, for who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever is signed in may see the report."""
        return request.user.has_perm("pages.view_missingaddress")


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Add the report to the menu."""
    return MissingAddressesItem(
        gettext_lazy("Missing addresses"),
        reverse("missing_addresses"),
        name="missing-addresses",
        icon_name="redirect",
        order=1400,
    )
