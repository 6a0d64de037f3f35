"""The report of findings: what the rules say of all articles, with a way to each place, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.forms import Select
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.desk.filters import PageFilter
from articles.models import ArticlePage, Examination, TopicPage
from articles.readiness.rules import rules
from articles.readiness.standing import field_label
from prose.spreadsheets import SafeExportMixin

TO_WORK = ["add", "change", "publish"]

SEVERITIES = [("error", _("Errors")), ("warning", _("Warnings"))]

CHUNK = 200
"""So many articles are read at once for a file."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A finding of an article. `reason` is why an editor let a warning stand."""

    article: str
    address: str
    """Where in the editor it is."""
    severity: str
    rule: str
    message: str
    field: str
    excerpt: str
    reason: str

    @property
    def is_error(self) -> bool:
        """Whether no reason makes up for it."""
        return self.severity == "error"

    @property
    def severity_label(self) -> str:
        """The severity in words."""
        return str(_("Error") if self.is_error else _("Warning"))


def rows_of(examination: Examination, asked: Mapping[str, str]) -> Iterator[Row]:
    """Yield the findings of an article that are of the rule and of the severity that are `asked` for, or all."""
    reasons = {waiver.about: waiver.reason for waiver in examination.article.waivers.all()}
    edit = reverse("wagtailadmin_pages:edit", args=[examination.pk])
    for found in examination.findings:
        if any(asked.get(name) and asked[name] != found[name] for name in ("rule", "severity")):
            continue
        rule = rules().get(found["rule"])
        yield Row(
            article=examination.article.draft_title,
            address=f"{edit}#block-{found['block']}-section" if found["block"] else edit,
            severity=found["severity"],
            rule=str(rule.label) if rule else found["rule"],
            message=found["message"],
            field=field_label(found["field"]) if found["field"] else "",
            excerpt=found["excerpt"],
            reason="" if found["severity"] == "error" else reasons.get(found["about"], ""),
        )


def _says(examinations: QuerySet[Examination], name: str, value: str) -> QuerySet[Examination]:
    """Return those with a finding whose `name` is `value`. As text: databases differ in how to look into JSON."""
    return examinations.annotate(as_text=Cast("findings", TextField())).filter(as_text__contains=f'"{name}": "{value}"')


class FindingFilters(WagtailFilterSet):
    """By what the report can be narrowed down."""

    rule = ChoiceFilter(
        label=_("Rule"),
        choices=lambda: sorted(((name, rule.label) for name, rule in rules().items()), key=lambda each: str(each[1])),
        method="of_value",
        widget=Select,
    )
    severity = ChoiceFilter(label=_("Severity"), choices=SEVERITIES, method="of_value", widget=Select)
    topic = PageFilter(
        label=_("Topic"),
        queryset=lambda request: TopicPage.objects.filter(depth__gt=2).order_by("path"),
        method="of_topic",
        widget=Select,
    )

    class Meta:
        model = Examination
        fields: list[str] = []

    def of_value(self, examinations: QuerySet[Examination], name: str, value: str) -> QuerySet[Examination]:
        """Return those with a finding of that rule or severity."""
        return _says(examinations, name, value)

    def of_topic(self, examinations: QuerySet[Examination], _name: str, topic: TopicPage) -> QuerySet[Examination]:
        """Return those of a topic and of all topics below it."""
        return examinations.filter(article__in=ArticlePage.objects.of_topic(topic).order_by().values("pk"))


class FindingsColumn(Column):
    """The findings of an article, each with a link to its place in the editor."""

    cell_template_name = "articles/desk/findings_cell.html"


class FindingsReport(SafeExportMixin, ReportView):
    """The articles that somebody may edit and that something was found in, those with most errors first.

    A file of it has a row for each finding.
    """

    model = Examination
    permission_policy = PagePermissionPolicy()
    any_permission_required = TO_WORK
    page_title = _("Findings in articles")
    header_icon = "tasks"
    index_url_name = "findings"
    index_results_url_name = "findings_results"
    export_filename = "findings"
    filterset_class = FindingFilters
    no_results_message = _("Nothing was found. The worker looks through articles soon after they were saved.")
    columns = [
        TitleColumn(
            "article",
            label=_("Article"),
            accessor="article.draft_title",
            get_url=lambda each: reverse("wagtailadmin_pages:edit", args=[each.pk]),
        ),
        FindingsColumn("shown", label=_("Findings")),
        DateColumn("examined_at", label=_("Looked through")),
    ]
    export_headings = {
        "article": _("Article"),
        "severity_label": _("Severity"),
        "rule": _("Rule"),
        "message": _("Finding"),
        "field": _("Field"),
        "excerpt": _("Text"),
        "reason": _("Reason to let it stand"),
        "address": _("Address in the editor"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Examination]:
        """Return the examinations that found something, of the articles that whoever asks may edit."""
        editable = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        found = Examination.objects.filter(article__in=editable.order_by().values("pk")).exclude(findings=[])
        with_articles = found.select_related("article").defer("article__body").prefetch_related("article__waivers")
        return with_articles.order_by("-errors", "-warnings", "pk")

    def decorate_paginated_queryset(self, object_list: QuerySet[Examination]) -> Iterable[Any]:
        """Return the examinations of one page with what is `shown` of each; for a file, every finding of all."""
        asked = self.request.GET
        if self.is_export:
            return (row for each in object_list.iterator(chunk_size=CHUNK) for row in rows_of(each, asked))
        for each in object_list:
            each.shown = list(rows_of(each, asked))  # type: ignore[attr-defined]  # for the column
        return object_list


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the report."""
    return [
        path("reports/findings/", FindingsReport.as_view(), name="findings"),
        path("reports/findings/results/", FindingsReport.as_view(results_only=True), name="findings_results"),
    ]


class FindingsItem(MenuItem):
    """The entry of the report in the menu, for who may work on articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever is signed in may see the report."""
        return bool(PagePermissionPolicy().user_has_any_permission(request.user, TO_WORK))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """Lead to the report."""
    return FindingsItem(FindingsReport.page_title, reverse("findings"), name="findings", icon_name="tasks", order=1190)
