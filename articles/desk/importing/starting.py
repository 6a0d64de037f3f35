"""“New article from…”: what is pasted or uploaded is read, and leads to its review."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.actions.importing import begin_import
from articles.desk.importing.access import for_importers
from articles.desk.importing.forms import NewArticleForm, author_names
from articles.desk.pages import user_of
from articles.models import ImportItem, ImportRun
from articles.tasks import go_on, go_on_with_import

SMALL = 3_000_000
"""A file of at most so many bytes is read at once, as far as somebody waits for it; the worker does the rest."""
READ_AT_ONCE = 20
SECONDS_AT_ONCE = 4


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def new_article_from(request: HttpRequest) -> HttpResponse:
    """Ask for a text or a file, and read it. 422, with what was typed, for what cannot be read."""
    if request.method != "POST":
        return _page(request, NewArticleForm())
    form = NewArticleForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    run = _begin(request, form)
    if run.state == ImportRun.State.REFUSED:
        form.add_error("file" if form.cleaned_data["file"] else "text", run.reason)
        run.delete()
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(address_of(run))


def address_of(run: ImportRun) -> str:
    """Return where an import goes on: the review of its only article, else its own page."""
    items = list(run.items.order_by("number").values_list("number", "state")[:2])
    if run.state == ImportRun.State.WAITING and len(items) == 1 and items[0][1] == ImportItem.State.WAITING:
        return reverse("review_import", args=[run.public_id, items[0][0]])
    return reverse("article_import", args=[run.public_id])


def _begin(request: HttpRequest, form: NewArticleForm) -> ImportRun:
    name, file, format_name = form.sent()
    with transaction.atomic():
        run = begin_import(
            name=name or _("Pasted text"),
            file=file,
            format_name=format_name,
            options=form.options(),
            by=user_of(request),
        )
        # Whatever happens to this request, the worker reads it.
        go_on_with_import.enqueue(run.pk)
    return go_on(run, most_read=READ_AT_ONCE, seconds=SECONDS_AT_ONCE) if file.size <= SMALL else run


def _page(request: HttpRequest, form: NewArticleForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    title = _("New article from…")
    context: dict[str, Any] = {
        "form": form,
        "authors": author_names(),
        "header_title": title,
        "page_title": title,
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("article_imports"), "label": _("Imports")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "articles/importing/new.html", context, status=status)
