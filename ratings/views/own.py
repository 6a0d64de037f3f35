"""A reader's own responses: what became of them, changing them, taking them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import ArticlePage
from ratings import actions
from ratings.answers import REFUSALS, Answer, answer_to
from ratings.forms import EditForm
from ratings.identity import admitted, known_readers, sender_of, signed_in
from ratings.models import Act, Comment, ErrorReport, Rating, Reader, Report, State
from ratings.models.decision import standing
from ratings.moderation.judge import found_in_sending, judge, reasons_for_author
from ratings.notices import notices_on
from ratings.views.door import from_own_pages, open_article, see_other, with_retry
from ratings.views.judging import submission_of
from ratings.views.noticing import has_unseen_notices, notices_for
from ratings.views.sanctions import must_be_allowed_to_answer, sanctions_on

LATEST = 100
"""So many of each are listed, the latest first."""


@never_cache
@from_own_pages
@require_safe
def response(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show readers what became of their own vote, comment, report or error report; 404 for everybody else."""
    own = {"public_id": public_id, "reader__in": known_readers(request)}
    context: dict[str, object]
    if (rating := Rating.objects.filter(**own).first()) is not None:
        return rating_page(request, rating)
    if (report := Report.objects.filter(**own).select_related("comment").first()) is not None:
        context = {"report": report, "article": _if_open(report.comment.article_id)}
        return render(request, "ratings/report_response.html", context)
    if (error := ErrorReport.objects.filter(**own).first()) is not None:
        context = {"error": error, "article": _if_open(error.article_id)}
        return render(request, "ratings/error_report_response.html", context)
    comment = Comment.objects.filter(**own).select_related("parent").first()
    if comment is None:
        raise actions.NotYours
    decision = next(standing(comment.decisions.all()), None)
    is_by_moderator = decision is not None and decision.is_by_moderator
    context = {
        "comment": comment,
        "decision": decision,
        "redaction": next(standing(comment.decisions.all(), Act.REDACT), None),
        "reasons": [] if is_by_moderator else reasons_for_author(comment.trace, State(comment.state)),
        "notices": notices_on(comment.text),
        "is_editable": comment.is_editable(timezone.now()),
        # An article that was withdrawn is not named any more.
        "article": _if_open(comment.article_id),
    }
    return render(request, "ratings/comment_response.html", context)


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one's own comment in a form, or store its new words, which the checks judge again."""
    comment = _own_comment(request, public_id)
    now = timezone.now()
    if request.method != "POST":
        if not comment.is_editable(now):
            raise actions.TooLate
        form = EditForm(initial={"text": comment.text, "version": comment.version})
        return _edit_page(request, comment, form)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    if has_unseen_notices(request, text):
        return _edit_page(request, comment, form)
    if text == comment.text:
        return see_other(comment.public_id)
    sender = sender_of(request, now)
    try:
        _must_be_worth_judging(request, comment, form.cleaned_data["version"], now)
        submission = submission_of(
            request,
            text,
            name=comment.name,
            article=comment.article,
            sender=sender,
            key=comment.submission_key or str(comment.public_id),
            now=now,
            edited=comment,
        )
        with transaction.atomic():
            admission = admitted(request)
            actions.edit(
                comment=comment,
                reader=admission.reader,
                text=text,
                verdict=judge(replace(submission, found_before=found_in_sending(comment.trace))),
                version=form.cleaned_data["version"],
                now=now,
                sender=sender,
            )
    except REFUSALS as refusal:
        answer = answer_to(refusal)
        # Sending it again, after looking, replaces the version that stands now.
        form = EditForm({"text": text, "version": _own_comment(request, public_id).version})
        page = _edit_page(request, comment, form, status=answer.status, message=answer.message)
        return with_retry(page, answer)
    return see_other(comment.public_id)


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask whether one's own comment shall go, or let it go."""
    comment = _own_comment(request, public_id)
    if request.method != "POST":
        context = {"comment": comment, "article": _if_open(comment.article_id)}
        return render(request, "ratings/delete_form.html", context)
    with transaction.atomic():
        actions.delete(comment=comment, reader=admitted(request).reader, now=timezone.now())
    return see_other(comment.public_id)


@never_cache
@require_safe
def all_of_mine(request: HttpRequest) -> HttpResponse:
    """List what the reader has rated, written and reported."""
    readers = known_readers(request)
    own = Rating.objects.filter(reader__in=readers, is_withdrawn=False)
    written = Comment.objects.filter(reader__in=readers).exclude(state__in=[State.DELETED, State.ERASED])
    ratings = list(own.select_related("article").defer("article__body").order_by("-changed_at")[:LATEST])
    comments = list(written.select_related("article").defer("article__body").order_by("-created_at")[:LATEST])
    reported = ErrorReport.objects.filter(reader__in=readers)
    errors = list(reported.select_related("article").defer("article__body").order_by("-created_at")[:LATEST])
    articles = {rating.article_id for rating in ratings} | {comment.article_id for comment in comments}
    articles |= {error.article_id for error in errors}
    context = {
        "ratings": ratings,
        "comments": comments,
        # Those that the reader has not read yet stand on top of each of their pages.
        "sanctions": [sanction for sanction in sanctions_on(request) if sanction.read_at is not None],
        "errors": errors,
        "reports": Report.objects.filter(reader__in=readers).order_by("-created_at")[:LATEST],
        # An article that was withdrawn is not named any more.
        "open": set(ArticlePage.objects.published().filter(pk__in=articles).values_list("pk", flat=True)),
    }
    return render(request, "ratings/mine.html", context)


@never_cache
@require_safe
def mine_under(request: HttpRequest, article_id: int) -> HttpResponse:
    """Tell scripts what the reader has given under one article, and staff where to edit it.

    Asked for only by a browser that has answered or signed in before; the page itself is everybody's.
    """
    try:
        article = open_article(article_id)
    except actions.NotOpen:
        return JsonResponse({}, status=HTTPStatus.NOT_FOUND)
    readers = known_readers(request)
    rating = Rating.objects.filter(reader__in=readers, article=article, is_withdrawn=False).first()
    waiting = Comment.objects.under(article).filter(reader__in=readers, state=State.PENDING)
    user = signed_in(request)
    may_edit = user is not None and article.permissions_for_user(user).can_edit()
    return JsonResponse(
        {
            "stars": rating.stars if rating else None,
            "rating_url": reverse("ratings:response", args=[rating.public_id]) if rating else None,
            "waiting": waiting.count(),
            "helpful": _found_helpful(readers, article),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[article.pk]) if may_edit else None,
        }
    )


def rating_page(request: HttpRequest, rating: Rating, refusal: Answer | None = None) -> HttpResponse:
    """Show readers how their own vote stands, with the `refusal` of what they asked for, if there is one."""
    context = {
        "rating": rating,
        "article": _if_open(rating.article_id),
        "message": refusal.message if refusal else "",
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return render(request, "ratings/rating_response.html", context, status=status)


def _found_helpful(readers: list[Reader], article: ArticlePage) -> list[str]:
    found = (
        Comment.objects.published()
        .under(article)
        .filter(helpful_votes__reader__in=readers, helpful_votes__is_withdrawn=False)
    )
    return [str(public_id) for public_id in found.values_list("public_id", flat=True)[:LATEST]]


def _must_be_worth_judging(request: HttpRequest, comment: Comment, version: int, now: datetime) -> None:
    """Raise what the action would refuse an edit with, so that no other service is asked about it in vain."""
    must_be_allowed_to_answer(request)
    if not comment.is_editable(now):
        raise actions.TooLate
    if comment.version != version:
        raise actions.Conflict(comment)


def _own_comment(request: HttpRequest, public_id: UUID) -> Comment:
    comment = Comment.objects.filter(public_id=public_id, reader__in=known_readers(request)).first()
    if comment is None:
        raise actions.NotYours
    return comment


def _edit_page(
    request: HttpRequest, comment: Comment, form: EditForm, *, status: int = HTTPStatus.OK, message: str = ""
) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "message": message,
        "article": _if_open(comment.article_id),
        **notices_for(form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else ""),
    }
    return render(request, "ratings/edit_form.html", context, status=status)


def _if_open(article_id: int) -> ArticlePage | None:
    try:
        return open_article(article_id)
    except actions.NotOpen:
        return None
