"""The lists of reader comments, and what a moderator does with one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratings import actions
from ratings.desk.door import for_moderators, list_page, moderator_of, refusal, told_in_words
from ratings.desk.forms import DecisionForm, PickForm, PinForm, decisions_from
from ratings.desk.listing import CommentListing
from ratings.models import Comment


@require_safe
@for_moderators
def comments(request: HttpRequest) -> HttpResponse:
    """List comments with all that was found and done about them: `?state=`, what waits by default, or `?reported=1`."""
    listing = CommentListing.read(request.GET)
    context = list_page(
        request,
        listing,
        listing.comments(),
        page_title=_("Reader comments"),
        header_icon="comment",
        choices=decisions_from(listing.shown_state, reported=listing.reported),
    )
    return render(request, "ratings/desk/comments.html", context)


@require_POST
@for_moderators
@told_in_words
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one comment; 409 with the name of who was first, and the moderator's own reason kept."""
    comment = get_object_or_404(Comment, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        message = _("This decision could not be read. Please decide again, with a reason of at most 300 characters.")
        return refusal(request, 422, message, comment, reason=request.POST.get("reason", ""))
    to = form.target()
    try:
        actions.decide(
            comment=comment,
            version=form.cleaned_data["version"],
            to=to,
            moderator=moderator_of(request),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except actions.Conflict as conflict:
        return _conflict(request, conflict.comment, form)
    messages.success(request, _("%(name)s’s comment: %(state)s.") % {"name": comment.name, "state": to.label})
    return _back(request)


@require_POST
@for_moderators
@told_in_words
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a comment on top of its article's comments, or let it go again."""
    comment = get_object_or_404(Comment, pk=pk)
    form = PinForm(request.POST)
    if not form.is_valid():
        return refusal(request, 422, _("This could not be read. Please pin the comment again."), comment)
    try:
        actions.pin(
            comment=comment,
            pinned=form.cleaned_data["pinned"],
            now=timezone.now(),
            moderator=moderator_of(request),
        )
    except actions.ParentGone:
        message = _("Only a published comment that answers no other one can be pinned.")
        return refusal(request, 409, message, comment)
    messages.success(request, _("Pinned.") if form.cleaned_data["pinned"] else _("No longer pinned."))
    return _back(request, comment)


@require_POST
@for_moderators
@told_in_words
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a comment an editors' pick for a reason that readers see; without a reason it is none (any more)."""
    comment = get_object_or_404(Comment, pk=pk)
    form = PickForm(request.POST)
    if not form.is_valid():
        message = _("The reason of a pick has at most 200 characters. Please shorten it.")
        return refusal(request, 422, message, comment, reason=request.POST.get("reason", ""))
    reason = form.cleaned_data["reason"]
    try:
        actions.pick(comment=comment, reason=reason, now=timezone.now(), moderator=moderator_of(request))
    except actions.ParentGone:
        return refusal(request, 409, _("Only a published comment can be picked."), comment, reason=reason)
    messages.success(request, _("An editors’ pick now.") if reason else _("No editors’ pick any more."))
    return _back(request, comment)


def _conflict(request: HttpRequest, comment: Comment, form: DecisionForm) -> HttpResponse:
    message = _(
        "Somebody else was faster: this comment was moved or edited since you opened the list. "
        "Your decision was not stored."
    )
    decision = comment.decisions.select_related("moderator").order_by("-version").first()
    return refusal(request, 409, message, comment, decision=decision, reason=form.cleaned_data["reason"])


def _back(request: HttpRequest, comment: Comment | None = None) -> HttpResponse:
    """Lead back to the list that the form stood in, which the address of the form says."""
    place = f"#comment-{comment.pk}" if comment else ""
    return redirect(f"{reverse('reader_comments')}{CommentListing.read(request.GET).query()}{place}")
