"""Reports on sources: those that something newer may have overtaken, and those whose link died."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, ReferenceIndex

from articles.models.source import Source
from prose.spreadsheets import SafeExportMixin

ANY_PERMISSION = ["add", "change", "delete", "view"]


def _edit_address(source: Source) -> str:
    return reverse(source.snippet_viewset.get_url_name("edit"), args=[source.pk])  # type: ignore[attr-defined]  # by Wagtail


class CitedInColumn(Column):
    """The articles that cite a source, each with a link to its editor."""

    def get_value(self, instance: Source) -> SafeString:
        """Return the links."""
        links = ((reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in instance.cited_in)  # type: ignore[attr-defined]  # `add_pages`
        return format_html_join(", ", '<a href="{}">{}</a>', links)


class SourceReport(SafeExportMixin, ReportView):
    """A list of sources, with the articles that cite them."""

    model = Source
    header_icon = "cite"
    any_permission_required = ANY_PERMISSION
    index_url_name: str
    page_title: Any
    columns = [
        TitleColumn("title", label=_("Source"), get_url=_edit_address),
        Column("year", label=_("Year")),
        Column("get_tier_display", label=_("Kind of evidence")),
        CitedInColumn("cited_in", label=_("Cited in")),
    ]
    list_export = ["title", "authors", "year", "tier", "address", "cited_in_words"]
    export_headings = {"address": _("Address"), "cited_in_words": _("Cited in")}

    def decorate_paginated_queryset(self, object_list: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources of one page, each with what cites it."""
        add_pages(object_list)
        return object_list


class OldSources(SourceReport):
    """Sources that appeared long ago, the oldest first."""

    page_title = _("Old sources")
    export_filename = "old-sources"
    index_url_name = "old_sources"
    index_results_url_name = "old_sources_results"
    no_results_message = _("No source is older than five years.")

    def get_base_queryset(self) -> QuerySet[Source]:
        """Return them."""
        return Source.objects.old(timezone.localdate()).order_by("year", "title", "pk")


class DeadLinks(SourceReport):
    """Sources whose address answers no longer, those that died longest ago first."""

    page_title = _("Sources whose link died")
    export_filename = "dead-links"
    index_url_name = "dead_source_links"
    index_results_url_name = "dead_source_links_results"
    no_results_message = _("Every link that was looked at answers.")
    columns = [
        *SourceReport.columns,
        Column("link_problem", label=_("What was wrong")),
        DateColumn("link_checked_at", label=_("Looked at")),
    ]
    list_export = [*SourceReport.list_export, "link_problem", "link_checked_at"]

    def get_base_queryset(self) -> QuerySet[Source]:
        """Return them."""
        return Source.objects.filter(link=Source.Link.DEAD).order_by("link_checked_at", "pk")


def add_pages(sources: Iterable[Source]) -> None:
    """Add to each of `sources` the pages that cite it as `cited_in`, and their titles. Two queries for any number."""
    keys = [str(source.pk) for source in sources]
    is_source = {"to_content_type": ContentType.objects.get_for_model(Source), "to_object_id__in": keys}
    rows = ReferenceIndex.objects.filter(**is_source).values_list("to_object_id", "object_id").distinct()
    named = defaultdict(set)
    for source_key, page_key in rows:
        named[source_key].add(int(page_key))
    pages = Page.objects.in_bulk({key for each in named.values() for key in each})
    for source in sources:
        cited_in = sorted((pages[key] for key in named[str(source.pk)] if key in pages), key=lambda page: page.title)
        source.cited_in = cited_in  # type: ignore[attr-defined]  # for the columns
        source.cited_in_words = ", ".join(page.title for page in cited_in)  # type: ignore[attr-defined]  # the same


def urls() -> list[URLPattern]:
    """Return the addresses of the reports."""
    return [
        path("reports/old-sources/", OldSources.as_view(), name="old_sources"),
        path("reports/old-sources/results/", OldSources.as_view(results_only=True), name="old_sources_results"),
        path("reports/dead-source-links/", DeadLinks.as_view(), name="dead_source_links"),
        path(
            "reports/dead-source-links/results/",
            DeadLinks.as_view(results_only=True),
            name="dead_source_links_results",
        ),
    ]


class SourceReportItem(MenuItem):
    """The entry of a report in the menu, for those who may see sources."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever is signed in may see the report."""
        return any(request.user.has_perm(f"articles.{name}_source") for name in ANY_PERMISSION)


def menu_item(report: type[SourceReport], *, order: int) -> MenuItem:
    """Return the entry of `report` in the menu of reports."""
    name = report.index_url_name
    return SourceReportItem(report.page_title, reverse(name), name=name, icon_name="cite", order=order)
