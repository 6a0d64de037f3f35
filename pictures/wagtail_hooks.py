"""What pictures add to the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from pictures.reports import PicturesItem, PicturesWithoutWords


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the report."""
    report, results = PicturesWithoutWords.as_view(), PicturesWithoutWords.as_view(results_only=True)
    return [
        path("reports/pictures/", report, name=PicturesWithoutWords.index_url_name),
        path("reports/pictures/results/", results, name=PicturesWithoutWords.index_results_url_name),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Add the report to the menu."""
    name = PicturesWithoutWords.index_url_name
    return PicturesItem(PicturesWithoutWords.page_title, reverse(name), name=name, icon_name="image", order=1100)
