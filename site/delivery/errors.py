"""What is answered when something is not there, not allowed, not understood, or broken."""

from __future__ import annotations

import sqlite3
import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from pages.resembling import resembling, words_of

RETRY_SECONDS = 30
"""After this long whoever found the database away may try again."""

BUGS = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE}
"""What SQLite calls wrong SQL and wrong use: it will not go away by waiting."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return _answer(request, HTTPStatus.BAD_REQUEST, _("This request could not be understood."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _answer(request, HTTPStatus.FORBIDDEN, _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, and what may have been meant."""
    if _is_for_programs(request):
        return _answer(request, HTTPStatus.NOT_FOUND, _("There is nothing at this address."))
    words = words_of(request.path_info)
    context = {"suggestions": resembling(words), "asked": " ".join(words)}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 if the database is away, and otherwise 500. Neither asks the database for anything.

    Django calls it while it handles the exception, from wherever that came: a view, a template, a middleware.
    """
    if is_away(sys.exc_info()[1]):
        message = _("The site is away for a moment. Please try again later.")
        answer = _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, message, text=_words_sent(request))
        answer["Retry-After"] = str(RETRY_SECONDS)
    else:
        answer = _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong on our side."))
    answer["Cache-Control"] = "no-store"
    return answer


def is_away(error: BaseException | None) -> bool:
    """Return whether `error` says that the database cannot be reached or does not get to it, rather than a bug."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) not in BUGS


def _words_sent(request: HttpRequest) -> str:
    """Return what a reader wrote, who must not have to write it again."""
    try:
        sent: str = request.POST.get("text") or request.POST.get("note", "")
    except (OSError, SuspiciousOperation, MultiPartParserError, RawPostDataException):
        return ""
    return sent


def _answer(request: HttpRequest, status: HTTPStatus, message: str, *, text: str = "") -> HttpResponse:
    """Answer a program with `message`, and a reader with the page of that status, and with `text` of their own."""
    if _is_for_programs(request):
        return JsonResponse({"detail": message}, status=status)
    # The other pages get no request: so there is nothing in them that could ask the database.
    asks = request if status == HTTPStatus.FORBIDDEN else None
    context = {"name": settings.WAGTAIL_SITE_NAME, "text": text}
    return render(asks, f"{status.value}.html", context, status=status)


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
