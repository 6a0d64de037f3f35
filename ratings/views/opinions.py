"""Finding a comment helpful, and reporting it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import ArticlePage
from ratings import actions
from ratings.forms import ReportForm
from ratings.identity import admitted, known_readers, remember, sender_of
from ratings.models import Comment, Report
from ratings.views.door import from_own_pages, see_other
from ratings.views.sanctions import must_be_allowed_to_answer


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def helpful(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show whether the reader finds a comment helpful, or store that they do (`helpful=1`) or no longer do (`0`)."""
    comment = shown_comment(public_id)
    if request.method != "POST":
        is_helpful = comment.helpful_votes.filter(reader__in=known_readers(request), is_withdrawn=False).exists()
        return render(request, "ratings/helpful.html", {"comment": comment, "is_helpful": is_helpful})
    now = timezone.now()
    sender = sender_of(request, now)
    with transaction.atomic():
        admission = admitted(request)
        actions.find_helpful(
            comment=comment,
            reader=admission.reader,
            helpful=request.POST.get("helpful", "1") != "0",
            now=now,
            sender=sender,
        )
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = reverse("ratings:helpful", args=[public_id])
    return remember(answer, admission)


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask what is wrong with a comment, or store the answer and lead to its own page.

    Sent twice it leads there again, also when the report has taken the comment away meanwhile.
    """
    if (sent := _sent_before(request, public_id)) is not None:
        return see_other(sent.public_id)
    comment = shown_comment(public_id)
    must_be_allowed_to_answer(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "ratings/report_form.html", {"comment": comment, "form": form}, status=status)
    now = timezone.now()
    sender = sender_of(request, now)
    with transaction.atomic():
        admission = admitted(request)
        stored = actions.report(
            comment=comment,
            reader=admission.reader,
            reason=Report.Reason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
            now=now,
            sender=sender,
        )
    return remember(see_other(stored.public_id), admission)


def _sent_before(request: HttpRequest, public_id: UUID) -> Report | None:
    if request.method != "POST":
        return None
    own = Report.objects.filter(comment__public_id=public_id, reader__in=known_readers(request))
    return own.filter(reason=request.POST.get("reason", "")).first()


def shown_comment(public_id: UUID) -> Comment:
    """Return the published comment of an article that any reader may see; raises NotOpen."""
    comment = Comment.objects.published().filter(public_id=public_id).select_related("article", "thread").first()
    if comment is None or not ArticlePage.objects.published().filter(pk=comment.article_id).exists():
        raise actions.NotOpen
    return comment
