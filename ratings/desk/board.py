"""The shift board: what waits, what was decided, and how often that was right; as figures, plots, tables and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from prose.spreadsheets import csv_answer
from ratings.desk import charts
from ratings.desk.charts import Plot, Series
from ratings.desk.door import desk_page, for_moderators, moderator_of
from ratings.desk.listing import reported
from ratings.desk.sections import Scope
from ratings.desk.topics import topics_waiting
from ratings.desk.vote_listing import Ballot, VoteListing
from ratings.models import Comment, Decision, Report, State
from ratings.moderation.shift import Percentiles, Shift, in_words

PERIODS = {1: gettext_lazy("Today"), 7: gettext_lazy("7 days"), 30: gettext_lazy("30 days")}
"""What can be asked for, in days with the one that runs."""

OUTCOMES = (State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM)


@require_safe
@for_moderators
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of the `?days=` 1, 7 or 30 (today, where they ask for nothing that there is)."""
    scope, days, now = Scope.of(moderator_of(request)), _days(request), timezone.now()
    shift = shift_of(scope, days, now)
    plots = [
        {
            "name": name,
            "plot": plot(shift),
            "address": _address("shift_chart", days, name),
            "file": _address("shift_table", days, name),
        }
        for name, (plot, _draw) in PLOTS.items()
    ]
    title = {"page_title": _("Shift board"), "header_icon": "clipboard-list"}
    context = desk_page(request, None, scope=scope, backlog=shift.backlog, **title) | dict(  # noqa: C408  # reads as the arguments it stands for
        periods=[(_address("shift_board", number), label, number == days) for number, label in PERIODS.items()],
        waiting=_waiting(shift, scope),
        figures=_figures(shift),
        topics=[topic for topic in topics_waiting(scope) if topic.waiting],
        moderators=_moderators(shift),
        moderators_file=_address("shift_table", days, "moderators"),
        decisions_file=_address("shift_decisions", days),
        plots=plots,
    )
    return render(request, "ratings/desk/board.html", context)


@require_safe
@for_moderators
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """Return one plot of the board as an image (SVG); 404 for a name that none has."""
    if name not in PLOTS:
        raise Http404
    plot, draw = PLOTS[name]
    shift = shift_of(Scope.of(moderator_of(request)), _days(request), timezone.now())
    answer = HttpResponse(draw(plot(shift)), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@for_moderators  # type: ignore[arg-type]  # a stream is let through like any other answer
def table(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return one table of the board as CSV; 404 for a name that none has."""
    shift = shift_of(Scope.of(moderator_of(request)), _days(request), timezone.now())
    if name == "moderators":
        return csv_answer(name, [_("Moderator"), *MODERATOR_COLUMNS], _moderators(shift))
    if name not in PLOTS:
        raise Http404
    plot = PLOTS[name][0](shift)
    return csv_answer(name, plot.header, plot.rows)


@require_safe
@for_moderators  # type: ignore[arg-type]  # the same
def decisions(request: HttpRequest) -> HttpResponseBase:
    """Return what moderators did, each act a line of CSV: no words of a comment, no address of a reader."""
    shift = shift_of(Scope.of(moderator_of(request)), _days(request), timezone.now())
    columns = ("act", "comment", "comment__article__title", "from_state", "to_state", "ground", "comment__rules")
    found = shift.all_decisions.values_list("decided_at", "moderator__username", *columns).iterator(chunk_size=2000)
    header = ["decided_at", "moderator", "act", "comment", "article", "from", "to", "ground", "rules"]
    return csv_answer(
        "decisions",
        header,
        ((at.isoformat(), *cells, rules.strip("|").replace("|", " ")) for at, *cells, rules in found),
    )


def shift_of(scope: Scope, days: int, now: datetime) -> Shift:
    """Return the figures of what `scope` covers, of today or of the last `days` with it, until `now`."""
    first = timezone.localdate(now) - timedelta(days=days - 1)
    return Shift(
        comments=scope.within(Comment.objects.all()),
        decisions=scope.within(Decision.objects.all(), "comment__article"),
        reports=scope.within(Report.objects.all(), "comment__article"),
        since=timezone.make_aware(datetime.combine(first, time.min)),
        now=now,
        step="hour" if days == 1 else "day",
    )


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), 1)


def _address(view: str, days: int, *path: str) -> str:
    return f"{reverse(view, args=path)}?days={days}"


def _waiting(shift: Shift, scope: Scope) -> list[tuple[str, str, str]]:
    """Return what waits now: label, figure, and what it means."""
    backlog, ages = shift.backlog, shift.ages
    held = sum(scope.within(VoteListing(of=of).votes(), of.way_to_article).count() for of in Ballot)
    return [
        (_("Waiting"), f"{backlog.number:,}", ""),
        (_("The oldest"), in_words(backlog.oldest), ""),
        (_("Median age"), in_words(ages.half), _("Half of what waits is younger.")),
        (_("90th percentile"), in_words(ages.most), _("Nine of ten are younger; the target is for this.")),
        (_("Reported"), f"{scope.within(reported()).count():,}", _("Published, with reports to answer.")),
        (_("Held votes"), f"{held:,}", ""),
    ]


def _figures(shift: Shift) -> list[tuple[str, str, str]]:
    """Return what happened in the period: label, figure, and what it means."""
    pace, waited, bulks, model = shift.pace, shift.first_decisions, shift.bulks, shift.model_precision
    return [
        (_("Decisions"), f"{pace.decided:,}", _("Moved, marked as checked, or words taken out.")),
        (_("Median time to a decision"), in_words(waited.half), _("From writing to the first decision.")),
        (_("90th percentile of it"), in_words(waited.most), ""),
        (
            _("Decisions a minute"),
            _number(pace.a_minute),
            _("Of one moderator, between the first and the last of each hour; bulks are left out."),
        ),
        (_("Reversals"), _percent(pace.reversals), _("Undone, or contradicted by a later decision that stands.")),
        (_("Reports"), f"{shift.outcomes.total():,}", _("Upheld: %(number)d.") % {"number": shift.upheld}),
        (
            _("Bulk decisions"),
            f"{bulks['bulks']:,}",
            _("Comments decided: %(decided)d, undone: %(undone)d.") % bulks,
        ),
        (
            _("Learned filter"),
            _percent(model.part if model else None),
            _("Of what it called spam and moderators decided on, this part was spam (%(right)d of %(decided)d).")
            % {"right": model.right if model else 0, "decided": model.decided if model else 0},
        ),
    ]


MODERATOR_COLUMNS = (
    gettext_lazy("Decisions"),
    gettext_lazy("A minute"),
    gettext_lazy("Reversed"),
    gettext_lazy("Reversals"),
)


def _moderators(shift: Shift) -> list[tuple[str, int, str, int, str]]:
    return [
        (name, pace.decided, _number(pace.a_minute), pace.reversed, _percent(pace.reversals))
        for name, pace in shift.moderators.items()
    ]


def _waiting_plot(shift: Shift) -> Plot:
    older = [datetime.min] if shift.waiting[datetime.min] else []
    return Plot(
        title=_("What waits, by when it was written"),
        empty=_("Nothing waits."),
        of=_("Written"),
        labels=(*(_("older") for _each in older), *_labels(shift)),
        series=(Series(label=_("Waiting"), values=tuple(shift.waiting[at] for at in [*older, *shift.steps])),),
    )


def _decided_plot(shift: Shift) -> Plot:
    counts = [shift.decided.get(at, Counter[str]()) for at in shift.steps]
    others = tuple(sum(number for state, number in each.items() if state not in OUTCOMES) for each in counts)
    series = [Series(label=str(to.label), values=tuple(each.get(to, 0) for each in counts)) for to in OUTCOMES]
    return Plot(
        title=_("Decisions by outcome"),
        empty=_("Nothing was decided in this time."),
        of=_("Decided"),
        labels=_labels(shift),
        series=(*series, Series(label=_("Something else"), values=others)),
    )


def _waits_plot(shift: Shift) -> Plot:
    found = [shift.first_decisions_by_step.get(at) for at in shift.steps]

    def series(label: str, hours: Callable[[Percentiles], timedelta]) -> Series:
        return Series(label=label, values=tuple(hours(each) / timedelta(hours=1) if each else None for each in found))

    return Plot(
        title=_("Time from writing to the first decision"),
        empty=_("Nothing was decided for the first time."),
        of=_("Decided"),
        labels=_labels(shift),
        series=(
            series(_("Median"), lambda each: each.half),
            series(_("90th percentile"), lambda each: each.most),
        ),
        say=_hours,
    )


def _rules_plot(shift: Shift) -> Plot:
    found = shift.precision
    return Plot(
        title=_("How often moderators agreed with each rule"),
        empty=_("Nothing that a rule struck was decided in this time."),
        of=_("Rule"),
        labels=tuple(each.rule for each in found),
        series=(
            Series(label=_("Let stand"), values=tuple(each.decided - each.right for each in found)),
            Series(label=_("Refused"), values=tuple(each.right for each in found)),
        ),
        notes=tuple(
            _("%(percent)s of %(number)s") % {"percent": _percent(each.part), "number": f"{each.decided:,}"}
            for each in found
        ),
        noted=_("Agreed"),
    )


PLOTS: dict[str, tuple[Callable[[Shift], Plot], Callable[[Plot], str]]] = {
    "waiting": (_waiting_plot, charts.bars),
    "decided": (_decided_plot, charts.bars),
    "waits": (_waits_plot, charts.lines),
    "rules": (_rules_plot, charts.rows),
}
"""What is drawn, by the name in its address."""


def _labels(shift: Shift) -> tuple[str, ...]:
    form = "H:i" if shift.step == "hour" else "MONTH_DAY_FORMAT"
    return tuple(date_format(timezone.localtime(at), form) for at in shift.steps)


def _hours(hours: float) -> str:
    return _("%(number)s min") % {"number": f"{hours * 60:.0f}"} if hours < 1 else f"{hours:,.1f} h"


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{100 * part:.1f} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
