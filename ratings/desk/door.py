"""Who may come to the desk, and what stands on top of each of its pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import OperationalError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from ratings.badges import MODERATE
from ratings.desk.listing import CommentListing, VoteListing, reported
from ratings.models import AggregateCheck, Comment, State

PER_PAGE = 50

RETRY_SECONDS = 5
"""After this long a moderator may try again: as long as a writer waits for another."""

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to a list of the desk."""

    address: str
    label: str | Promise
    count: int
    is_current: bool


def for_moderators(view: View) -> View:
    """Let only moderators in: for anybody else the view raises PermissionDenied, asked anew in every request."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(MODERATE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def told_in_words(view: View) -> View:
    """Tell a moderator what was not stored: 503 if the database stayed busy, 409 if what they judged is gone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        reason = request.POST.get("reason", "")
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist:
            message = _("What you decided on is gone meanwhile; nothing was stored. Please look again.")
            return refusal(request, HTTPStatus.CONFLICT, message, reason=reason)
        except OperationalError:
            # A lock that was held too long, or two who waited for each other: sending it again works.
            logger.exception("A decision could not be stored.")
            message = _("We could not store this just now. Please wait a moment, then send it again.")
            answer = refusal(request, HTTPStatus.SERVICE_UNAVAILABLE, message, reason=reason)
            answer["Retry-After"] = str(RETRY_SECONDS)
            return answer

    return guarded


def moderator_of(request: HttpRequest) -> User:
    """Return who is signed in; the admin lets nobody else come so far."""
    return cast(User, request.user)


def list_page(request: HttpRequest, listing: CommentListing | VoteListing, found: QuerySet[Any], **context: Any) -> Any:
    """Return the context of a list: a page of what was `found`, the links on top, and how the kept numbers are."""
    # Wagtail's own pagination, whose links say `?p=`.
    page = WagtailPaginator(found, PER_PAGE).get_page(listing.page)
    return context | {
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "listing": listing,
        "links": _links(listing),
        "check": AggregateCheck.objects.order_by("-finished_at").first(),
        "header_title": context["page_title"],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": context["page_title"]},
        ],
    }


def refusal(
    request: HttpRequest, status: int, message: str, comment: Comment | None = None, **context: Any
) -> HttpResponse:
    """Tell a moderator why what they did (to `comment`) was not stored; a `reason` they gave comes back with it."""
    title = _("Reader comments") if comment else _("Not stored")
    context |= {"message": message, "comment": comment, "page_title": title, "header_icon": "comment"}
    return render(request, "ratings/desk/refused.html", context, status=status)


def _links(current: CommentListing | VoteListing) -> list[Link]:
    counts = dict(Comment.objects.values_list("state").annotate(Count("pk")))
    comments, votes = reverse("reader_comments"), reverse("held_votes")
    lists: list[tuple[str, CommentListing, str | Promise, int]] = [
        (comments, CommentListing(state=state), state.label, counts.get(state.value, 0)) for state in State
    ]
    lists.append((comments, CommentListing(reported=True), _("Reported"), reported().count()))
    links = [
        Link(address=address + to.query(), label=label, count=count, is_current=to.is_same_list(current))
        for address, to, label, count in lists
    ]
    held = Link(
        address=votes,
        label=_("Held votes"),
        count=VoteListing.count_of_held(),
        is_current=isinstance(current, VoteListing),
    )
    return [*links, held]
