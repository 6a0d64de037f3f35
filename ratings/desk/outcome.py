"""What a moderator is told after something was stored, and where they go on."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ratings.desk.canned import canned_texts
from ratings.desk.door import refusal, wants_json
from ratings.desk.forms import decisions_from
from ratings.desk.listing import CommentListing
from ratings.models import Act, Comment, Decision, State


def done(
    request: HttpRequest,
    message: str,
    next_address: str,
    decision: Decision | None = None,
    comment: Comment | None = None,
) -> HttpResponse:
    """Say that it is stored, with a button that undoes the `decision`, and go on: by JSON, if a script asks."""
    undo_address = undo_address_of(decision, CommentListing.read(request.GET)) if decision else ""
    if wants_json(request):
        told = {"ok": True, "message": message, "undo_url": undo_address, "next_url": next_address}
        return JsonResponse(told | {"state": decision.to_state if decision else comment and comment.state})
    messages.success(
        request, render_to_string("ratings/desk/done.html", {"message": message, "undo_address": undo_address})
    )
    return redirect(next_address)


def undo_address_of(decision: Decision, listing: CommentListing) -> str:
    """Return where a POST undoes `decision`, and then leads back to `listing`."""
    return reverse("undo_decision", args=[decision.pk]) + listing.query()


def conflict(request: HttpRequest, comment: Comment, *, decides: bool = True) -> HttpResponse:
    """Say who moved or edited `comment`, as it stands now, before.

    What was typed can be sent again as a decision; where nobody `decides`, it comes back to be copied.
    """
    decision = comment.decisions.select_related("moderator").order_by("-version").first()
    message = _(
        "Somebody else was faster: this comment was moved or edited since you opened it. Your decision was not stored."
    )
    if decision is None or decision.version + 1 != comment.version:
        # Its author edited it since.
        return refused(request, HTTPStatus.CONFLICT, message, comment, decides=decides)
    told = _("%(who)s decided on %(when)s: %(what)s.") % {
        "who": decision.moderator or _("Its author or the site"),
        "when": formats.date_format(localtime(decision.decided_at), "DATETIME_FORMAT"),
        "what": State(decision.to_state).label if decision.act == Act.MOVE else Act(decision.act).label,
    }
    return refused(request, HTTPStatus.CONFLICT, f"{message} {told}", comment, decision=decision, decides=decides)


def refused(
    request: HttpRequest,
    status: HTTPStatus,
    message: str,
    comment: Comment,
    decision: Decision | None = None,
    *,
    decides: bool = True,
) -> HttpResponse:
    """Say why nothing was stored, with a form that sends what was typed again, on the version of now.

    Where nobody `decides`, what was typed comes back to be copied.
    """
    typed = {name: request.POST.get(name, "") for name in ("ground", "reason", "note", "text")}
    return refusal(
        request,
        status,
        message,
        comment,
        decision=decision,
        listing=CommentListing.read(request.GET),
        choices=decisions_from(State(comment.state)) if decides else [],
        grounds=canned_texts(),
        typed=typed,
        reason=typed["reason"],
    )
