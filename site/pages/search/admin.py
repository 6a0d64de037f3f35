"""What the search adds to the Wagtail admin: synonyms and recommended results in a menu of their own, and a report."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.search_promotions.wagtail_hooks import SearchPicksMenuItem

from pages.models import Synonyms
from pages.search.report import may_see, report


class SynonymsViewSet(ModelViewSet):
    """List, add, change and remove groups of synonyms, by the permissions of the model."""

    model = Synonyms
    icon = "link"
    menu_label = _("Synonyms")
    copy_view_enabled = False
    form_fields = ["words"]
    list_display = [TitleColumn("words", label=_("Words"), url_name="synonyms:edit")]


class SearchGroup(ViewSetGroup):
    """The menu “Search”: what editors do so that readers find things."""

    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 450
    items = (SynonymsViewSet,)

    def get_submenu_items(self) -> list[MenuItem]:
        """Add the recommended results, which Wagtail would hide among the settings."""
        return [
            *super().get_submenu_items(),
            SearchPicksMenuItem(
                _("Recommended results"),
                reverse("wagtailsearchpromotions:index"),
                name="recommended-results",
                icon_name="pick",
            ),
        ]


class SearchesMenuItem(MenuItem):
    """The way to the report, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the reader of the menu may read the report."""
        return may_see(request.user)


@hooks.register("register_admin_viewset")
def search_group() -> SearchGroup:
    """Add the menu “Search”."""
    return SearchGroup()


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    """Add the report."""
    return [path("reports/searches/", report, name="searches_report")]


@hooks.register("register_reports_menu_item")
def searches_item() -> MenuItem:
    """Add the report to the reports."""
    return SearchesMenuItem(
        _("Searches of readers"), reverse("searches_report"), name="searches", icon_name="search", order=1300
    )


@hooks.register("construct_reports_menu")
def without_the_empty_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail's own report of search terms: nothing is written for it while readers wait."""
    items[:] = [item for item in items if item.name != "search-terms"]


@hooks.register("construct_settings_menu")
def without_a_second_way(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave the recommended results to the menu “Search”."""
    items[:] = [item for item in items if item.name != "promoted-search-results"]


@hooks.register("register_permissions")
def search_permissions() -> QuerySet[Permission]:
    """Let administrators give the report and the synonyms to groups."""
    return Permission.objects.filter(
        content_type__app_label="pages",
        codename__in=["view_searchterm", "add_synonyms", "change_synonyms", "delete_synonyms"],
    )
