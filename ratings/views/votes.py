"""Giving stars and taking them back."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ratings import actions
from ratings.answers import Answer, answer_to
from ratings.forms import read_stars
from ratings.identity import admitted, known_readers, remember, sender_of
from ratings.models import Rating
from ratings.views.door import from_own_pages, open_article, refused, see_other
from ratings.views.own import rating_page


@never_cache
@from_own_pages
@require_POST
def rate(request: HttpRequest, article_id: int) -> HttpResponse:
    """Store a vote and lead to its own page; 422 for anything but one to five stars."""
    article = open_article(article_id)
    stars = read_stars(request.POST)
    if stars is None:
        message = _("Please choose one to five stars, then send your rating.")
        return refused(request, Answer(status=HTTPStatus.UNPROCESSABLE_ENTITY, message=message), article=article)
    now = timezone.now()
    sender = sender_of(request, now)
    try:
        with transaction.atomic():
            admission = admitted(request)
            rating = actions.rate(
                article=article,
                reader=admission.reader,
                stars=stars,
                now=now,
                sender=sender,
                version=version_in(request),
            )
    except actions.RatingMoved as moved:
        return rating_page(request, moved.rating, answer_to(moved))
    return remember(see_other(rating.public_id), admission)


@never_cache
@from_own_pages
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a vote back, and lead to its own page."""
    rating = Rating.objects.filter(public_id=public_id, reader__in=known_readers(request)).first()
    if rating is None:
        raise actions.NotYours
    try:
        with transaction.atomic():
            reader = admitted(request).reader
            # Who has signed in since may have another vote for the article, and one of the two is left.
            rating = Rating.objects.filter(article=rating.article_id, reader=reader).first()
            if rating is None:
                # It is another reader's who used this browser before.
                raise actions.NotYours
            actions.withdraw(rating=rating, reader=reader, now=timezone.now(), version=version_in(request))
    except actions.RatingMoved as moved:
        return rating_page(request, moved.rating, answer_to(moved))
    return see_other(rating.public_id)


def version_in(request: HttpRequest) -> int | None:
    """Return the version of the own vote that the page showed; None for a form in a page that anyone may keep."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdecimal() and len(version) <= len("999999999") else None
