"""Which reader a request acts for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from ratings.actions import Admission, admit
from ratings.models import Reader


def signed_in(request: HttpRequest) -> User | None:
    """Return the account that is signed in, or None. Opens the session only if the browser sent its cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def admitted(request: HttpRequest) -> Admission:
    """Return the reader of a POST, made if need be."""
    return admit(user=signed_in(request), token=_token(request))


def current_reader(request: HttpRequest) -> Reader | None:
    """Return the reader that is known already, or None; writes nothing."""
    user = signed_in(request)
    if user is not None:
        return Reader.objects.filter(user=user).first()
    return Reader.objects.of_token(_token(request))


def remember(response: HttpResponse, admission: Admission) -> HttpResponse:
    """Give a new reader their cookie, and return the response."""
    if admission.new_token is not None:
        response.set_cookie(
            settings.READER_COOKIE_NAME,
            admission.new_token,
            max_age=settings.READER_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.READER_COOKIE_NAME, "")
