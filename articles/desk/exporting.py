"""Taking articles out from the admin: the whole site or a single article, in any format, as it is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.exchange.writing import formats
from articles.exchange.writing.selection import Selection
from articles.exchange.writing.target import zipped
from articles.models import ArticleIndexPage, ArticlePage


def may_export(user: Any) -> bool:
    """Return whether `user` may take articles out: who may edit all of them, since drafts go along."""
    index = ArticleIndexPage.objects.first()
    return index is not None and PagePermissionPolicy().user_has_permission_for_instance(user, "change", index)


def changes_pages(user: Any) -> bool:
    """Return whether `user` may change pages at all: what menus ask, since Wagtail keeps the answer."""
    return bool(PagePermissionPolicy().user_has_permission(user, "change"))


class ExportForm(forms.Form):
    """What is taken out, and in which format."""

    format = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.RadioSelect)
    article = forms.ModelMultipleChoiceField(
        ArticlePage.objects.filter(alias_of=None), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(name, each.LABEL) for name, each in formats().items()]  # type: ignore[attr-defined]  # of a ChoiceField


@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Ask for the format, or answer with a zip of the export, which is sent while it is written.

    The articles are those that `article` names by their ids, or else all. Raises PermissionDenied.
    """
    if not may_export(request.user):
        raise PermissionDenied
    form = ExportForm(request.GET if "format" in request.GET else None, initial={"format": "json"})
    if form.is_valid():
        chosen = tuple(article.pk for article in form.cleaned_data["article"]) or None
        return _file(form.cleaned_data["format"], chosen)
    named = ArticlePage.objects.filter(pk__in=[key for key in request.GET.getlist("article") if _is_key(key)])
    title = _("Export")
    context = {
        "form": form,
        "articles": list(named.only("title", "draft_title")),
        "page_title": title,
        "header_title": title,
        "header_icon": "download",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "articles/desk/export.html", context)


class ExportMenuItem(PageMenuItem):
    """Leads from an article in the admin to where it is taken out."""

    label = gettext_lazy("Export…")
    icon_name = "download"
    url_name = "export_articles"

    @property
    def url(self) -> str:
        """Where the format is asked for."""
        return f"{reverse(self.url_name)}?article={self.page.pk}"

    def is_shown(self, user: Any) -> bool:
        """Show it under articles, to those who may take them out."""
        return self.page.specific_class is ArticlePage and not self.page.alias_of_id and changes_pages(user)


class _ReportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may take articles out."""
        return changes_pages(request.user)


@hooks.register("register_reports_menu_item")
def in_the_menu() -> MenuItem:
    """Lead to the export of the whole site."""
    return _ReportsItem(gettext_lazy("Export"), reverse("export_articles"), icon_name="download", order=1100)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Add the screen."""
    return [path("articles/export/", export, name="export_articles")]


def _file(format_name: str, chosen: tuple[int, ...] | None) -> StreamingHttpResponse:
    pieces = formats()[format_name].pieces(Selection(chosen=chosen), with_media=True)
    answer = StreamingHttpResponse(zipped(pieces), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="almanac-{format_name}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
