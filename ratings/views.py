"""The readers' side over HTTP: a request comes in, one action runs, an answer goes out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import ArticlePage
from ratings import actions
from ratings.forms import MAX_NAME, MAX_TEXT, CommentForm, read_stars
from ratings.identity import admitted, current_reader, remember, signed_in
from ratings.models import Comment, Rating
from ratings.moderation.judge import Submission, judge
from ratings.origin import is_own
from ratings.stamp import Stamp, new_stamp, read_stamp, submission_key, trap_name

RETRY_SECONDS = 5
"""After this long a reader may try again: as long as a writer waits for another."""

BIGGEST_KEY_BITS = 64

MAX_BODY_BYTES = 64 * 1024
"""Far more than the longest comment needs, in any script and any encoding of a form."""

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Refuse a POST that is too large (413) or was not sent from a page of this site (403), and keep the text.

    A database that stays busy is told with 503, also with the text.

    Stands in for Django's CSRF token, which a page that anyone may keep cannot hold.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
                message = _("This is too long: a comment has at most %(limit)s characters.") % {
                    "limit": f"{MAX_TEXT:,}"
                }
                return _refused(request, 413, message)
            if not is_own(request):
                message = _(
                    "This form was not sent from a page of this site. Please open the article and send it from there."
                )
                return _refused(request, 403, message, text=request.POST.get("text", ""))
        try:
            return view(request, *args, **kwargs)
        except OperationalError:
            logger.exception("A response could not be stored.")
            message = _("We could not store this just now. Please wait a moment, then send it again.")
            answer = _refused(request, 503, message, text=request.POST.get("text", ""))
            answer["Retry-After"] = str(RETRY_SECONDS)
            return answer

    return guarded


@never_cache
@from_own_pages
@require_POST
def rate(request: HttpRequest, article_id: int) -> HttpResponse:
    """Store a vote and lead to its own page; 422 for anything but one to five stars."""
    article = _open_article(article_id)
    values = request.POST.getlist("stars")
    stars = read_stars(values[0]) if len(values) == 1 else None
    if stars is None:
        return _refused(request, 422, _("Please choose one to five stars, then send your rating."), article=article)
    admission = admitted(request)
    try:
        rating = actions.rate(article=article, reader=admission.reader, stars=stars)
    except actions.NotOpen:
        raise Http404(_not_open()) from None
    return remember(_see_other(rating.public_id), admission)


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the comment form on a page of its own, preview a comment, or store it.

    A POST with a fresh stamp writes; one without comes back as a preview, which has a stamp. Nothing typed is lost.
    """
    article = _open_article(article_id)
    user = signed_in(request)
    if request.method != "POST":
        form = CommentForm(initial={"parent": request.GET.get("reply_to")}, guest=user is None)
        return _form_page(request, article, form, _parent(article, request.GET.get("reply_to")), user)
    form = CommentForm(request.POST, guest=user is None)
    if not form.is_valid():
        return _form_page(request, article, form, _parent(article, request.POST.get("parent")), user, status=422)
    parent = _parent(article, form.cleaned_data["parent"])
    if form.cleaned_data["parent"] and parent is None:
        return _parent_gone(request, article, user)
    stamp = read_stamp(request.POST.get("stamp", ""), article.pk, timezone.now())
    if stamp is None or "edit" in request.POST:
        return _form_page(request, article, form, parent, user, preview="edit" not in request.POST)
    return _store(request, article, form, parent, user, stamp)


@never_cache
@require_safe
def stamp(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer a fresh stamp and this hour's trap name, for scripts that spare the reader the preview."""
    now = timezone.now()
    return JsonResponse({"stamp": new_stamp(article_id, now), "trap": trap_name(now)})


@never_cache
@require_safe
def response(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show readers what became of their own vote or comment; 404 for everybody else."""
    reader = current_reader(request)
    if reader is None:
        raise Http404(_("There is no such response, or it is not yours."))
    rating = Rating.objects.filter(public_id=public_id, reader=reader).select_related("article").first()
    if rating is not None:
        return render(request, "ratings/rating_response.html", {"rating": rating, "article": rating.article})
    found = get_object_or_404(Comment.objects.select_related("article"), public_id=public_id, reader=reader)
    decision = found.decisions.order_by("-pk").first()
    context = {"comment": found, "article": found.article, "decision": decision}
    return render(request, "ratings/comment_response.html", context)


def _store(
    request: HttpRequest,
    article: ArticlePage,
    form: CommentForm,
    parent: Comment | None,
    user: User | None,
    stamp: Stamp,
) -> HttpResponse:
    now = timezone.now()
    text = form.cleaned_data["text"]
    name = form.cleaned_data["name"] if user is None else (user.get_full_name() or user.get_username())[:MAX_NAME]
    verdict = judge(
        Submission(text=text, name=name, trap=request.POST.get(stamp.trap_name, ""), dwell=now - stamp.made_at)
    )
    admission = admitted(request)
    try:
        stored = actions.comment(
            article=article,
            reader=admission.reader,
            name=name,
            email=form.cleaned_data["email"] if user is None else getattr(user, "email", ""),
            text=text,
            parent=parent,
            verdict=verdict,
            now=now,
            submission_key=submission_key(stamp, str(parent.pk if parent else ""), text),
        )
    except actions.NotOpen:
        raise Http404(_not_open()) from None
    except actions.ParentGone:
        return _parent_gone(request, article, user)
    return remember(_see_other(stored.public_id), admission)


def _parent_gone(request: HttpRequest, article: ArticlePage, user: User | None) -> HttpResponse:
    """Say that the comment to be answered is gone, and offer the text as a comment of its own."""
    message = _("The comment that you answer is no longer shown. You can send your text as a comment of its own.")
    form = CommentForm({**request.POST.dict(), "parent": ""}, guest=user is None)
    return _form_page(request, article, form, None, user, status=409, message=message)


def _form_page(
    request: HttpRequest,
    article: ArticlePage,
    form: CommentForm,
    parent: Comment | None,
    user: User | None,
    *,
    status: int = 200,
    preview: bool = False,
    message: str = "",
) -> HttpResponse:
    now = timezone.now()
    context = {
        "article": article,
        "form": form,
        "parent": parent,
        "account": user,
        "preview": preview,
        "message": message,
        "stamp": new_stamp(article.pk, now),
        "trap_name": trap_name(now),
    }
    return render(request, "ratings/comment_form.html", context, status=status)


def _refused(
    request: HttpRequest, status: int, message: str, *, text: str = "", article: ArticlePage | None = None
) -> HttpResponse:
    context = {"message": message, "text": text, "article": article, "address": settings.ALMANAC_URL}
    return render(request, "ratings/refused.html", context, status=status)


def _open_article(article_id: int) -> ArticlePage:
    # An address may hold a number that no database column does.
    article: ArticlePage | None = None
    if article_id.bit_length() < BIGGEST_KEY_BITS:
        article = ArticlePage.objects.published().filter(pk=article_id).first()
    if article is None:
        raise Http404(_not_open())
    return article


def _parent(article: ArticlePage, public_id: UUID | str | None) -> Comment | None:
    try:
        key = UUID(str(public_id)) if public_id else None
    except ValueError:
        return None
    return Comment.objects.published().under(article).filter(public_id=key).first() if key else None


def _see_other(public_id: UUID) -> HttpResponse:
    answer = HttpResponse(status=303)
    answer["Location"] = reverse("ratings:response", args=[public_id])
    return answer


def _not_open() -> str:
    return _("This article is not open for responses.")
