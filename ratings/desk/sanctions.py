"""Putting a sanction on a reader, lifting it, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from ratings import actions
from ratings.actions.locks import must_exist
from ratings.desk.bulks import go_on, may_undo
from ratings.desk.door import PER_PAGE, desk_page, for_moderators, moderator_of, only_posted, refusal, told_in_words
from ratings.desk.readers import SANCTION, moderated_reader, reader_page
from ratings.desk.sanctioning import LiftForm, SanctionForm
from ratings.desk.sections import Scope
from ratings.models import Comment, Ground, Reader, Sanction, SanctionKind
from ratings.tasks import finish_bulk


class Phase(models.TextChoices):
    """Where a sanction is in its life."""

    IN_FORCE = "in_force", gettext_lazy("In force")
    ENDED = "ended", gettext_lazy("Ended")
    LIFTED = "lifted", gettext_lazy("Lifted")


def for_those_who_sanction(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only moderators in who may sanction readers; for others the view raises PermissionDenied."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(SANCTION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return for_moderators(guarded)


@only_posted
@for_those_who_sanction
@told_in_words
def sanction_reader(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a sanction on a reader. A ban is asked about first, with the number of comments that it would hide."""
    reader, scope = moderated_reader(request, pk)
    form = SanctionForm(request.POST)
    if not form.is_valid():
        return reader_page(request, reader, scope, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.cleaned_data["kind"] == SanctionKind.BAN and "sure" not in request.POST:
        return _question(request, reader, scope, form)
    with transaction.atomic():
        try:
            must_exist(reader)
        except actions.ReaderGone:
            message = _("This reader has signed in meanwhile, and is one with another one now. Nothing was stored.")
            return refusal(request, HTTPStatus.CONFLICT, message, reason=form.cleaned_data["reason"])
        latest = reader.sanctions.order_by("-pk").values_list("pk", flat=True).first() or 0
        if latest != form.cleaned_data["latest"]:
            message = _("Somebody else has sanctioned this reader meanwhile. Nothing was stored. Is it still needed?")
            form = SanctionForm(request.POST.dict() | {"latest": latest})
            return reader_page(request, reader, scope, form, status=HTTPStatus.CONFLICT, message=message)
        stored = _store(request, reader, scope, form)
    if stored.hid is not None:
        go_on(stored.hid)
    messages.success(request, _("Stored: %(kind)s.") % {"kind": SanctionKind(stored.kind).label})
    return redirect("reader_of_comments", pk)


@only_posted
@for_those_who_sanction
@told_in_words
def lift_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a sanction, and bring back what was hidden with it."""
    sanction = get_object_or_404(Sanction.objects.select_related("hid"), pk=pk)
    moderated_reader(request, sanction.reader_id)
    form = LiftForm(request.POST)
    if not form.is_valid():
        message = _("The reason has at most 300 characters. Please shorten it.")
        return refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, message, reason=request.POST.get("reason", ""))
    if sanction.hid is not None and not may_undo(sanction.hid, moderator_of(request)):
        raise PermissionDenied
    with transaction.atomic():
        lifted = actions.lift(
            sanction=sanction,
            moderator=moderator_of(request),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        if lifted.hid is not None:
            finish_bulk.enqueue(lifted.hid.pk)
    if lifted.hid is not None:
        go_on(lifted.hid)
    messages.success(request, _("Lifted: %(kind)s.") % {"kind": SanctionKind(lifted.kind).label})
    return redirect("reader_of_comments", lifted.reader_id)


@require_safe
@for_moderators
@told_in_words
def sanctions(request: HttpRequest) -> HttpResponse:
    """List sanctions, the latest first: `?phase=`, those in force by default, and of one `?kind=`."""
    scope = Scope.of(moderator_of(request))
    asked, kind = request.GET.get("phase", ""), request.GET.get("kind", "")
    phase = Phase(asked) if asked in Phase.values else Phase.IN_FORCE
    found = _in_phase(phase, timezone.now()).select_related("reader__user", "moderator", "lifted_by")
    if kind in SanctionKind.values:
        found = found.filter(kind=kind)
    if scope.paths is not None:
        found = found.filter(reader__in=scope.within(Comment.objects.order_by()).values("reader"))
    page = WagtailPaginator(found.order_by("-begins_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = desk_page(
        request,
        None,
        scope=scope,
        page_title=_("Sanctions"),
        header_icon="user",
        page=page,
        elided_page_range=page.paginator.get_elided_page_range(page.number),
        phases=[(value, label, value == phase) for value, label in Phase.choices],
        kinds=[(value, label, value == kind) for value, label in SanctionKind.choices],
        phase=phase,
    )
    return render(request, "ratings/desk/sanctions.html", context)


def _store(request: HttpRequest, reader: Reader, scope: Scope, form: SanctionForm) -> Sanction:
    now = timezone.now()
    stored = actions.sanction(
        reader=reader,
        kind=SanctionKind(form.cleaned_data["kind"]),
        ground=Ground(form.cleaned_data["ground"]),
        reason=form.told(),
        note=form.cleaned_data["note"],
        ends_at=form.ends_at(now),
        hide=form.hiding(),
        among=scope.within(Comment.objects.all()),
        moderator=moderator_of(request),
        now=now,
    )
    if stored.hid is not None:
        finish_bulk.enqueue(stored.hid.pk)
    return stored


def _question(request: HttpRequest, reader: Reader, scope: Scope, form: SanctionForm) -> HttpResponse:
    """Ask whether a ban is meant."""
    count = actions.posted_by(reader.pk, scope.within(Comment.objects.all())).count()
    hidden = ngettext("%(count)d comment will be hidden.", "%(count)d comments will be hidden.", count)
    context = desk_page(
        request,
        None,
        scope=scope,
        page_title=_("Ban reader %(number)s?") % {"number": reader.pk},
        header_icon="user",
        reader=reader,
        form=form,
        reason=form.told(),
        ends_at=form.ends_at(timezone.now()),
        hidden=hidden % {"count": count} if form.hiding() else "",
    )
    return render(request, "ratings/desk/sanction_question.html", context)


def _in_phase(phase: Phase, now: datetime) -> QuerySet[Sanction]:
    if phase == Phase.IN_FORCE:
        return Sanction.objects.in_force(now)
    if phase == Phase.ENDED:
        return Sanction.objects.filter(lifted_at__isnull=True, ends_at__lte=now)
    return Sanction.objects.filter(lifted_at__isnull=False)
