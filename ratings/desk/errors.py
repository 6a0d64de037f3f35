"""The editors' queue of errors that readers report in articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.models import ArticlePage
from ratings import actions
from ratings.desk.door import PER_PAGE, moderator_of, only_posted
from ratings.models import ErrorReport
from ratings.models.error_report import ErrorReportQuerySet
from ratings.wording import readable_text

ANSWER_ERRORS = "ratings.answer_error_report"

LONGEST_KEY = 20
"""Digits of a key, at most."""


class AnswerForm(forms.Form):
    """What became of a report, as it was seen, and a sentence for its reader."""

    to = forms.ChoiceField(choices=ErrorReport.State.choices)
    seen = forms.ChoiceField(choices=ErrorReport.State.choices)
    seen_at = forms.CharField(required=False, max_length=40)
    answer = forms.CharField(required=False, strip=False)

    def clean_answer(self) -> str:
        """Return the sentence as written; "" if there is none."""
        answer: str = self.cleaned_data["answer"]
        return readable_text(answer, limit=1000) if answer.strip() else ""


class ErrorReportsMenuItem(MenuItem):
    """Leads to the queue, and says how many wait: for those who answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to those who may answer error reports."""
        return request.user.has_perm(ANSWER_ERRORS)

    def render_component(self, request: HttpRequest) -> Any:
        """Return the item of the side bar. One query."""
        component = super().render_component(request)
        if waiting := answerable(request).open().count():
            component.label = _("%(label)s (%(number)s)") % {"label": self.label, "number": waiting}
        return component


def menu_item() -> MenuItem:
    """Return what leads to the queue in the menu of the admin."""
    address = reverse("error_reports")
    return ErrorReportsMenuItem(gettext_lazy("Error reports"), address, icon_name="warning", order=260)


def answerable(request: HttpRequest) -> ErrorReportQuerySet:
    """Return the reports of the articles that whoever is signed in may edit."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(moderator_of(request), "change")
    return ErrorReport.objects.under(editable)


def for_those_who_answer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only those in who may answer error reports: for anybody else the view raises PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(ANSWER_ERRORS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_those_who_answer
def error_reports(request: HttpRequest) -> HttpResponse:
    """List the reports, what waits first; `?state=` of one state, `?article=` of one article, by its key."""
    return _page(request)


@only_posted
@for_those_who_answer
def answer_error(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what became of a report; 409 if another editor was faster, 422 if the sentence cannot be stored."""
    report = get_object_or_404(answerable(request).select_related("article"), id=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        errors = [str(error) for field in form.errors.values() for error in field]
        return _page(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=report.pk, message=" ".join(errors))
    sent = form.cleaned_data
    report.state = sent["seen"]
    try:
        seen_at = forms.DateTimeField(required=False).clean(sent["seen_at"])
        # A moment that is in no year of ours overflows here; it would in the database.
        report.answered_at = seen_at and seen_at.astimezone(UTC)
        actions.answer_error(
            report=report,
            to=ErrorReport.State(sent["to"]),
            by=moderator_of(request),
            answer=sent["answer"],
            now=timezone.now(),
        )
    except (actions.AnsweredMeanwhile, ValidationError, OverflowError):
        message = _("Another editor answered this report meanwhile; yours was not stored. This is how it stands now.")
        return _page(request, status=HTTPStatus.CONFLICT, refused=report.pk, message=message)
    messages.success(request, _("Stored: %(state)s.") % {"state": ErrorReport.State(sent["to"]).label})
    return redirect(f"{reverse('error_reports')}?{request.GET.urlencode()}")


def _page(request: HttpRequest, *, status: int = HTTPStatus.OK, refused: int = 0, message: str = "") -> HttpResponse:
    """Show the queue; above it the report whose answer was `refused`, with the words that its editor wrote."""
    asked, article = request.GET.get("state", ""), _article(request)
    found = answerable(request)
    if article is not None:
        found = found.filter(article=article)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    if asked in ErrorReport.State.values:
        found = found.filter(state=asked)
    listed = found.select_related("article", "answered_by").defer("article__body").open_first()
    page: Page[ErrorReport] = WagtailPaginator(listed, PER_PAGE).get_page(request.GET.get("p"))
    title = _("Error reports")
    context = {
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "states": [(state, state.label, counts.get(state, 0), state == asked) for state in ErrorReport.State],
        "asked": asked,
        "article": article,
        "choices": [choice for choice in ErrorReport.State if choice != ErrorReport.State.OPEN],
        "refused": answerable(request).select_related("article", "answered_by").filter(pk=refused).first(),
        "typed": request.POST.get("answer", ""),
        "message": message,
        "query": request.GET.urlencode(),
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}],
    }
    return render(request, "ratings/desk/errors.html", context, status=status)


def _article(request: HttpRequest) -> ArticlePage | None:
    """Return the article that the address asks for, or None."""
    key = request.GET.get("article", "")
    if not (key.isascii() and key.isdecimal() and len(key) < LONGEST_KEY):
        return None
    # By `id`, which knows what a column can hold.
    return ArticlePage.objects.defer("body").filter(id=int(key)).first()
