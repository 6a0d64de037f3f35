"""Which reader a request acts for, and where it comes from."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from ratings.actions import Admission, Sender, admit
from ratings.models import Comment, Reader
from ratings.network import client_address, digest_of


def signed_in(request: HttpRequest) -> User | None:
    """Return the account that is signed in, or None. Opens the session only if the browser sent its cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def admitted(request: HttpRequest, new_token: str = "") -> Admission:
    """Return the reader of a POST, made if need be; a new guest gets `new_token`, if one is given."""
    return admit(user=signed_in(request), token=_token(request), new_token=new_token)


def sender_of(request: HttpRequest, now: datetime) -> Sender:
    """Return where a POST comes from. Ask before the action's transaction begins."""
    return Sender(network=digest_of(client_address(request), now=now))


def known_readers(request: HttpRequest) -> list[Reader]:
    """Return the readers that the request comes from, by its cookie and by its account; writes nothing.

    They are two as long as somebody has signed in and not answered since.
    """
    user = signed_in(request)
    own = Reader.objects.filter(user=user).first() if user is not None else None
    by_cookie = Reader.objects.of_token(_token(request))
    return list({reader.pk: reader for reader in (by_cookie, own) if reader is not None}.values())


def is_trusted(reader: Reader) -> bool:
    """Return whether `reader` has shown to be a person: by an account, or by a comment that a moderator published."""
    return reader.user_id is not None or Comment.objects.published().filter(reader=reader).exists()


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
