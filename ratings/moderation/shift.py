"""How the moderators keep up: what waits and how long, what was decided, and how often that was right.

The database counts; what comes back are few rows, however many comments and decisions there are. Only for the times
to a first decision it is two numbers for each.
"""

from __future__ import annotations

import logging
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Count, Exists, Func, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from ratings.models import Act, Comment, Decision, Report, State
from ratings.models.comment import CommentQuerySet
from ratings.models.report import ANSWERING, Outcome
from ratings.moderation.learning import verdicts

HALF, MOST = 50, 90
"""The percentiles that are told, by nearest rank: the smallest value that at least so many of a hundred do not pass."""

REFUSED = (State.HIDDEN, State.REJECTED, State.SPAM)

QUARTER = 900
"""Seconds in a quarter of an hour. Hours and days begin with one in every time zone of today."""

HOUR = timedelta(hours=1)

WARNED_FOR = HOUR
"""So long a warning in the log holds while nothing gets better."""

logger = logging.getLogger(__name__)


class Seconds(Func):
    """A moment in whole seconds since 1970, which any database groups and subtracts itself; SQLite has no dates."""

    output_field = BigIntegerField()
    template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL for SQLite, where a moment is text: `2026-11-20 15:30:00.000000`."""
        seconds = "CAST(strftime('%%%%s', substr(%(expressions)s, 1, 19)) AS integer)"
        return self.as_sql(compiler, connection, template=seconds, **context)


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What waits for a moderator at one moment."""

    number: int
    late: int
    """How many have waited for longer than `target`."""
    oldest: timedelta
    target: timedelta

    @property
    def target_in_words(self) -> str:
        """How long a comment may wait."""
        return in_words(self.target)

    @property
    def is_late(self) -> bool:
        """Whether the 90th percentile of the ages passes the target: more than a tenth have waited longer."""
        return self.late * 100 > self.number * (100 - MOST)


@dataclass(frozen=True, kw_only=True)
class Percentiles:
    """The 50th and the 90th percentile of some times, both zero where there are none."""

    half: timedelta = timedelta()
    most: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Decisions of one moderator, or of all."""

    decided: int = 0
    reversed: int = 0
    """How many of them were undone, or contradicted by a later decision that stands."""
    further: int = 0
    """Single decisions without the first of each hour."""
    minutes: float = 0
    """Between the first and the last single decision of each hour."""

    @property
    def a_minute(self) -> float | None:
        """How many single decisions a minute, or None where no hour has two. Bulks would make anybody fast."""
        return self.further / self.minutes if self.minutes else None

    @property
    def reversals(self) -> float | None:
        """The part of the decisions that was reversed, 0 to 1, or None without any."""
        return self.reversed / self.decided if self.decided else None


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How often moderators agreed with one rule, of the comments on which it struck."""

    rule: str
    decided: int
    right: int

    @property
    def part(self) -> float:
        """The part in which it was right, 0 to 1."""
        return self.right / self.decided


def in_words(duration: timedelta) -> str:
    """Return `duration` in its largest unit and the next, or that it is less than a minute."""
    if duration < timedelta(minutes=1):
        return _("less than a minute")
    now = timezone.now()
    return timesince(now - duration, now)


def backlog(comments: CommentQuerySet, now: datetime) -> Backlog:
    """Return what of `comments` waits at `now`. One query."""
    target = timedelta(minutes=settings.MODERATION_TARGET_MINUTES)
    found = comments.in_state(State.PENDING).aggregate(
        number=Count("pk"), late=Count("pk", filter=Q(created_at__lt=now - target)), oldest=Min("created_at")
    )
    oldest = now - (found["oldest"] or now)
    return Backlog(number=found["number"], late=found["late"], oldest=oldest, target=target)


def ages(comments: CommentQuerySet, number: int, now: datetime) -> Percentiles:
    """Return how old the `number` of `comments` that wait are. Two queries, which walk the index of the queue."""
    if not number:
        return Percentiles()
    moments = comments.in_state(State.PENDING).oldest_first().values_list("created_at", flat=True)
    half, most = (moments[number - ceil(number * percent / 100) :].first() for percent in (HALF, MOST))
    return Percentiles(half=now - (half or now), most=now - (most or now))


@dataclass(frozen=True, kw_only=True)
class Shift:
    """What happened among the given rows from `since`, the beginning of a day, until `now`.

    A decision is what a moderator did to judge a comment: moved it, took words out of it, or marked it as checked.
    What it set off is none. Each figure asks the database when it is first read.
    """

    comments: CommentQuerySet
    decisions: QuerySet[Decision]
    reports: QuerySet[Report]
    since: datetime
    now: datetime
    step: str
    """`hour` or `day`."""

    @cached_property
    def backlog(self) -> Backlog:
        """What waits. One query."""
        return backlog(self.comments, self.now)

    @cached_property
    def ages(self) -> Percentiles:
        """How old it is. Two queries, and the one of the backlog."""
        return ages(self.comments, self.backlog.number, self.now)

    @cached_property
    def steps(self) -> list[datetime]:
        """The beginnings of all hours or days, in the site's time zone."""
        if self.step == "hour":
            start = self.since.astimezone(UTC)  # in local time an hour can come twice
            return [start + timedelta(hours=number) for number in range(ceil((self.now - start) / HOUR) or 1)]
        first = timezone.localtime(self.since).replace(tzinfo=None)
        days = (timezone.localdate(self.now) - first.date()).days + 1
        return [timezone.make_aware(first + timedelta(days=number)) for number in range(days)]

    @cached_property
    def waiting(self) -> Counter[datetime]:
        """How many wait, by the hour or day in which they were written; under `datetime.min` older ones. One query."""
        recent = self.comments.in_state(State.PENDING).filter(created_at__gte=self.since).order_by()
        quarters = recent.values_list(Seconds("created_at") / QUARTER).annotate(Count("pk"))
        numbers: Counter[datetime] = Counter()
        for quarter, number in quarters:
            numbers[self._step_at(quarter * QUARTER)] += number
        if older := self.backlog.number - numbers.total():
            numbers[datetime.min] = older
        return numbers

    @cached_property
    def decided(self) -> dict[datetime, Counter[str]]:
        """How many decisions, by hour or day and by the state that they left the comment in."""
        numbers: dict[datetime, Counter[str]] = defaultdict(Counter)
        for tally in self._tallies:
            numbers[self._step_at(tally["quarter"] * QUARTER)][tally["to_state"]] += tally["number"]
        return numbers

    @cached_property
    def moderators(self) -> dict[str, Pace]:
        """The decisions of each moderator, by name of the account. One query, and that of the decisions."""
        keys = {tally["moderator"] for tally in self._tallies}
        names = User.objects.filter(pk__in=keys).order_by("username").values_list("pk", "username")
        return {name: _pace([row for row in self._tallies if row["moderator"] == key]) for key, name in names}

    @cached_property
    def pace(self) -> Pace:
        """The decisions of all moderators; a minute is one of one moderator's."""
        paces = self.moderators.values()
        return Pace(
            decided=sum(pace.decided for pace in paces),
            reversed=sum(pace.reversed for pace in paces),
            further=sum(pace.further for pace in paces),
            minutes=sum(pace.minutes for pace in paces),
        )

    @cached_property
    def first_decisions(self) -> Percentiles:
        """How long comments had been there when they were first decided on in this time. One query, shared."""
        return _percentiles(list(chain.from_iterable(self._waits.values())))

    @cached_property
    def first_decisions_by_step(self) -> dict[datetime, Percentiles]:
        """The same by the hour or day of the decision. One query, shared."""
        return {at: _percentiles(waits) for at, waits in self._waits.items()}

    @cached_property
    def precision(self) -> list[Precision]:
        """How often each rule was right: what it struck and moderators decided on was refused."""
        struck: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for rules, to, number in self._last_words:
            for rule in filter(None, rules.split("|")):
                struck[rule] += number
                right[rule] += number * (to in REFUSED)
        return [Precision(rule=rule, decided=struck[rule], right=right[rule]) for rule in sorted(struck)]

    @cached_property
    def model_precision(self) -> Precision | None:
        """How often what the learned model called spam was decided to be spam, or None if nothing of it was decided.

        As it is counted for whether the model may act, in this time. One query.
        """
        saw_spam = [is_spam for _key, is_spam in verdicts(self.all_decisions.filter(comment__is_called_spam=True))]
        return Precision(rule="", decided=len(saw_spam), right=sum(saw_spam)) if saw_spam else None

    @cached_property
    def outcomes(self) -> Counter[str]:
        """What became of the reports that readers made in this time, by `Outcome`. One query."""
        made = self.reports.filter(created_at__gte=self.since, created_at__lte=self.now)
        with_answer: QuerySet[Any] = made.with_answer()  # type: ignore[attr-defined]  # it is a ReportQuerySet
        return Counter(dict(with_answer.order_by().values_list("outcome").annotate(Count("pk"))))

    @property
    def upheld(self) -> int:
        """How many of these reports a moderator agreed with."""
        return self.outcomes[Outcome.UPHELD]

    @cached_property
    def bulks(self) -> dict[str, int]:
        """How many `bulks` there were, how many comments they `decided`, and how many of that was `undone`."""
        return self._judgments.filter(bulk__isnull=False).aggregate(
            bulks=Count("bulk", distinct=True),
            decided=Count("pk"),
            undone=Count("pk", filter=Q(undone_by__isnull=False)),
        )

    @property
    def all_decisions(self) -> QuerySet[Decision]:
        """All that moderators did in this time, judgments or not, the first first."""
        within = self.decisions.filter(decided_at__gte=self.since, decided_at__lte=self.now)
        return within.filter(is_by_moderator=True).order_by("decided_at", "pk")

    @property
    def _judgments(self) -> QuerySet[Decision]:
        return self.all_decisions.filter(act__in=ANSWERING, because_of__isnull=True).order_by()

    @cached_property
    def _tallies(self) -> list[dict[str, Any]]:
        """Decisions by quarter of an hour, moderator, outcome, and whether they were part of a bulk. One query."""
        contradicted = _others().filter(version__gt=OuterRef("version"), undone_by__isnull=True)
        # Not by `undone_by`: the database would read all decisions to join them.
        undone = Decision.objects.filter(undoes=OuterRef("pk"))
        reversed_ones = Q(Exists(undone)) | Q(Exists(contradicted.exclude(to_state=OuterRef("to_state"))))
        quarter = Seconds("decided_at") / QUARTER
        grouped = self._judgments.annotate(quarter=quarter, single=Q(bulk__isnull=True)).values(
            "quarter", "moderator", "to_state", "single"
        )
        tallies: Any = grouped.annotate(
            number=Count("pk"),
            reversed=Count("pk", filter=reversed_ones),
            first=Min("decided_at"),
            last=Max("decided_at"),
        )
        return list(tallies)

    @cached_property
    def _waits(self) -> dict[datetime, list[int]]:
        """For how many seconds each comment had been there when it was first decided on, by hour or day. One query."""
        first = self._judgments.filter(~Exists(_others().filter(version__lt=OuterRef("version"))))
        moments = first.values_list(Seconds("decided_at"), Seconds("comment__created_at"))
        waits: dict[datetime, list[int]] = defaultdict(list)
        for decided, written in moments.iterator(chunk_size=2000):
            waits[self._step_at(decided)].append(decided - written)
        return waits

    @cached_property
    def _beginnings(self) -> list[float]:
        return [at.timestamp() for at in self.steps]

    def _step_at(self, seconds: int) -> datetime:
        return self.steps[bisect(self._beginnings, seconds) - 1]

    @cached_property
    def _last_words(self) -> list[tuple[str, str, int]]:
        """The last word on comments that moderators decided on: rules, state, number. One query.

        A decision that was undone leaves no word, unless there was one before it.
        """
        later = _others(*ANSWERING, Act.UNDO).filter(version__gt=OuterRef("version"))
        last = self.all_decisions.filter(~Exists(later), act__in=[*ANSWERING, Act.UNDO]).exclude(to_state=State.PENDING)
        grouped = last.order_by().values_list("comment__rules", "to_state")
        return list(grouped.annotate(Count("pk")))


class Watch:
    """Warns in the log when what waits passes the target: once, until it was fine in between or an hour has passed."""

    def __init__(self) -> None:
        self._warned_at: datetime | None = None

    def look(self, now: datetime) -> bool:
        """Look at what waits at `now`, and return whether a warning was logged. One query."""
        found = backlog(Comment.objects.all(), now)
        if not found.is_late:
            self._warned_at = None
            return False
        if self._warned_at is not None and now - self._warned_at < WARNED_FOR:
            return False
        self._warned_at = now
        minutes = {"target": found.target // timedelta(minutes=1), "oldest": found.oldest // timedelta(minutes=1)}
        logger.warning(
            "%d of %d reader comments have waited for a moderator for more than %d minutes; the oldest for %d.",
            found.late,
            found.number,
            minutes["target"],
            minutes["oldest"],
            extra={"waiting": found.number, "late": found.late, "oldest_minutes": minutes["oldest"]},
        )
        return True


def _others(*acts: Act) -> QuerySet[Decision]:
    """Return what moderators did to the comment of an outer decision, for `Exists`: the judgments, or other `acts`."""
    return Decision.objects.filter(
        comment=OuterRef("comment"), is_by_moderator=True, act__in=acts or ANSWERING
    ).order_by()


def _percentiles(waits: list[int]) -> Percentiles:
    if not waits:
        return Percentiles()
    ordered = sorted(waits)
    half, most = (ordered[ceil(len(ordered) * percent / 100) - 1] for percent in (HALF, MOST))
    return Percentiles(half=timedelta(seconds=half), most=timedelta(seconds=most))


def _pace(tallies: list[dict[str, Any]]) -> Pace:
    hours: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for tally in tallies:
        if tally["single"]:
            hours[tally["quarter"] * QUARTER // 3600].append(tally)
    return Pace(
        decided=sum(tally["number"] for tally in tallies),
        reversed=sum(tally["reversed"] for tally in tallies),
        further=sum(tally["number"] for hour in hours.values() for tally in hour) - len(hours),
        minutes=sum(_minutes(hour) for hour in hours.values()),
    )


def _minutes(tallies: list[dict[str, Any]]) -> float:
    first, last = (min(tally["first"] for tally in tallies), max(tally["last"] for tally in tallies))
    return (last - first) / timedelta(minutes=1)
