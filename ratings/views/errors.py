"""Reporting an error in an article to its editors."""

from __future__ import annotations

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import ArticlePage
from ratings import actions
from ratings.actions.errors import Place
from ratings.answers import REFUSALS, Answer, answer_to
from ratings.forms import ErrorForm
from ratings.identity import admitted, remember, sender_of
from ratings.stamp import Stamp, new_stamp, read_stamp, token_of_new_guest, trap_name
from ratings.views.door import from_own_pages, open_article, see_other, with_retry
from ratings.views.sanctions import must_be_allowed_to_answer


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask what is wrong in an article (in its `?part=`, an anchor), or store it and lead to the report's own page.

    Whatever keeps it from being stored is told in words above the form, which holds all that was typed.
    """
    article = open_article(article_id)
    must_be_allowed_to_answer(request)
    if request.method != "POST":
        return _form_page(
            request, article, ErrorForm(initial={"part": request.GET.get("part")}, outline=article.outline)
        )
    form = ErrorForm(request.POST, outline=article.outline)
    if not form.is_valid():
        return _form_page(request, article, form, Answer(status=HTTPStatus.UNPROCESSABLE_ENTITY, message=""))
    stamp = read_stamp(request.POST.get("stamp", ""), article.pk, timezone.now())
    if stamp is None:
        message = _("This page was open for a long time. Please look at your words again, and send them once more.")
        return _form_page(request, article, form, Answer(status=HTTPStatus.UNPROCESSABLE_ENTITY, message=message))
    try:
        return _store(request, article, form, stamp)
    except REFUSALS as refusal:
        return _form_page(request, article, form, answer_to(refusal))


def _store(request: HttpRequest, article: ArticlePage, form: ErrorForm, stamp: Stamp) -> HttpResponse:
    now = timezone.now()
    sender = sender_of(request, now)
    sent = form.cleaned_data
    headings = {entry.anchor: entry.text for entry in article.outline}
    with transaction.atomic():
        admission = admitted(request, new_token=token_of_new_guest(stamp))
        stored = actions.report_error(
            article=article,
            reader=admission.reader,
            text=sent["text"],
            email=sent["email"],
            place=Place(anchor=sent["part"], heading=headings.get(sent["part"], "")),
            is_trapped=bool(request.POST.get(stamp.trap_name)),
            now=now,
            sender=sender,
        )
    return remember(see_other(stored.public_id), admission)


def _form_page(
    request: HttpRequest, article: ArticlePage, form: ErrorForm, refusal: Answer | None = None
) -> HttpResponse:
    """Show the form, with the `refusal` of what it sent if there is one."""
    now = timezone.now()
    context = {
        "article": article,
        "form": form,
        "message": refusal.message if refusal else "",
        "stamp": new_stamp(article.pk, now),
        "trap_name": trap_name(now),
    }
    page = render(
        request, "ratings/error_report_form.html", context, status=refusal.status if refusal else HTTPStatus.OK
    )
    return with_retry(page, refusal) if refusal else page
