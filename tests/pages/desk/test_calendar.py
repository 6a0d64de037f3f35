"""The calendar: months as weeks, what stands in them, and who may take it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from articles.models import TopicPage
from pages.desk.calendar import calendar
from pages.desk.month import Month
from pages.desk.planned import Planned, State, What
from tests.pages.desk.conftest import expire, schedule, signed_in

CALENDAR = "/admin/calendar/"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(day=some.dates(date(1990, 2, 1), date(2199, 11, 30)), first_weekday=some.integers(0, 6))
def test_weeks_hold_every_day_of_a_month_once(day, first_weekday):
    month = Month.of(day)
    days = [each for week in month.days(first_weekday) for each in week]

    assert [each for each in days if each.month == month.month] == [
        month.first + timedelta(days=number) for number in range((month.next.first - month.first).days)
    ]
    assert {week[0].weekday() for week in month.days(first_weekday)} == {first_weekday}
    assert (month.next.previous, Month.read(str(month), date(2000, 1, 1))) == (month, month)


@pytest.mark.parametrize("text", ["", "2026-13", "November", "0001-01", "9999-12", "2026-11-23", "\x00"])
def test_what_is_no_month_is_this_month(text):
    assert Month.read(text, date(2026, 11, 23)) == Month(2026, 11)


@pytest.mark.parametrize(
    ("what", "at", "failure", "state"),
    [
        (What.PUBLISH, NOW + timedelta(hours=1), "", State.SCHEDULED),
        (What.PUBLISH, NOW - timedelta(minutes=1), "", State.SCHEDULED),  # the worker is about to do it
        (What.UNPUBLISH, NOW - timedelta(hours=1), "", State.LATE),
        (What.PUBLISH, NOW - timedelta(hours=1), "No caption.", State.FAILED),
        (What.REVIEW, NOW.replace(hour=0), "", State.SCHEDULED),  # all of the day is time for it
        (What.REVIEW, NOW - timedelta(days=1), "", State.LATE),
    ],
)
def test_state_of_a_plan(what, at, failure, state):
    assert Planned(what=what, page_id=1, title="", at=at, failure=failure).state(NOW) is state


def plans(client, query: str = "") -> list[tuple[str, str]]:
    """Return the day and the title of each plan."""
    page = BeautifulSoup(client.get(f"{CALENDAR}?{query}").content, "html.parser")
    return [
        (cell.select_one("time")["datetime"], item.select_one("a").get_text())
        for cell in page.select("table.calendar td")
        for item in cell.select("li")
    ]


@pytest.fixture
def planned(make_article, sign):
    """An article of each kind of plan, in the middle of next month."""
    month = Month.of(timezone.localdate()).next
    day = month.first + timedelta(days=14)
    on, off, checked = (make_article(title) for title in ("On", "Off", "Checked"))
    schedule(on, datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    expire(off, datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
    sign(checked, due_in=(day - timezone.localdate()).days)
    return f"month={month}", day.isoformat(), on


@pytest.mark.django_db
class TestCalendar:
    def test_month_shows_what_is_planned(self, planned, editor):
        month, day, on = planned
        topic = TopicPage(title="Kettles")
        TopicPage.objects.get().add_child(instance=topic)
        on.topics.add(topic)
        on.save()
        client = signed_in(editor)

        assert plans(client, month) == [(day, "Checked"), (day, "On"), (day, "Off")]
        assert plans(client, f"{month}&what=unpublish") == [(day, "Off")]
        assert plans(client, f"{month}&topic={topic.pk}") == [(day, "On")]
        assert plans(client) == []

        page = BeautifulSoup(client.get(f"{CALENDAR}?{month}&as=list").content, "html.parser")
        assert [link.get_text() for link in page.select(".calendar-agenda li a")] == ["Checked", "On", "Off"]

    def test_today_is_marked(self, editor):
        page = BeautifulSoup(signed_in(editor).get(CALENDAR).content, "html.parser")

        assert page.select_one("td[aria-current=date] time")["datetime"] == timezone.localdate().isoformat()

    def test_who_may_publish_takes_a_schedule_back(self, planned, editor):
        month, _day, on = planned
        client = signed_in(editor)
        form = BeautifulSoup(client.get(f"{CALENDAR}?{month}").content, "html.parser").select_one("td form")

        answer = client.post(form["action"])

        assert answer["Location"] == f"{CALENDAR}?{month}"
        assert [title for _day, title in plans(client, month)] == ["Checked", "Off"]
        assert not on.get_scheduled_revision_as_object()

    def test_writers_see_their_own_and_take_nothing_back(self, planned, make_user):
        month, day, on = planned
        writer = make_user("w", "Writers")
        assert plans(signed_in(writer), month) == []

        type(on).objects.filter(pk=on.pk).update(owner=writer)

        client = signed_in(writer)
        assert plans(client, month) == [(day, "On")]
        page = BeautifulSoup(client.get(f"{CALENDAR}?{month}").content, "html.parser")
        assert page.select("td form") == []

    def test_who_edits_no_pages_has_no_calendar(self, moderator):
        client = signed_in(moderator)

        assert client.get(CALENDAR).status_code == 302
        assert CALENDAR not in client.get("/admin/").content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_month_asks_the_same_for_one_and_for_many(
        self, make_article, sign, admin, django_assert_num_queries, number
    ):
        for each in range(number):
            article = make_article(f"Article {each}")
            schedule(article, timezone.now())
            sign(article, due_in=0)
        request = RequestFactory().get(CALENDAR)
        request.user = admin
        calendar(request)

        with django_assert_num_queries(10):
            calendar(request)
