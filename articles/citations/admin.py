"""What citing adds to the Wagtail admin: the library, the feature of the text editor, and the reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from articles.citations import editing, reports
from articles.citations.library import SourceViewSet, refuse_to_delete_what_is_cited
from articles.citations.showing import CitationHandler

register_snippet(SourceViewSet)


@hooks.register("register_rich_text_features")
def cite(features: FeatureRegistry) -> None:
    """Let texts cite sources."""
    features.register_embed_type(CitationHandler)
    editing.register(features)


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    """Add the icon of sources."""
    return [*names, "articles/icons/cite.svg"]


@hooks.register("before_delete_snippet")
def keep_what_is_cited(request: HttpRequest, sources: list[Any]) -> HttpResponse | None:
    """Refuse to delete a source that an article cites."""
    return refuse_to_delete_what_is_cited(request, sources)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Add the reports."""
    return reports.urls()


@hooks.register("register_reports_menu_item")
def old_sources() -> MenuItem:
    """Lead to the sources that something newer may have overtaken."""
    return reports.menu_item(reports.OldSources, order=1200)


@hooks.register("register_reports_menu_item")
def dead_links() -> MenuItem:
    """Lead to the sources whose link died."""
    return reports.menu_item(reports.DeadLinks, order=1210)


@hooks.register("register_reports_menu_item")
def claims() -> MenuItem:
    """Lead to the report of findings, narrowed down to claims that no source backs."""
    address = reverse("findings", query={"rule": "unsourced_claim"})
    return reports.SourceReportItem(
        gettext_lazy("Claims without a source"), address, name="unsourced-claims", icon_name="cite", order=1220
    )
