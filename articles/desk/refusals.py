"""Telling an editor in words why a page was not published, wherever in the admin Wagtail itself would fail."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from articles.readiness.gate import NotReady
from articles.readiness.sentences import sentences


class RefusalsInWords:
    """Middleware: answers what the screens of pages in the admin raise when a page cannot be stored or published.

    The editor's form finds all of it first, and says it beside the fields. This is for the doors that have no form (an
    approval, a copy), and for what became wrong between the form and the database, such as an address that is taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as whoever is inside does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead back to the page, with what is wrong. A page that was not made yet is left in the browser's form."""
        match = request.resolver_match
        if not isinstance(exception, ValidationError) or match is None or "wagtailadmin_pages" not in match.namespaces:
            return None
        page = Page.objects.filter(pk=match.kwargs.get("page_id")).first()
        found = sentences(exception, page.specific_class if page else Page)
        if page is None:
            title = exception.title if isinstance(exception, NotReady) else ""
            context = {"sentences": found, "header_title": _not_done(title), "page_title": _not_done(title)}
            return render(request, "articles/desk/not_done.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        listed = format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in found)))
        messages.error(request, format_html("{}{}", _not_done(page.get_admin_display_title()), listed))
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the dialog of a workflow follows.
            return JsonResponse({"step": "success", "redirect": edit})
        return redirect(edit)


def _not_done(title: str) -> str:
    return _("“%(title)s” was not published:") % {"title": title} if title else _("The page was not published:")
