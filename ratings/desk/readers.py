"""Who a reader is to the moderators: their history at a glance, and a page with all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Func, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from ratings.desk.door import desk_page, for_moderators, moderator_of, told_in_words
from ratings.desk.sanctioning import SanctionForm
from ratings.desk.sections import Scope
from ratings.models import Comment, Rating, Reader, Report, Sanction, SanctionKind, State
from ratings.models.report import Outcome

SANCTION = "ratings.add_sanction"
"""The permission to sanction readers, and to lift it."""

LATEST = 20
"""So many comments, ratings, reports and neighbors are shown, the latest first."""

LATELY = timedelta(days=30)

REFUSED = (State.HIDDEN, State.REJECTED, State.SPAM)
"""Where a comment stands that moderators did not want."""


@dataclass(frozen=True, kw_only=True)
class History:
    """What a moderator wants to know of a reader before deciding on a comment of theirs: numbers, of the whole site."""

    reader: int
    since: datetime
    """When they first answered."""
    states: Mapping[State, int]
    """How many comments of theirs stand in each state; states without any are left out."""
    published_lately: int
    """Of the comments of the last 30 days, how many stand published now."""
    refused_lately: int
    ratings: int
    reports: int
    reports_upheld: int
    """After how many of their reports a moderator took the comment, or words of it, away."""
    sanctions: Mapping[SanctionKind, int]
    """How many sanctions are in force, by kind, the mildest first."""
    siblings: int
    """How many other readers wrote from the same networks: a school and a clinic have many."""

    @property
    def comments(self) -> int:
        """The number of comments, in whatever state."""
        return sum(self.states.values())

    @property
    def told_states(self) -> list[tuple[Any, int]]:
        """Pairs of a state in words and how many comments stand in it."""
        return [(state.label, count) for state, count in self.states.items()]

    @property
    def told_sanctions(self) -> list[Any]:
        """The kinds of the sanctions in force, in words."""
        return [kind.label for kind in self.sanctions]


def histories(reader_ids: Iterable[int], now: datetime) -> dict[int, History]:
    """Return the histories of readers by their keys, in one query for any number of them. Unknown keys are left out."""
    lately = Q(created_at__gt=now - LATELY)
    written = {state.value: Count("pk", filter=Q(state=state)) for state in State} | {
        "published_lately": Count("pk", filter=lately & Q(state=State.PUBLISHED)),
        "refused_lately": Count("pk", filter=lately & Q(state__in=REFUSED)),
    }
    reported = {"made": Count("pk"), "upheld": Count("pk", filter=Q(outcome=Outcome.UPHELD))}
    restrained = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in SanctionKind}
    found = Reader.objects.filter(pk__in=set(reader_ids)).annotate(
        written=_numbers(Comment.objects.all(), written),
        rated=_numbers(Rating.objects.filter(is_withdrawn=False), {"given": Count("pk")}),
        reported=_numbers(Report.objects.with_answer(), reported),
        restrained=_numbers(Sanction.objects.in_force(now), restrained),
        siblings=Subquery(beside(OuterRef("pk"), OuterRef(OuterRef("pk"))).values(number=_NUMBER_OF_READERS)),
    )
    return {reader.pk: _history(reader) for reader in found}


def beside(reader: Any, reader_of_the_networks: Any = None) -> QuerySet[Comment]:
    """Return the comments of others that came from the networks that `reader`, a key or a reference, wrote from.

    A reference is needed twice: as it is seen from these comments, and from those that the networks are taken from.
    """
    own = Comment.objects.filter(reader=reader_of_the_networks or reader).exclude(network="")
    # What is excluded twice lets the partial index be used: without it each reader costs a look at every comment.
    return Comment.objects.filter(network__in=own.values("network")).exclude(network="").exclude(reader=reader)


_NUMBER_OF_READERS = Func(
    F("reader"), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)", output_field=IntegerField()
)
"""As a function, for an aggregate would group by what the query refers to outside."""


def _numbers(rows: QuerySet[Any], counts: Mapping[str, Count]) -> Subquery:
    """Return the `counts` of those `rows` that are a reader's as one value, which is None for a reader without rows."""
    own = rows.filter(reader=OuterRef("pk")).order_by().values("reader")
    return Subquery(own.annotate(found=JSONObject(**counts)).values("found"))


def _history(reader: Any) -> History:
    written, reported, restrained = reader.written or {}, reader.reported or {}, reader.restrained or {}
    return History(
        reader=reader.pk,
        since=reader.created_at,
        states={state: written[state] for state in State if written.get(state)},
        published_lately=written.get("published_lately", 0),
        refused_lately=written.get("refused_lately", 0),
        ratings=(reader.rated or {}).get("given", 0),
        reports=reported.get("made", 0),
        reports_upheld=reported.get("upheld", 0),
        sanctions={kind: restrained[kind] for kind in SanctionKind if restrained.get(kind)},
        siblings=reader.siblings,
    )


@require_safe
@for_moderators
@told_in_words
def reader(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that is known of a reader, as far as it stands in sections of whoever asks."""
    return reader_page(request, *moderated_reader(request, pk))


def moderated_reader(request: HttpRequest, pk: int) -> tuple[Reader, Scope]:
    """Return the reader, and what whoever asks moderates.

    Raises Http404, or PermissionDenied for a reader who wrote in none of their sections; a POST to such a one leaves
    an entry in the admin's history.
    """
    found = get_object_or_404(Reader.objects.select_related("user"), pk=pk)
    scope = Scope.of(moderator_of(request))
    if scope.paths is not None and not scope.within(found.comments.all()).exists():
        if request.method == "POST":
            log(instance=found, action="ratings.refuse", user=request.user, data={"reason": "", "reader": pk})
        raise PermissionDenied
    return found, scope


def reader_page(
    request: HttpRequest,
    reader: Reader,
    scope: Scope,
    form: SanctionForm | None = None,
    *,
    status: int = HTTPStatus.OK,
    message: str = "",
) -> HttpResponse:
    """Show the page of a reader, with a sanction in a `form` that could not be stored, if there is one."""
    now = timezone.now()
    sanctions = list(reader.sanctions.select_related("moderator", "lifted_by", "hid").order_by("-pk"))
    may_sanction = request.user.has_perm(SANCTION)
    if form is None and may_sanction:
        form = SanctionForm(initial={"latest": sanctions[0].pk if sanctions else 0})
    comments = scope.within(reader.comments.all()).select_related("article").defer("article__body", "trace", "folded")
    ratings = scope.within(reader.ratings.all()).select_related("article").defer("article__body")
    reports = scope.within(reader.reports.with_answer(), "comment__article").select_related("comment")
    context = desk_page(
        request,
        None,
        scope=scope,
        page_title=_("Reader %(number)s") % {"number": reader.pk},
        header_icon="user",
        reader=reader,
        history=histories([reader.pk], now)[reader.pk],
        comments=comments.order_by("-pk")[:LATEST],
        ratings=ratings.order_by("-changed_at", "-pk")[:LATEST],
        reports=_with_outcome(reports.order_by("-pk")[:LATEST]),
        sanctions=[(sanction, sanction.is_in_force(now)) for sanction in sanctions],
        neighbors=_neighbors(reader, scope),
        may_sanction=may_sanction,
        form=form if may_sanction else None,
        message=message,
    )
    return render(request, "ratings/desk/reader.html", context, status=status)


def _with_outcome(reports: Iterable[Any]) -> list[tuple[Report, Any]]:
    return [(report, Outcome(report.outcome).label) for report in reports]


def _neighbors(reader: Reader, scope: Scope) -> Iterable[Mapping[str, Any]]:
    """Return others who wrote from the same networks: key, number of comments there, latest moment and one network."""
    comments = scope.within(beside(reader.pk)).order_by().values("reader")
    found = comments.annotate(number=Count("pk"), latest=Max("created_at"), one_network=Max("network"))
    return found.order_by("-latest", "reader")[:LATEST]
