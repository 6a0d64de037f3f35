"""What every POST of a reader passes, and how it is answered when it cannot be done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import unquote_to_bytes
from uuid import UUID

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from articles.models import ArticlePage
from findable.prepared import Prepared
from findable.visibility import seen_by_everybody
from ratings import actions
from ratings.answers import REFUSALS, Answer, answer_to
from ratings.origin import is_own
from ratings.wording import MAX_TEXT

RETRY_SECONDS = 5
"""After this long a reader may try again: as long as a writer waits for another."""

BIGGEST_KEY_BITS = 64

MAX_BODY_BYTES = 64 * 1024
"""Far more than the longest comment needs, in any script and any encoding of a form."""

UTF_8 = {"utf-8", "utf8"}
"""The charsets that a form may declare: Django would decode by any codec of Python that it names."""

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Refuse a POST that was not sent from a page of this site (403) or is far too large to be read (413).

    Stands in for Django's CSRF token, which a page that anyone may keep cannot hold. What an action refuses is told in
    words with its own status, and with 503 that the database stayed busy. Wherever the body was read, its text comes
    back with the answer.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and (fault := _fault_of_post(request)) is not None:
            return refused(request, fault)
        try:
            return view(request, *args, **kwargs)
        except REFUSALS as refusal:
            return refused(request, answer_to(refusal))
        except (OperationalError, IntegrityError, actions.ReaderGone):
            # A lock that was held too long, or somebody else who was faster: sending it again works.
            logger.exception("A response could not be stored.")
            message = _("We could not store this just now. Please wait a moment, then send it again.")
            return refused(
                request,
                Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, message=message, retry_after=RETRY_SECONDS),
            )

    return guarded


def _fault_of_post(request: HttpRequest) -> Answer | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
        message = _("This is too long: a comment has at most %(limit)s characters.") % {"limit": f"{MAX_TEXT:,}"}
        return Answer(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message=message)
    if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF_8:
        # Text of the form that comes back with the answer is read as what pages of this site send.
        request.encoding = "utf-8"
        message = _("This was not sent as UTF-8, as forms of this site are. Please reload the page and send it again.")
        return Answer(status=HTTPStatus.BAD_REQUEST, message=message)
    if not is_own(request):
        message = _("This form was not sent from a page of this site. Please open the article and send it from there.")
        return Answer(status=HTTPStatus.FORBIDDEN, message=message)
    if not _is_text(request):
        message = _(
            "This holds characters that were damaged on the way. Please copy your text, reload and send it again."
        )
        return Answer(status=HTTPStatus.BAD_REQUEST, message=message)
    return None


def _is_text(request: HttpRequest) -> bool:
    """Return whether the body is UTF-8. Django would put replacement characters for what is not, and store those."""
    is_encoded = request.content_type == "application/x-www-form-urlencoded"
    try:
        (unquote_to_bytes(request.body) if is_encoded else request.body).decode()
    except UnicodeDecodeError:
        return False
    return True


def refused(request: HttpRequest, answer: Answer, *, article: ArticlePage | None = None) -> HttpResponse:
    """Tell the reader what was not done, and give them back the text that they sent."""
    # A body that is too large is not even read.
    is_read = answer.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    text = (request.POST.get("text") or request.POST.get("note", "")) if is_read else ""
    context = {"message": answer.message, "text": text, "article": article}
    return with_retry(render(request, "ratings/refused.html", context, status=answer.status), answer)


def with_retry(response: HttpResponse, answer: Answer) -> HttpResponse:
    """Say in the header when it will work, if that is known, and return the response."""
    if answer.retry_after is not None:
        response["Retry-After"] = str(answer.retry_after)
    return response


def open_article(article_id: int) -> ArticlePage:
    """Return the article if any reader may see it; raises NotOpen.

    An address may hold a number that no database column does.
    """
    if article_id.bit_length() < BIGGEST_KEY_BITS:
        for found in _open(article=article_id):
            return found
    raise actions.NotOpen


_open = Prepared(lambda article: seen_by_everybody(ArticlePage.objects.filter(pk=article)).defer("body").order_by())


def see_other(public_id: UUID) -> HttpResponse:
    """Lead to the page of the reader's own response, so that reloading it sends nothing again."""
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = reverse("ratings:response", args=[public_id])
    return answer
