"""What was decided, the latest first, and taking it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.paginator import WagtailPaginator

from ratings import actions
from ratings.desk.cards import is_undoable
from ratings.desk.door import PER_PAGE, desk_page, for_moderators, moderator_of, only_posted, refusal, told_in_words
from ratings.desk.listing import CommentListing, page_number
from ratings.desk.outcome import conflict, done
from ratings.desk.sections import Scope, must_moderate
from ratings.models import Decision, State
from ratings.wording import UNSHOWABLE


@require_safe
@for_moderators
def decisions(request: HttpRequest) -> HttpResponse:
    """List what the moderator did; a superuser sees what all did, or one of them: `?moderator=` and a user name."""
    user, scope = moderator_of(request), Scope.of(moderator_of(request))
    asked = request.GET.get("moderator", "") if user.is_superuser else ""
    found = scope.within(_decisions_of(user, asked), "comment__article")
    page = WagtailPaginator(found, PER_PAGE).get_page(page_number(request.GET))
    context = desk_page(
        request,
        None,
        scope=scope,
        page_title=_("Decisions") if user.is_superuser else _("My latest decisions"),
        header_icon="history",
        page=page,
        elided_page_range=page.paginator.get_elided_page_range(page.number),
        rows=[(decision, is_undoable(decision, decision.comment)) for decision in page],
        asked=asked,
    )
    return render(request, "ratings/desk/decisions.html", context)


@only_posted
@for_moderators
@told_in_words
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a decision with all that it set off; 409 if something has happened to the comment since."""
    decision = get_object_or_404(Decision.objects.select_related("comment__article"), pk=pk)
    comment = decision.comment
    must_moderate(request, comment.article, comment=comment.pk)
    try:
        undone = actions.undo(decision=decision, now=timezone.now(), moderator=moderator_of(request))
    except actions.NotUndoable:
        message = _("This cannot be undone: no moderator did it, or it was meant for ever.")
        return refusal(request, HTTPStatus.CONFLICT, message, comment)
    except actions.Conflict as lost:
        if lost.comment != comment:
            message = _("Another comment of this article is pinned by now. Please unpin that one first.")
            return refusal(request, HTTPStatus.CONFLICT, message, comment)
        return conflict(request, lost.comment)
    message = _("Undone. %(name)s’s comment: %(state)s.")
    back_to_decisions = request.GET.get("back") == "decisions"
    address = reverse("decisions") if back_to_decisions else CommentListing.read(request.GET).address(comment)
    return done(request, message % {"name": comment.name, "state": State(undone.to_state).label}, address, undone)


def _decisions_of(user: User, asked: str) -> QuerySet[Decision]:
    found = Decision.objects.select_related("comment__article", "moderator", "undone_by__moderator")
    found = found.defer("comment__article__body", "comment__folded", "comment__trace", "trace").order_by("-pk")
    if not user.is_superuser:
        return found.filter(moderator=user)
    wanted: dict[str, Any] = {"moderator__username": asked} if asked else {"is_by_moderator": True}
    return found.none() if UNSHOWABLE.search(asked) else found.filter(**wanted)
