"""What a moderator does with one comment."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ratings import actions
from ratings.desk.door import for_moderators, moderator_of, only_posted, refusal, told_in_words
from ratings.desk.forms import CheckForm, DecisionForm, PickForm, PinForm, RedactionForm
from ratings.desk.listing import CommentListing
from ratings.desk.outcome import conflict, done, refused
from ratings.desk.sections import moderated_comment
from ratings.desk.way import Way
from ratings.models import Comment, Ground


@only_posted
@for_moderators
@told_in_words
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one comment; 409 with the name of who was first, and what the moderator typed kept."""
    comment = moderated_comment(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        message = _("This decision could not be read. Please decide again, with a reason of at most 300 characters.")
        return refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, comment)
    next_address = _next_address(request, comment)
    to = form.target()
    try:
        decision = actions.decide(
            comment=comment,
            version=form.cleaned_data["version"],
            to=to,
            moderator=moderator_of(request),
            now=timezone.now(),
            **form.why(),
        )
    except actions.Conflict as lost:
        return conflict(request, lost.comment)
    message = _("%(name)s’s comment: %(state)s.") % {"name": comment.name, "state": to.label}
    return done(request, message, next_address, decision)


@only_posted
@for_moderators
@told_in_words
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words out of a comment; the words before are kept for moderators."""
    comment = moderated_comment(request, pk)
    form = RedactionForm(request.POST)
    if not form.is_valid():
        message = _("This could not be read. Please edit the comment again, with a reason of at most 300 characters.")
        message = str(next(iter(form.errors.get("text", [])), message))
        return refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, comment)
    try:
        decision = actions.redact(
            comment=comment,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["text"],
            ground=form.chosen_ground() or Ground.PERSONAL,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            moderator=moderator_of(request),
            now=timezone.now(),
        )
    except actions.Conflict as lost:
        return conflict(request, lost.comment)
    return done(request, _("The words are taken out."), _back(request, comment), decision)


@only_posted
@for_moderators
@told_in_words
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a comment as checked, so that reports no longer take it away, or no longer."""
    comment = moderated_comment(request, pk)
    form = CheckForm(request.POST)
    if not form.is_valid():
        message = _("This could not be read. Please mark the comment again.")
        return refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, comment)
    try:
        decision = actions.check(
            comment=comment, moderator=moderator_of(request), now=timezone.now(), **form.cleaned_data
        )
    except actions.Conflict as lost:
        return conflict(request, lost.comment)
    checked = form.cleaned_data["checked"]
    message = _("Checked: reports no longer take it away.") if checked else _("No longer marked as checked.")
    return done(request, message, _back(request, comment), decision)


@only_posted
@for_moderators
@told_in_words
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a comment on top of its article's comments, or let it go again."""
    comment = moderated_comment(request, pk)
    form = PinForm(request.POST)
    if not form.is_valid():
        return refusal(
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("This could not be read. Please pin the comment again."),
            comment,
        )
    pinned = form.cleaned_data["pinned"]
    try:
        decision = actions.pin(
            comment=comment, moderator=moderator_of(request), now=timezone.now(), **form.cleaned_data
        )
    except actions.Conflict as lost:
        return conflict(request, lost.comment, decides=False)
    except actions.ParentGone:
        message = _("Only a published comment that answers no other one can be pinned.")
        return refusal(request, HTTPStatus.CONFLICT, message, comment)
    message = _("Pinned.") if pinned else _("No longer pinned.")
    return done(request, message, _back(request, comment), decision, comment)


@only_posted
@for_moderators
@told_in_words
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a comment an editors' pick for a reason that readers see; without a reason it is none (any more)."""
    comment = moderated_comment(request, pk)
    form = PickForm(request.POST)
    if not form.is_valid():
        message = _("The reason of a pick has at most 200 characters. Please shorten it.")
        if "reason" not in form.errors:
            message = _("This could not be read. Please pick the comment again.")
        return refusal(
            request, HTTPStatus.UNPROCESSABLE_ENTITY, message, comment, reason=request.POST.get("reason", "")
        )
    reason = form.cleaned_data["reason"]
    try:
        decision = actions.pick(
            comment=comment, moderator=moderator_of(request), now=timezone.now(), **form.cleaned_data
        )
    except actions.Conflict as lost:
        return conflict(request, lost.comment, decides=False)
    except actions.ParentGone:
        return refusal(
            request, HTTPStatus.CONFLICT, _("Only a published comment can be picked."), comment, reason=reason
        )
    message = _("An editors’ pick now.") if reason else _("No editors’ pick any more.")
    return done(request, message, _back(request, comment), decision, comment)


def _back(request: HttpRequest, comment: Comment) -> str:
    """Return where the moderator sees the comment again: its card, or its place in the list they came from."""
    return CommentListing.read(request.GET).address(comment)


def _next_address(request: HttpRequest, comment: Comment) -> str:
    """Return where the moderator goes on. Asked before the decision, while the comment still has its place."""
    listing = CommentListing.read(request.GET)
    way = Way(listing=listing, user=moderator_of(request), now=timezone.now())
    return listing.address(way.after(comment))
