"""The list of reader comments, and the decision on one of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from ratings import actions
from ratings.desk.forms import DECISIONS, DecisionForm
from ratings.models import Comment, State
from ratings.moderation.transitions import targets

PER_PAGE = 50
PERMISSION = "ratings.moderate_comment"


@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """List the comments in one state (`?state=`, waiting ones by default), the oldest first, with their rule traces."""
    _must_moderate(request)
    asked = request.GET.get("state", State.PENDING)
    state = State(asked) if asked in State.values else State.PENDING
    found = (
        Comment.objects.in_state(state)
        .oldest_first()
        .select_related("article", "parent")
        .defer("article__body")
        .prefetch_related("decisions__moderator")
    )
    # Wagtail's own pagination, whose links say `?p=`.
    page = WagtailPaginator(found, PER_PAGE).get_page(request.GET.get("p"))
    counts = dict(Comment.objects.values_list("state").annotate(Count("pk")))
    context = {
        "comments": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "state": state,
        "states": [(choice, choice.label, counts.get(choice.value, 0)) for choice in State],
        "choices": [(to, label) for to, label in DECISIONS.items() if to in targets(state)],
        "header_title": _("Reader comments"),
        "page_title": _("Reader comments"),
        "header_icon": "comment",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Reader comments")},
        ],
    }
    return render(request, "ratings/desk/comments.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one comment; 409 with the name of who was first, and the moderator's own reason kept."""
    _must_moderate(request)
    comment = get_object_or_404(Comment, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        message = _("This decision could not be read. Please decide again, with a reason of at most 300 characters.")
        return _answer(request, 422, message, comment=comment, reason=request.POST.get("reason", ""))
    to = form.target()
    try:
        actions.decide(
            comment=comment,
            version=form.cleaned_data["version"],
            to=to,
            moderator=request.user,  # type: ignore[arg-type]  # the admin lets nobody in who is not signed in
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except actions.Conflict as conflict:
        return _conflict(request, conflict.comment, form)
    messages.success(request, _("%(name)s’s comment: %(state)s.") % {"name": comment.name, "state": to.label})
    back = State(comment.state).value
    return redirect(f"{reverse('reader_comments')}?state={back}")


def _conflict(request: HttpRequest, comment: Comment, form: DecisionForm) -> HttpResponse:
    message = _(
        "Somebody else was faster: this comment has moved since you opened the list. Your decision was not stored."
    )
    return _answer(
        request,
        409,
        message,
        comment=comment,
        decision=comment.decisions.select_related("moderator").order_by("-version").first(),
        reason=form.cleaned_data["reason"],
    )


def _answer(request: HttpRequest, status: int, message: str, **context: Any) -> HttpResponse:
    context |= {"message": message, "page_title": _("Reader comments"), "header_icon": "comment"}
    return render(request, "ratings/desk/refused.html", context, status=status)


def _must_moderate(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
