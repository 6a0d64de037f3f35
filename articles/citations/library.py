"""The library of sources in the admin: listing, form, and the dialog in which one is chosen or added while writing."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenView,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from articles.citations.editing import label_in_text
from articles.citations.forms import SourceForm
from articles.citations.usage import pages_citing
from articles.models.source import Source
from prose.spreadsheets import SafeExportMixin

SEARCHED = ("title", "authors", "publication", "doi", "pmid", "isbn", "url")
MOST_WORDS = 12


def matching(sources: QuerySet[Source], query: str) -> QuerySet[Source]:
    """Return those of `sources` that hold every word of `query`, in whatever an editor may remember of them.

    Of a long query the first words: the database takes no expression of any size.
    """
    for word in query.split()[:MOST_WORDS]:
        told = Q(year=int(word)) if word.isdecimal() and len(word) == 4 else Q()
        for name in SEARCHED:
            told |= Q(**{f"{name}__icontains": word})
        sources = sources.filter(told)
    return sources


class SourceFilters(WagtailFilterSet):
    """What the listing can be narrowed down to."""

    tier = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind of evidence"), choices=Source.Tier.choices, widget=forms.CheckboxSelectMultiple
    )
    link = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Link"), choices=Source.Link.choices, widget=forms.CheckboxSelectMultiple
    )
    age = django_filters.ChoiceFilter(
        label=gettext_lazy("Age"),
        choices=[("old", gettext_lazy("Older than 5 years"))],
        empty_label=gettext_lazy("Any"),
        method="of_age",
        widget=forms.RadioSelect,
    )
    use = django_filters.ChoiceFilter(
        label=gettext_lazy("Use"),
        choices=[("used", gettext_lazy("Cited")), ("unused", gettext_lazy("Cited nowhere"))],
        empty_label=gettext_lazy("Any"),
        method="in_use",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Source
        fields = ["tier", "link", "age", "use"]

    def of_age(self, sources: Any, name: str, value: str) -> Any:
        """Return the old ones."""
        return sources.old(timezone.localdate())

    def in_use(self, sources: Any, name: str, value: str) -> Any:
        """Return those that articles cite, or those that none does."""
        return sources.filter(uses=0) if value == "unused" else sources.filter(uses__gt=0)


class LibraryView(SafeExportMixin, IndexView):
    """The listing, which is searched without an index."""

    def search_queryset(self, queryset: Any) -> Any:
        """Return what holds the words that were typed."""
        return matching(queryset, self.search_query) if self.search_query else queryset


class SourceSearch(BaseFilterForm):
    """The field in which the dialog is searched."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Title, author, year, DOI …")}),
    )

    def filter(self, objects: Any) -> Any:
        """Return what holds the words that were typed."""
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q") or ""
        self.is_searching = bool(self.search_query)
        return matching(objects, self.search_query)


class _Dialog:
    """A list of sources that can be searched, and told apart."""

    filter_form_class = SourceSearch

    @property
    def columns(self) -> list[Column]:
        """Return what the dialog tells of each."""
        first: list[Column] = super().columns  # type: ignore[misc]  # of the view
        return [
            *first,
            Column("authors", label=gettext_lazy("Authors")),
            Column("year", label=gettext_lazy("Year")),
            Column("get_tier_display", label=gettext_lazy("Kind of evidence")),
        ]


class _NewSource:
    """A form beside that of a page, which has a title too."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Return what the form is made with: names and ids of its own."""
        made_with: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]  # of the view
        return made_with | {"prefix": "source"}


class ChooseSource(_NewSource, _Dialog, ChooseView):
    """The dialog."""


class ChooseSourceResults(_Dialog, ChooseResultsView):
    """Its list, when something is searched for."""


class _Labeled:
    """Also tells what the source is called in the text."""

    def get_chosen_response_data(self, item: Source) -> dict[str, Any]:
        """Return what the editor learns of the chosen source."""
        data: dict[str, Any] = super().get_chosen_response_data(item)  # type: ignore[misc]  # of the view
        return data | {"label": label_in_text(item)}


class SourceChosen(_Labeled, SnippetChosenView):
    """The answer when a source was chosen."""


class SourceAdded(_NewSource, _Labeled, SnippetCreateView):
    """The answer when one was added."""


class SourceChooserViewSet(SnippetChooserViewSet):
    """The dialog in which a source is chosen, or added."""

    icon = "cite"
    choose_view_class = ChooseSource
    choose_results_view_class = ChooseSourceResults
    chosen_view_class = SourceChosen
    create_view_class = SourceAdded
    creation_form_class = SourceForm
    search_tab_label = gettext_lazy("In the library")
    create_action_label = gettext_lazy("Add and cite")
    creation_tab_label = gettext_lazy("New source")


class SourceViewSet(SnippetViewSet):
    """The library."""

    model = Source
    icon = "cite"
    add_to_admin_menu = True
    menu_label = gettext_lazy("Sources")
    menu_order = 450
    list_display = [
        "title",
        "authors",
        Column("year", label=gettext_lazy("Year"), sort_key="year"),
        Column("get_tier_display", label=gettext_lazy("Kind of evidence"), sort_key="tier"),
        Column("uses", label=gettext_lazy("Cited in"), sort_key="uses"),
        Column("get_link_display", label=gettext_lazy("Link"), sort_key="link"),
    ]
    search_fields = SEARCHED
    list_export = ["title", "authors", "publication", "year", "tier", "doi", "pmid", "isbn", "url", "uses", "link"]
    export_headings = {"uses": gettext_lazy("Cited in")}
    export_filename = "sources"
    filterset_class = SourceFilters
    index_view_class = LibraryView
    chooser_viewset_class = SourceChooserViewSet
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("identifiers"),
            FieldPanel("title"),
            FieldPanel("authors"),
            FieldPanel("publication"),
            FieldPanel("year"),
            FieldPanel("tier"),
            FieldPanel("accessed_on"),
        ],
        base_form_class=SourceForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the sources, each with the number of pages that cite it."""
        return Source.objects.with_uses()


def refuse_to_delete_what_is_cited(request: HttpRequest, sources: list[Any]) -> HttpResponse | None:
    """Return the way back, with a sentence why, if articles cite one of `sources`."""
    for source in sources:
        pages = pages_citing(source) if isinstance(source, Source) else []
        if pages:
            count = ngettext("%(count)d article cites it", "%(count)d articles cite it", len(pages))
            sentence = _("“%(source)s” was not deleted: %(count)s: %(articles)s. Take the citations out first.") % {
                "source": source.title,
                "count": count % {"count": len(pages)},
                "articles": ", ".join(f"“{page.get_admin_display_title()}”" for page in pages[:5]),
            }
            messages.error(request, sentence)
            return redirect(reverse(SourceViewSet().get_url_name("list")))
    return None
