"""The report of pictures that lack words: what they show, who made them, under what they may be used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from pictures.models import Picture
from prose.spreadsheets import SafeExportMixin

LACKS = {
    "description": (_("What it shows"), Q(description="")),
    "credit": (_("Who made it"), Q(credit="")),
    "license": (_("License"), Q(license="")),
}
"""What a picture may lack: how editors call it, and the pictures that lack it."""


class PictureFilters(WagtailFilterSet):
    """What is missing, and whether a page shows the picture."""

    lacks = django_filters.ChoiceFilter(
        label=_("What is missing"),
        method="without",
        empty_label=_("Anything"),
        choices=[(name, label) for name, (label, _condition) in LACKS.items()],
    )
    used = django_filters.BooleanFilter(label=_("Shown on a page"), method="shown")

    class Meta:
        model = Picture
        fields: list[str] = []

    def without(self, pictures: QuerySet[Picture], _name: str, lack: str) -> QuerySet[Picture]:
        """Return those of `pictures` that lack one thing."""
        return pictures.filter(LACKS[lack][1])

    def shown(self, pictures: QuerySet[Picture], _name: str, used: bool) -> QuerySet[Picture]:
        """Return those of `pictures` that are shown on a page, or those that are not."""
        keys = [int(key) for key in set(_references().values_list("to_object_id", flat=True))]
        return pictures.filter(pk__in=keys) if used else pictures.exclude(pk__in=keys)


class UsedInColumn(Column):
    """The pages that show a picture, each with a link to its editor."""

    def get_value(self, instance: Any) -> SafeString:
        """Return the links."""
        links = ((reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in instance.used_in)
        return format_html_join(", ", '<a href="{}">{}</a>', links)


def _edit_address(picture: Any) -> str | None:
    return reverse("wagtailimages:edit", args=[picture.pk]) if picture.may_be_changed else None


class PicturesWithoutWords(SafeExportMixin, ReportView):
    """Pictures that lack a description, a credit or a license, the newest first."""

    model = Picture
    page_title = _("Pictures without words")
    header_icon = "image"
    index_url_name = "pictures_without_words"
    index_results_url_name = "pictures_without_words_results"
    export_filename = "pictures-without-words"
    no_results_message = _("Every picture says what it shows, who made it, and under what it may be used.")
    filterset_class = PictureFilters
    any_permission_required = ["choose", "change"]
    columns = [
        TitleColumn("title", label=_("Picture"), get_url=_edit_address),
        Column("missing", label=_("Missing")),
        UsedInColumn("used_in", label=_("Shown in")),
        DateColumn("created_at", label=_("Uploaded")),
    ]
    list_export = ["title", "missing", "used_in_words", "created_at"]
    export_headings = {"missing": _("Missing"), "used_in_words": _("Shown in")}

    def get_base_queryset(self) -> QuerySet[Picture]:
        """Return those that whoever asks may show on a page."""
        return self._permitted(self.any_permission_required).filter(lacking_words()).order_by("-created_at", "-pk")

    def decorate_paginated_queryset(self, object_list: QuerySet[Picture]) -> QuerySet[Picture]:
        """Return the pictures of one page, each with what it lacks, where it is shown, and if one may change it."""
        add_uses(object_list)
        shown = [picture.pk for picture in object_list]
        own = set(self._permitted(["change"]).filter(pk__in=shown).values_list("pk", flat=True))
        for picture in object_list:
            picture.may_be_changed = picture.pk in own
        return object_list

    def _permitted(self, permissions: list[str]) -> QuerySet[Picture]:
        policy = policy_registry.get_by_type(Picture)
        pictures: QuerySet[Picture] = policy.instances_user_has_any_permission_for(self.request.user, permissions)
        return pictures


def lacking_words() -> Q:
    """Return the condition of a picture that lacks anything of `LACKS`."""
    missing = Q()
    for _label, condition in LACKS.values():
        missing |= condition
    return missing


def add_uses(pictures: Iterable[Any]) -> None:
    """Add to each of `pictures` what is `missing`, and the pages that it is `used_in`. Two queries for any number."""
    used_in = defaultdict(set)
    keys = [str(picture.pk) for picture in pictures]
    for picture_key, page_key in _references().filter(to_object_id__in=keys).values_list("to_object_id", "object_id"):
        used_in[picture_key].add(int(page_key))
    pages = Page.objects.in_bulk({key for found in used_in.values() for key in found})
    for picture in pictures:
        named = [pages[key] for key in used_in[str(picture.pk)] if key in pages]
        picture.used_in = sorted(named, key=lambda page: page.title)
        picture.used_in_words = ", ".join(page.title for page in picture.used_in)
        picture.missing = ", ".join(
            str(label) for name, (label, _condition) in LACKS.items() if not getattr(picture, name)
        )


def _references() -> QuerySet[Any]:
    """Return the rows of Wagtail's index of references that lead from a page to a picture."""

    def kind(model: type[Model]) -> ContentType:
        return ContentType.objects.get_for_model(model)

    rows: QuerySet[Any] = ReferenceIndex.objects.filter(to_content_type=kind(Picture), base_content_type=kind(Page))
    return rows


class PicturesItem(MenuItem):
    """The entry of the report in the menu, for those who may change pictures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever is signed in may see the report."""
        policy = policy_registry.get_by_type(Picture)
        return bool(policy.user_has_any_permission(request.user, PicturesWithoutWords.any_permission_required))
