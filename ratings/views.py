"""The readers' side over HTTP: a request comes in, one action runs, an answer goes out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import ArticlePage
from ratings import actions
from ratings.forms import MAX_TEXT, CommentForm, read_stars
from ratings.identity import admitted, known_readers, remember, signed_in
from ratings.models import Comment, Rating
from ratings.moderation.judge import Submission, judge
from ratings.origin import is_own
from ratings.stamp import Stamp, new_stamp, read_stamp, submission_key, token_of_new_guest, trap_name

RETRY_SECONDS = 5
"""After this long a reader may try again: as long as a writer waits for another."""

BIGGEST_KEY_BITS = 64

MAX_BODY_BYTES = 64 * 1024
"""Far more than the longest comment needs, in any script and any encoding of a form."""

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Refuse a POST that was not sent from a page of this site (403) or is far too large to be read (413).

    Stands in for Django's CSRF token, which a page that anyone may keep cannot hold. Also tells, with 503, that the
    database stayed busy. Wherever the body was read, its text comes back with the answer.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            message = _("This is too long: a comment has at most %(limit)s characters.") % {"limit": f"{MAX_TEXT:,}"}
            return _refused(request, 413, message)
        if not is_own(request):
            message = _(
                "This form was not sent from a page of this site. Please open the article and send it from there."
            )
            return _refused(request, 403, message)
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, IntegrityError, actions.ReaderGone):
            # A lock that was held too long, or somebody else who was faster: sending it again works.
            logger.exception("A response could not be stored.")
            message = _("We could not store this just now. Please wait a moment, then send it again.")
            answer = _refused(request, 503, message)
            answer["Retry-After"] = str(RETRY_SECONDS)
            return answer

    return guarded


@never_cache
@from_own_pages
@require_POST
def rate(request: HttpRequest, article_id: int) -> HttpResponse:
    """Store a vote and lead to its own page; 422 for anything but one to five stars."""
    article = _open_article(article_id)
    if article is None:
        return _refused(request, 404, _not_open())
    values = request.POST.getlist("stars")
    stars = read_stars(values[0]) if len(values) == 1 else None
    if stars is None:
        return _refused(request, 422, _("Please choose one to five stars, then send your rating."), article=article)
    try:
        with transaction.atomic():
            admission = admitted(request)
            rating = actions.rate(article=article, reader=admission.reader, stars=stars)
    except actions.NotOpen:
        return _refused(request, 404, _not_open())
    return remember(_see_other(rating.public_id), admission)


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the comment form on a page of its own, preview a comment, or store it.

    A POST with a fresh stamp writes; one without comes back as a preview, which has a stamp. Nothing typed is lost.
    """
    article = _open_article(article_id)
    if article is None:
        return _refused(request, 404, _not_open())
    account = signed_in(request)
    if request.method != "POST":
        form = CommentForm(initial={"parent": request.GET.get("reply_to")}, account=account)
        return _form_page(request, article, form, _parent(article, request.GET.get("reply_to")))
    form = CommentForm(request.POST, account=account)
    if not form.is_valid():
        return _form_page(request, article, form, _parent(article, request.POST.get("parent")), status=422)
    parent = _parent(article, form.cleaned_data["parent"])
    if form.cleaned_data["parent"] and parent is None:
        return _parent_gone(request, article)
    stamp = read_stamp(request.POST.get("stamp", ""), article.pk, timezone.now())
    if stamp is None or "edit" in request.POST:
        return _form_page(request, article, form, parent, preview="edit" not in request.POST)
    return _store(request, article, form, parent, stamp)


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
    readers = known_readers(request)
    rating = Rating.objects.filter(public_id=public_id, reader__in=readers).select_related("article").first()
    comment = Comment.objects.filter(public_id=public_id, reader__in=readers).select_related("article").first()
    found = rating or comment
    if found is None:
        return _refused(request, 404, _("There is no such response, or it is not yours."))
    context = {
        "rating": rating,
        "comment": comment,
        "decision": comment.decisions.order_by("-pk").first() if comment else None,
        # An article that was withdrawn is not named any more.
        "article": found.article if _open_article(found.article_id) else None,
    }
    return render(request, "ratings/rating_response.html" if rating else "ratings/comment_response.html", context)


def _store(
    request: HttpRequest, article: ArticlePage, form: CommentForm, parent: Comment | None, stamp: Stamp
) -> HttpResponse:
    now = timezone.now()
    sent = form.cleaned_data
    trap = request.POST.get(stamp.trap_name, "")
    verdict = judge(Submission(text=sent["text"], name=sent["name"], trap=trap, dwell=now - stamp.made_at))
    try:
        with transaction.atomic():
            admission = admitted(request, new_token=token_of_new_guest(stamp))
            stored = actions.comment(
                article=article,
                reader=admission.reader,
                name=sent["name"],
                email=sent["email"],
                text=sent["text"],
                parent=parent,
                verdict=verdict,
                now=now,
                submission_key=submission_key(stamp, str(parent.pk if parent else ""), sent["text"]),
            )
    except actions.NotOpen:
        return _refused(request, 404, _not_open())
    except actions.ParentGone:
        return _parent_gone(request, article)
    return remember(_see_other(stored.public_id), admission)


def _parent_gone(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """Say that the comment to be answered is gone, and offer the text as a comment of its own."""
    message = _("The comment that you answer is no longer shown. You can send your text as a comment of its own.")
    form = CommentForm({**request.POST.dict(), "parent": ""}, account=signed_in(request))
    return _form_page(request, article, form, None, status=409, message=message)


def _form_page(
    request: HttpRequest,
    article: ArticlePage,
    form: CommentForm,
    parent: Comment | None,
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
        "preview": preview,
        "message": message,
        "stamp": new_stamp(article.pk, now),
        "trap_name": trap_name(now),
    }
    return render(request, "ratings/comment_form.html", context, status=status)


def _refused(request: HttpRequest, status: int, message: str, *, article: ArticlePage | None = None) -> HttpResponse:
    # A body that is too large is not even read.
    text = "" if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else request.POST.get("text", "")
    context = {"message": message, "text": text, "article": article}
    return render(request, "ratings/refused.html", context, status=status)


def _open_article(article_id: int) -> ArticlePage | None:
    """Return the article if any reader may see it. An address may hold a number that no database column does."""
    if article_id.bit_length() >= BIGGEST_KEY_BITS:
        return None
    found: ArticlePage | None = ArticlePage.objects.published().filter(pk=article_id).first()
    return found


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
