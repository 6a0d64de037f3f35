"""The list of articles in the admin: what stands how with each, narrowed down, ordered, and taken along as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, PageQuerySet

from articles.desk.importing.access import adds_pages
from articles.desk.pages import user_of
from articles.models import ArticlePage
from pages.desk.facts import facts_of, orderings
from pages.desk.filters import ArticleFilters
from pages.desk.reach import edits
from prose.spreadsheets import SafeExportMixin

CHUNK = 500
"""So many articles are read at once for a file."""


class FactsColumn(Column):
    """A column that shows something of the facts of an article, by a template of its own."""

    class Media:
        css = {"all": ["desk/editors.css"]}

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, accessor="facts", **options)
        self.cell_template_name = f"pages/desk/columns/{name}.html"


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
    FactsColumn("contributors", label=_("Contributors")),
    FactsColumn("review", label=_("Reviewed"), sort_key="due"),
    FactsColumn("words", label=_("Words"), sort_key="words"),
    FactsColumn("rating", label=_("Rating"), sort_key="rating"),
    FactsColumn("findings", label=_("Findings"), sort_key="errors"),
    DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
]
EXPORT = {
    "title": _("Title"),
    "status_string": _("Status"),
    "facts.everybody": _("Contributors"),
    "facts.reviewer": _("Reviewer"),
    "facts.due_on": _("Review due on"),
    "facts.words": _("Words"),
    "facts.mean": _("Rating"),
    "facts.votes": _("Votes"),
    "facts.errors": _("Errors"),
    "facts.warnings": _("Warnings"),
    "latest_revision_created_at": _("Updated"),
    "full_url": _("Address"),
}
"""The columns of the file, by where the value is found."""


class ArticleListing(SafeExportMixin):
    """What a listing of articles has beside one of pages: the facts, orders by them, and files without formulas."""

    list_export = list(EXPORT)

    def get_valid_orderings(self) -> list[str]:
        """Return the columns to order by; a search knows the columns of pages only."""
        valid: list[str] = super().get_valid_orderings()
        return [each for each in valid if each.lstrip("-") not in orderings()] if self.is_searching else valid

    def order_queryset(self, queryset: Any) -> Any:
        """Return `queryset` in the order that is asked for; what has no value comes last both ways."""
        name = str(self.ordering or "")
        by = None if self.is_searching else orderings().get(name.lstrip("-"))
        if by is None:
            return super().order_queryset(queryset)
        key = F("ordered_by")
        ordered = key.desc(nulls_last=True) if name.startswith("-") else key.asc(nulls_last=True)
        return queryset.annotate(ordered_by=by).order_by(ordered, "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give each article of the page its facts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        with_facts(context["object_list"])
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Return the file, for which the articles are read in chunks, without bodies."""
        return super().as_spreadsheet(Rows(queryset), spreadsheet_format)

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return the heading of a column of the file."""
        return str(EXPORT[field])


class Rows:
    """The articles of a list in its order, with their facts, a chunk at a time."""

    def __init__(self, found: Any) -> None:
        is_plain = isinstance(found, QuerySet)
        self.keys = list(found.values_list("pk", flat=True)) if is_plain else [each.pk for each in found]

    def __iter__(self) -> Iterator[ArticlePage]:
        for start in range(0, len(self.keys), CHUNK):
            keys = self.keys[start : start + CHUNK]
            articles = ArticlePage.objects.defer("body").in_bulk(keys)
            yield from with_facts([articles[key] for key in keys if key in articles])


def with_facts(articles: Any) -> list[Any]:
    """Return `articles`, each with its facts as `facts`. Four queries."""
    found = list(articles)
    facts = facts_of([article.pk for article in found], timezone.localdate())
    for article in found:
        article.facts = facts[article.pk]
    return found


class AllArticles(ArticleListing, IndexView):
    """All articles that whoever looks may work on."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Return Wagtail's own buttons and, for who may add pages, one that begins from a text."""
        begin = HeaderButton(_("New article from…"), url=reverse("new_article_from"), icon_name="download")
        return [*super().header_buttons, *([begin] if adds_pages(user_of(self.request)) else [])]

    def get_base_queryset(self) -> Any:
        """Return them as rows of the table of pages: a row of the articles' own table is nearly all body."""
        articles = PageQuerySet(Page).filter(content_type=ContentType.objects.get_for_model(ArticlePage))
        allowed = self.permission_policy.explorable_instances(self.request.user)
        return self.annotate_queryset(articles.filter(pk__in=allowed.order_by().values("pk")))


class ArticlesBelow(ArticleListing, ExplorableIndexView):
    """The same where the tree of pages is explored."""


class ArticleListingViewSet(PageListingViewSet):
    """The entry "Articles" of the menu."""

    model = ArticlePage
    index_view_class = AllArticles
    name = "articles"
    url_prefix = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    menu_name = "articles"
    menu_order = 110
    add_to_admin_menu = True
    columns = COLUMNS
    filterset_class = ArticleFilters
    export_filename = "articles"


class ArticlePages(PageViewSet):
    """Articles where the tree of pages is explored."""

    model = ArticlePage
    index_view_class = ArticlesBelow
    columns = COLUMNS
    filterset_class = ArticleFilters
    export_filename = "articles"


@hooks.register("register_admin_viewset")
def listings() -> list[Any]:
    """Add both."""
    return [ArticleListingViewSet(), ArticlePages()]


@hooks.register("construct_main_menu")
def only_for_who_edits(request: HttpRequest, items: list[Any]) -> None:
    """Leave the entry out of the menu of who may work on no page: Wagtail shows it to everybody in the admin."""
    if not edits(user_of(request)):
        items[:] = [item for item in items if item.name != "articles"]
