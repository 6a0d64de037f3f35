"""The figures of the shift: each equal to a slow recount, in few queries."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from django.utils import timezone

from ratings import actions
from ratings.desk.board import shift_of
from ratings.desk.sections import Scope
from ratings.models import Comment, Decision, Ground, Report, State
from ratings.models.report import Outcome
from ratings.moderation.shift import Pace, Seconds, Shift, Watch, ages, backlog

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OUTCOMES = (State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM)


def shift(days: int = 7, scope: Scope | None = None) -> Shift:
    return shift_of(scope or Scope(), days, NOW)


def nearest_rank(values, percent: int):
    """Return the smallest of `values` that at least so many of a hundred do not pass."""
    ordered = sorted(values)
    return next(value for value in ordered if 100 * sum(each <= value for each in ordered) >= percent * len(ordered))


@pytest.fixture
def busy(make_comment, move, moderator, make_user, make_reader):
    """Comments of some days, decided by two moderators: some twice, some undone, some not yet."""
    second = make_user("second", "Comment moderators")
    for number in range(17):
        written = NOW - timedelta(days=number % 9, hours=number, minutes=7 * number)
        comment = make_comment(text=f"Words number {number}", now=written)
        rules = ["", "|links|", "|links|words|"][number % 3]
        Comment.objects.filter(pk=comment.pk).update(rules=rules, is_called_spam=number % 4 == 0)
        if number % 5 == 0:
            continue
        by = {"moderator": second if number % 2 else moderator}
        decided_at = written + timedelta(minutes=13 * number + 1)
        move(comment, OUTCOMES[number % 4], now=decided_at, ground=Ground.ABUSE, **by)
        if number % 6 == 1:
            actions.undo(decision=Decision.objects.latest("pk"), now=decided_at + MINUTE, moderator=moderator)
        if number % 6 == 2:
            to = State.PUBLISHED if number % 4 else State.HIDDEN
            move(comment, to, now=decided_at + MINUTE, **by)
    for comment in Comment.objects.in_state(State.PUBLISHED)[:2]:
        actions.report(comment=comment, reader=make_reader(), reason=Report.Reason.FALSE, now=NOW - HOUR)
    reported = Report.objects.earliest("pk").comment
    move(reported, State.HIDDEN, now=NOW - 30 * MINUTE, moderator=moderator)


def judgments(since: datetime) -> list[Decision]:
    found = Decision.objects.filter(moderator__isnull=False, act__in=["move", "redact", "check"])
    return [decision for decision in found.order_by("pk") if since <= decision.decided_at <= NOW]


def is_reversed(decision: Decision) -> bool:
    later = Decision.objects.filter(comment=decision.comment, pk__gt=decision.pk, act="move", undone_by=None)
    return hasattr(decision, "undone_by") or any(each.to_state != decision.to_state for each in later)


def test_what_waits_is_counted_and_its_ages_are_exact(busy):
    pending = [NOW - comment.created_at for comment in Comment.objects.in_state(State.PENDING)]
    found = shift()

    assert found.backlog.number == len(pending) > 3
    assert found.backlog.oldest == max(pending)
    assert found.ages.half == nearest_rank(pending, 50)
    assert found.ages.most == nearest_rank(pending, 90)
    assert found.waiting.total() == len(pending)


@pytest.mark.parametrize("number", [1, 2, 9, 10, 11, 20])
def test_percentiles_of_ages_are_those_of_the_nearest_rank(make_comment, reader, number):
    for minutes in range(1, number + 1):
        make_comment(now=NOW - minutes * MINUTE, reader=reader)

    found = ages(Comment.objects.all(), number, NOW)

    assert (found.half, found.most) == (ceil(number * 0.5) * MINUTE, ceil(number * 0.9) * MINUTE)


def test_nothing_waiting_and_nothing_decided_is_no_number():
    found = shift()

    assert (found.backlog.number, found.backlog.oldest, found.backlog.is_late) == (0, timedelta(), False)
    assert (found.pace, found.pace.a_minute, found.pace.reversals, found.model_precision) == (Pace(), None, None, None)
    assert (found.ages, found.first_decisions, found.precision) == (type(found.ages)(), type(found.ages)(), [])


@pytest.mark.parametrize("days", [1, 7, 30])
def test_decisions_and_reversals_are_those_of_a_recount(busy, days):
    found = shift(days)
    made = judgments(found.since)

    assert found.pace.decided == len(made) > 0
    assert found.pace.reversed == sum(map(is_reversed, made))
    for name, pace in found.moderators.items():
        own = [decision for decision in made if decision.moderator.username == name]
        assert (pace.decided, pace.reversed) == (len(own), sum(map(is_reversed, own)))
    step = {"minute": 0, "second": 0} | ({} if days == 1 else {"hour": 0})
    recount = Counter((timezone.localtime(each.decided_at).replace(**step), each.to_state) for each in made)
    assert {(at, to): number for at, each in found.decided.items() for to, number in each.items()} == recount
    assert set(found.decided) <= set(found.steps)


@pytest.mark.parametrize("days", [7, 30])
def test_times_to_the_first_decision_are_those_of_a_recount(busy, days):
    found = shift(days)
    first = {}
    for decision in judgments(datetime.min.replace(tzinfo=UTC)):
        first.setdefault(decision.comment_id, decision)
    waits = [each.decided_at - each.comment.created_at for each in first.values() if each.decided_at >= found.since]

    assert found.first_decisions.half == nearest_rank(waits, 50)
    assert found.first_decisions.most == nearest_rank(waits, 90)
    by_day: dict[datetime, list[timedelta]] = {}
    for each in first.values():
        if each.decided_at >= found.since:
            day = each.decided_at.replace(hour=0, minute=0, second=0)
            by_day.setdefault(day, []).append(each.decided_at - each.comment.created_at)
    recount = {day: (nearest_rank(those, 50), nearest_rank(those, 90)) for day, those in by_day.items()}
    assert {at: (each.half, each.most) for at, each in found.first_decisions_by_step.items()} == recount


def test_precision_of_rules_is_that_of_the_last_word_on_each_comment(busy):
    found = shift(30)
    struck, right, called, spam = Counter(), Counter(), 0, 0
    for comment in Comment.objects.all():
        last = comment.decisions.filter(moderator__isnull=False).order_by("version").last()
        if last is None or last.to_state == State.PENDING:
            continue
        rules = [rule for rule in comment.rules.split("|") if rule]
        struck.update(rules)
        right.update(rules if last.to_state != State.PUBLISHED else [])
        called += comment.is_called_spam
        spam += comment.is_called_spam and last.to_state == State.SPAM

    assert {each.rule: (each.decided, each.right) for each in found.precision} == {
        rule: (number, right[rule]) for rule, number in struck.items()
    }
    model = found.model_precision
    assert (model and model.decided, model and model.right) == (called or None, spam if called else None)


def test_precision_of_the_model_is_that_of_the_decision_which_was_brought_back(make_comment, move, moderator):
    comment = make_comment(now=NOW - DAY)
    Comment.objects.update(is_called_spam=True)
    move(comment, State.REJECTED, now=NOW - HOUR, moderator=moderator, ground=Ground.ADVERTISING)
    for expected in (None, (1, 1)):
        actions.undo(decision=Decision.objects.latest("pk"), now=NOW - HOUR, moderator=moderator)
        found = shift().model_precision

        assert (found and (found.decided, found.right)) == expected


def test_pace_is_measured_within_hours_and_without_bulks(make_comment, move, moderator):
    start = NOW.replace(minute=0)
    for minutes in (0, 1, 4):
        move(make_comment(now=NOW - DAY), State.PUBLISHED, now=start + minutes * MINUTE, moderator=moderator)
    move(make_comment(now=NOW - DAY), State.PUBLISHED, now=start - 2 * HOUR, moderator=moderator)

    assert shift().moderators["moderator"].a_minute == 2 / 4


def test_reports_are_counted_by_what_became_of_them(busy):
    found = shift()

    assert (found.outcomes.total(), found.upheld, found.outcomes[Outcome.WAITING]) == (2, 1, 1)


def test_what_a_decision_set_off_and_what_no_moderator_decided_is_no_decision(make_comment, move, moderator):
    move(make_comment(State.PUBLISHED, now=NOW - DAY), State.DELETED, now=NOW - HOUR)

    assert shift().pace == Pace()


def test_days_begin_in_the_time_zone_of_the_site(make_comment, move, moderator, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    with timezone.override("Pacific/Auckland"):
        late = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
        move(make_comment(now=late - DAY), State.SPAM, now=late, moderator=moderator)
        found = shift(7)

        assert [timezone.localtime(at).day for at in found.decided] == [20]
        assert set(found.decided) <= set(found.steps)
        assert len(found.steps) == 7


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_database_counts_whole_seconds_since_1970_and_rounds_none_up(make_comment, microsecond):
    make_comment(now=NOW.replace(microsecond=microsecond))

    assert Comment.objects.values_list(Seconds("created_at"), flat=True).get() == NOW.timestamp()


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25), (10, 26, 24)])
def test_day_on_which_clocks_change_has_each_of_its_hours_once(make_comment, move, moderator, month, day, hours):
    with timezone.override("Europe/Berlin"):
        now = datetime(2026, month, day, 23, 30, tzinfo=timezone.get_current_timezone())
        found = shift_of(Scope(), 1, now)
        for at in found.steps:
            move(make_comment(now=at - DAY), State.SPAM, now=at.astimezone(UTC) + 29 * MINUTE, moderator=moderator)

        assert len(found.steps) == hours
        assert found.decided == {at: {State.SPAM: 1} for at in found.steps}
        assert set(found.first_decisions_by_step) == set(found.steps)


def test_section_has_its_own_numbers(make_comment, make_article, move, moderator):
    elsewhere = make_article("Elsewhere")
    make_comment(now=NOW - HOUR)
    waiting = make_comment(article=elsewhere, now=NOW - DAY)
    move(make_comment(article=elsewhere, now=NOW - DAY), State.SPAM, now=NOW - HOUR, moderator=moderator)

    found = shift(scope=Scope((elsewhere.path,)))
    other = shift(scope=Scope((Comment.objects.earliest("pk").article.path,)))

    assert (found.backlog.number, found.backlog.oldest) == (1, NOW - waiting.created_at)
    assert (found.pace.decided, other.pace.decided) == (1, 0)
    assert found.waiting.total() == found.backlog.number


@pytest.mark.parametrize(("late", "is_late"), [(0, False), (1, False), (2, True)])
def test_backlog_is_late_when_the_90th_percentile_passes_the_target(make_comment, reader, settings, late, is_late):
    settings.MODERATION_TARGET_MINUTES = 60
    for number in range(10):
        make_comment(now=NOW - (HOUR + MINUTE if number < late else HOUR), reader=reader)

    found = backlog(Comment.objects.all(), NOW)

    assert (found.late, found.is_late) == (late, is_late)
    assert found.is_late == (ages(Comment.objects.all(), 10, NOW).most > found.target)


def test_log_warns_once_until_it_was_fine_or_an_hour_passed(make_comment, move, caplog):
    comment = make_comment(now=NOW - 5 * HOUR)
    watch = Watch()

    with caplog.at_level(logging.WARNING, "ratings.moderation.shift"):
        warned = [watch.look(NOW + minutes * MINUTE) for minutes in (0, 5, 55, 60, 65)]
        move(comment, State.PUBLISHED)
        warned += [watch.look(NOW + 70 * MINUTE)]
        make_comment(now=NOW - 5 * HOUR)
        warned += [watch.look(NOW + 75 * MINUTE)]

    assert warned == [True, False, False, True, False, False, True]
    record = caplog.records[0]
    assert (record.levelname, record.waiting, record.late, record.oldest_minutes) == ("WARNING", 1, 1, 300)
