"""Who may come to the desk, and what stands on top of each of its pages."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import OperationalError
from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from ratings.badges import MODERATE
from ratings.desk.keys import KEYS
from ratings.desk.listing import CommentListing, reported
from ratings.desk.sections import Scope
from ratings.desk.vote_listing import Ballot, VoteListing
from ratings.models import AggregateCheck, Comment, State
from ratings.moderation.shift import backlog

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


def only_posted(view: View) -> View:
    """Let only POST in; who opens the address of a form anew is told so (405) and finds the way back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        message = _("There is nothing to see at this address: it only takes what a form sends.")
        answer = refusal(request, HTTPStatus.METHOD_NOT_ALLOWED, message)
        answer["Allow"] = "POST"
        return answer

    return guarded


def for_moderators(view: View) -> View:
    """Let only moderators in: for anybody else the view raises PermissionDenied, asked anew in every request."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(MODERATE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def told_in_words(view: View) -> View:
    """Tell a moderator what was not stored.

    503 if the database stayed busy, 409 if what they judged is gone, 403 if it stands in a section of others.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        reason = request.POST.get("reason", "")
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            # For who may not moderate at all it is raised further out: those the admin leads away.
            message = _("This belongs to a section that you do not moderate.")
            return refusal(request, HTTPStatus.FORBIDDEN, message, reason=reason)
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


def list_page(
    request: HttpRequest,
    listing: CommentListing | VoteListing,
    found: QuerySet[Any],
    *,
    scope: Scope | None = None,
    per_page: int = PER_PAGE,
    **context: Any,
) -> Any:
    """Return the context of a list: a page of what was `found`, and what stands on top of every page of the desk."""
    on_top = desk_page(request, listing, scope=scope, **context)
    # Wagtail's own pagination, whose links say `?p=`.
    paginator = WagtailPaginator(found, per_page)
    if isinstance(listing, CommentListing) and (here := [link for link in on_top["links"] if link.is_current]):
        paginator.count = here[0].count  # counted on top already
    page = paginator.get_page(listing.page)
    return on_top | {
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
    }


def desk_page(
    request: HttpRequest,
    listing: CommentListing | VoteListing | None,
    *,
    scope: Scope | None = None,
    **context: Any,
) -> dict[str, Any]:
    """Return the context of a page of the desk: the links on top with their counts, and how the kept numbers are.

    `scope` is what the moderator looks after, and `backlog` among the context what waits there, if asked before.
    """
    scope = scope or Scope.of(moderator_of(request))
    return context | {
        "listing": listing,
        "links": _links(listing, scope),
        "backlog": context.get("backlog") or backlog(scope.within(Comment.objects.all()), timezone.now()),
        "keys": KEYS,
        "check": AggregateCheck.objects.order_by("-finished_at").first(),
        "header_title": context["page_title"],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": context["page_title"]},
        ],
    }


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks, which goes on without a new page."""
    return request.headers.get("x-requested-with") == "fetch" or "application/json" in request.headers.get("accept", "")


def refusal(
    request: HttpRequest, status: int, message: str, comment: Comment | None = None, **context: Any
) -> HttpResponse:
    """Tell a moderator why what they did (to `comment`) was not stored; a `reason` they gave comes back with it."""
    if wants_json(request):
        told = {"ok": False, "status": int(status), "message": message}
        return JsonResponse(
            told | ({"state": comment.state, "version": comment.version} if comment else {}), status=status
        )
    title = _("Reader comments") if comment else _("Not stored")
    context |= {"message": message, "comment": comment, "page_title": title, "header_icon": "comment"}
    return render(request, "ratings/desk/refused.html", context, status=status)


REPORTED = "reported"
HELD = "held"


def _links(current: CommentListing | VoteListing | None, scope: Scope) -> list[Link]:
    counts = _counts(scope)
    comments = reverse("reader_comments")
    lists: list[tuple[CommentListing, str | Promise, int]] = [
        (CommentListing(state=state), state.label, counts[state.value]) for state in State
    ]
    # What asks for a moderator comes first.
    lists.insert(1, (CommentListing.of_reported(), _("Reported"), counts[REPORTED]))
    links = [
        Link(address=comments + to.query(), label=label, count=count, is_current=to.is_same_list(current))
        for to, label, count in lists
    ]
    held = Link(
        address=reverse("held_votes"),
        label=_("Held votes"),
        count=counts[HELD],
        is_current=isinstance(current, VoteListing),
    )
    return [*links[:2], held, *links[2:]]


def _counts(scope: Scope) -> Counter[str]:
    """Return how many comments of `scope` stand in each state, and how many are reported or held votes: one query."""
    states = scope.within(Comment.objects.order_by()).values_list("state").annotate(Count("pk"))
    votes = (scope.within(VoteListing(of=of).votes(), of.way_to_article) for of in Ballot)
    others = [_number(REPORTED, scope.within(reported())), *(_number(HELD, held) for held in votes)]
    counts: Counter[str] = Counter()
    for what, number in states.union(*others, all=True):
        counts[what] += number
    return counts


def _number(what: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(what=Value(what)).values_list("what").annotate(Count("pk"))
