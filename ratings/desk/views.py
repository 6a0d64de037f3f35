"""Lists that moderators look at often, kept under a name."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ratings.desk.door import for_moderators, moderator_of, only_posted, refusal, told_in_words
from ratings.desk.forms import ViewForm
from ratings.desk.listing import CommentListing
from ratings.models import SavedView

LONGEST_QUERY = 1000
"""What the column holds."""


def views_of(user: User) -> QuerySet[SavedView]:
    """Return the saved views that `user` sees: their own, and those that others share."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")


def may_change(user: User, view: SavedView) -> bool:
    """Return whether `user` may rename or delete `view`."""
    return user.is_superuser or view.owner_id == user.pk


@only_posted
@for_moderators
@told_in_words
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list that the address asks for under a name."""
    listing = CommentListing.read(request.GET).from_start()
    return _save(request, SavedView(owner=moderator_of(request), query=listing.query().removeprefix("?")))


@only_posted
@for_moderators
@told_in_words
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a saved view, or share it or not; or delete it, if the button says so."""
    view = _own_view(request, pk)
    if "delete" not in request.POST:
        return _save(request, view)
    view.delete()
    messages.success(request, _("“%(name)s” is no longer in the list of views.") % {"name": view.name})
    return redirect("reader_comments")


def _own_view(request: HttpRequest, pk: int) -> SavedView:
    """Return the view; raises Http404 if the moderator does not see it, PermissionDenied if it is another's."""
    user = moderator_of(request)
    view = get_object_or_404(SavedView, pk=pk)
    if may_change(user, view):
        return view
    if view.is_shared:
        raise PermissionDenied
    raise Http404


def _save(request: HttpRequest, view: SavedView) -> HttpResponse:
    form = ViewForm(request.POST, instance=view)
    if len(view.query) > LONGEST_QUERY or not form.is_valid():
        message = _("This view could not be stored. Please give it a name of at most 60 characters, and fewer filters.")
        return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, reason=request.POST.get("name", ""))
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        message = _("You have a view of this name already. Please give it another name.")
        return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, reason=view.name)
    messages.success(request, _("“%(name)s” is in the list of views now.") % {"name": view.name})
    return redirect(reverse("reader_comments") + CommentListing.read(QueryDict(view.query)).query())
