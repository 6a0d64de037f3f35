"""One decision on many comments: a preview, its progress, and undoing it.

Wagtail's bulk actions decide everything in one transaction and one request, from keys in the address; a bulk here goes
on in chunks behind the request, can be stopped and undone, and is bound to what the moderator saw.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ratings import actions
from ratings.desk.door import PER_PAGE, for_moderators, moderator_of, only_posted, refusal, told_in_words
from ratings.desk.forms import DecisionForm
from ratings.desk.listing import CommentListing
from ratings.desk.sections import Scope
from ratings.desk.selecting import MOST_CHOSEN, Preview, Summary, keys_of, selected_by
from ratings.models import Bulk, Comment, Decision
from ratings.tasks import actor_of, finish_bulk, first_chunks

logger = logging.getLogger(__name__)


class BulkForm(DecisionForm):
    """One decision on all comments of a list (`all`), or on those that were chosen."""

    version = None  # type: ignore[assignment]  # so a form leaves out a field that it would inherit
    all = forms.BooleanField(required=False)


def elsewhere(scope: Scope) -> QuerySet[Decision]:
    """Return the decisions of a bulk, in a query about bulks, that stand in sections of others."""
    ours = scope.within(Comment.objects.all())
    return Decision.objects.filter(bulk=OuterRef("pk")).exclude(comment__in=ours.values("pk"))


def bulks_of(user: User) -> QuerySet[Bulk]:
    """Return the bulks that `user` may see: their own, and those that lie in their sections altogether."""
    scope = Scope.of(user)
    found = Bulk.objects.select_related("moderator", "undone_by").defer("selection").order_by("-started_at", "-pk")
    if scope.paths is None:
        return found
    return found.filter(Q(moderator=user) | Q(~Exists(elsewhere(scope)), done__gt=0))


def may_undo(bulk: Bulk, user: User) -> bool:
    """Return whether `user` moderates the sections of all comments that `bulk` has decided."""
    scope = Scope.of(user)
    return scope.paths is None or not Bulk.objects.filter(Exists(elsewhere(scope)), pk=bulk.pk).exists()


@require_safe
@for_moderators
def bulks(request: HttpRequest) -> HttpResponse:
    """List the bulk decisions, the latest first."""
    page = Paginator(bulks_of(moderator_of(request)), PER_PAGE).get_page(request.GET.get("p"))
    return _page(request, "ratings/desk/bulks.html", _("Bulk decisions"), page=page)


@only_posted
@for_moderators
@told_in_words
def preview_bulk(request: HttpRequest) -> HttpResponse:
    """Show what a decision would do: on the comments that are `chosen`, or on `all` that the address lists."""
    user, form, listing = moderator_of(request), BulkForm(request.POST), CommentListing.read(request.GET)
    chosen = request.POST.getlist("chosen")
    if fault := _fault_of(form, listing, chosen):
        return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, fault, reason=request.POST.get("reason", ""))
    takes_all = form.cleaned_data["all"]
    preview = Preview(
        public_id=uuid4(),
        moderator=user.pk,
        selection=listing.from_start().parameters() if takes_all else {"keys": keys_of(chosen, user)},
        to=form.target(),
        seen_at=timezone.now(),
        **form.why(),
    )
    return _shown(request, preview, asked=None if takes_all else len(chosen), listing=listing)


@only_posted
@for_moderators
@told_in_words
def begin_bulk(request: HttpRequest) -> HttpResponse:
    """Begin the decision whose preview comes back with the form; the first chunks are made at once."""
    user = moderator_of(request)
    preview = Preview.unsealed(request.POST.get("preview", ""), user)
    if preview is None:
        message = _("This preview is older than an hour, or it is not yours. Nothing was stored. Please look again.")
        return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, message)
    with transaction.atomic():
        bulk = actions.begin_bulk(
            matching=selected_by(preview.selection, user, preview.seen_at),
            selection=preview.selection,
            to=preview.to,
            ground=preview.ground,
            reason=preview.reason,
            note=preview.note,
            seen_at=preview.seen_at,
            until=preview.until,
            public_id=preview.public_id,
            now=timezone.now(),
            moderator=user,
        )
        finish_bulk.enqueue(bulk.pk)
    return _gone_on(bulk)


@require_safe
@for_moderators
@told_in_words
def bulk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far a bulk decision is, or its undoing."""
    found = _found(request, public_id)
    context = {
        "bulk": found,
        "stands_still": found.is_running and actor_of(found) is None,
        "can_be_undone": found.undone + found.not_undone < found.done and may_undo(found, moderator_of(request)),
    }
    return _page(request, "ratings/desk/bulk.html", _("Bulk decision"), **context)


@only_posted
@for_moderators
@told_in_words
def continue_bulk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make the next chunks at once, whether or not a worker runs."""
    return _gone_on(_found(request, public_id))


@only_posted
@for_moderators
@told_in_words
def stop_bulk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a bulk decision, or its undoing, where it is."""
    actions.stop_bulk(bulk=_found(request, public_id), now=timezone.now())
    return redirect("bulk", public_id)


@only_posted
@for_moderators
@told_in_words
def undo_bulk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo all that a bulk decision did, if whoever asks is `sure`, and moderates all of it."""
    found = _found(request, public_id)
    if not may_undo(found, moderator_of(request)):
        raise PermissionDenied
    if not request.POST.get("sure"):
        messages.warning(request, _("Nothing was undone. Please confirm that you mean it."))
        return redirect("bulk", public_id)
    with transaction.atomic():
        found = actions.begin_undoing_bulk(bulk=found, now=timezone.now(), moderator=moderator_of(request))
        finish_bulk.enqueue(found.pk)
    return _gone_on(found)


def _fault_of(form: BulkForm, listing: CommentListing, chosen: list[str]) -> str:
    """Return why there is no preview, in words, or ""."""
    if not form.is_valid():
        return _("This decision could not be read. Please decide again, with a reason of at most 300 characters.")
    if form.cleaned_data["all"]:
        # Without the filter that could not be read, more comments match than were meant.
        return " ".join(listing.faults)
    if not chosen:
        return _("No comments are chosen. Please tick some, or take all that the list finds.")
    if len(chosen) > MOST_CHOSEN:
        message = _("At most %(most)s comments can be ticked. Please take all that the list finds.")
        return message % {"most": MOST_CHOSEN}
    return ""


def _shown(request: HttpRequest, preview: Preview, *, asked: int | None, listing: CommentListing) -> HttpResponse:
    found = selected_by(preview.selection, moderator_of(request), preview.seen_at)
    summary = Summary.of(found, preview.to, asked)
    preview = Preview(**vars(preview) | {"until": summary.until})
    context = {"preview": preview, "summary": summary, "listing": listing}
    return _page(request, "ratings/desk/bulk_preview.html", _("Preview of a bulk decision"), **context)


def _found(request: HttpRequest, public_id: UUID) -> Bulk:
    """Return the bulk; raises Http404, or PermissionDenied for what lies in sections of others."""
    found = get_object_or_404(Bulk.objects.select_related("moderator", "undone_by"), public_id=public_id)
    if not bulks_of(moderator_of(request)).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def go_on(bulk: Bulk) -> None:
    """Make the next chunks of what is stored already; what cannot be made now is left to the worker."""
    try:
        first_chunks(bulk)
    except PermissionDenied:
        logger.warning("Bulk %s stands still: its moderator is none any more.", bulk.pk)
    except OperationalError:
        # What was begun goes on behind the request, or when somebody asks again.
        logger.exception("A chunk of bulk %s could not be stored.", bulk.pk)


def _gone_on(bulk: Bulk) -> HttpResponse:
    """Make the next chunks, and lead to the page that says how far it is, and if it stands still, why."""
    go_on(bulk)
    return redirect("bulk", bulk.public_id)


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    breadcrumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("reader_comments"), "label": _("Reader comments")},
        {"url": "", "label": title},
    ]
    context |= {"header_title": title, "header_icon": "comment", "breadcrumbs_items": breadcrumbs}
    return render(request, template, context)
