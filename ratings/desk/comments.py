"""The comments that moderators look at, as a list or one by one."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratings import actions
from ratings.desk.canned import canned_texts
from ratings.desk.cards import cards_of, thread_around, with_all_shown
from ratings.desk.chips import chips_of
from ratings.desk.door import desk_page, for_moderators, list_page, moderator_of, only_posted, told_in_words
from ratings.desk.filters import ANY, FilterForm
from ratings.desk.forms import DECISIONS, decisions_from
from ratings.desk.listing import CommentListing
from ratings.desk.outcome import done
from ratings.desk.sections import Scope, moderated_comment, must_moderate
from ratings.desk.topics import topics_waiting
from ratings.desk.views import views_of
from ratings.desk.way import Way
from ratings.models import Comment

PER_PAGE = 25

logger = logging.getLogger(__name__)


@require_safe
@for_moderators
def comments(request: HttpRequest) -> HttpResponse:
    """List comments with all that was found and done about them: what waits, unless the address asks for others.

    With `?view=card` it leads to the first one, or shows the empty list.
    """
    listing, now, user = CommentListing.read(request.GET), timezone.now(), moderator_of(request)
    way = Way(listing=listing, user=user, now=now)
    if listing.is_card and (first := way.first()):
        return redirect(listing.address(first))
    scope = Scope.of(user)
    context = list_page(
        request,
        listing,
        with_all_shown(listing.ranked(listing.within(scope, now))),
        scope=scope,
        per_page=PER_PAGE,
        page_title=_("Reader comments"),
        bulk_choices=decisions_from(listing.state) if listing.state else list(DECISIONS.items()),
        header_icon="comment",
        **_asides(request, listing, scope),
    )
    context["cards"] = cards_of(list(context["page"]), user, now)
    return render(request, "ratings/desk/comments.html", context)


@require_safe
@for_moderators
@told_in_words
def comment_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one comment with its thread, and lead to the next one of the list.

    Others see for five minutes who is looking at it.
    """
    listing, now, user = CommentListing.read(request.GET).one_by_one(), timezone.now(), moderator_of(request)
    comment = get_object_or_404(with_all_shown(Comment.objects.all()), pk=pk)
    must_moderate(request, comment.article)
    _take_lease(comment, user, now)
    scope = Scope.of(user)
    way = Way(listing=listing, user=user, now=now)
    context = desk_page(
        request,
        listing,
        scope=scope,
        page_title=_("Reader comment"),
        header_icon="comment",
        card=cards_of([comment], user, now)[0],
        thread=thread_around(comment),
        left=way.left(),
        previous=(previous := way.before(comment)) and listing.address(previous),
        next=(following := way.after(comment)) and listing.address(following),
        **_asides(request, listing, scope),
    )
    return render(request, "ratings/desk/card.html", context)


@only_posted
@for_moderators
@told_in_words
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the others that one looks at a comment no more, and go back to the list."""
    comment = moderated_comment(request, pk)
    actions.release(comment=comment, moderator=moderator_of(request))
    listing = CommentListing.read(request.GET).from_start()
    return done(request, _("Others see that nobody is looking at it."), listing.address(comment), comment=comment)


def _asides(request: HttpRequest, listing: CommentListing, scope: Scope) -> dict[str, Any]:
    """Return what stands beside the comments: filters, topics, saved views, and what can be given as a reason."""
    topics, user = topics_waiting(scope), moderator_of(request)
    return {
        "filters": FilterForm(listing.parameters() | {"state": listing.state.value if listing.state else ANY}),
        "chips": chips_of(listing, topics),
        "topics": [topic for topic in topics if topic.waiting],
        "views": views_of(user),
        "user": user,
        "grounds": canned_texts(),
    }


def _take_lease(comment: Comment, user: User, now: datetime) -> None:
    try:
        actions.lease(comment=comment, moderator=user, now=now)
    except OperationalError:
        # A courtesy to others; the card opens without it.
        logger.warning("Nobody will see who is looking at comment %d.", comment.pk)
