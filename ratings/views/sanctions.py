"""What a reader is told of sanctions on them. None is kept from them."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ratings import actions
from ratings.identity import known_readers, signed_in
from ratings.models import Reader, Sanction
from ratings.models.sanction import longest
from ratings.views.door import from_own_pages


def sanctions_on(request: HttpRequest) -> list[Sanction]:
    """Return the sanctions in force on whoever asks, the latest first. They are looked up once a request."""
    found: list[Sanction] | None = getattr(request, "sanctions", None)
    if found is None:
        readers = _acting(request)
        # A guest who is new is under none.
        found = list(_sanctions_on(readers)) if readers else []
        request.sanctions = found  # type: ignore[attr-defined]
    return found


def _sanctions_on(readers: list[Reader]) -> QuerySet[Sanction]:
    return Sanction.objects.in_force(timezone.now()).filter(reader__in=readers).order_by("-pk")


def must_be_allowed_to_answer(request: HttpRequest) -> None:
    """Raise Silenced if whoever asks is muted or banned, so that nobody types what cannot be sent.

    This spares them the work; what keeps them from answering are the actions.
    """
    silence = longest(sanction for sanction in sanctions_on(request) if sanction.is_silencing)
    if silence is not None:
        raise actions.Silenced(silence)


@never_cache
@from_own_pages
@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Store that the reader has read of a sanction on them, and lead to their responses."""
    sanction = Sanction.objects.filter(public_id=public_id, reader__in=_acting(request)).first()
    if sanction is None:
        raise actions.NotYours
    actions.confirm(sanction=sanction, now=timezone.now())
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = reverse("ratings:mine")
    return answer


def _acting(request: HttpRequest) -> list[Reader]:
    """Return the readers that a POST of this browser would act for: none of an account that is not signed in now."""
    user = signed_in(request)
    return [reader for reader in known_readers(request) if user is None or reader.user_id in (None, user.pk)]
