"""A month as weeks of days."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day in a calendar, and what is planned for it."""

    day: date
    is_within: bool
    is_today: bool
    plans: Sequence[Any]


@dataclass(frozen=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str, today: date) -> Month:
        """Return the month that `text` ("2026-11") names, or that of `today`, also where `text` names none."""
        try:
            found = datetime.strptime(text, "%Y-%m").date()
        except ValueError:
            found = today
        return cls.of(found if FIRST_YEAR <= found.year <= LAST_YEAR else today)

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month in which `day` lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month.of(self.first - timedelta(days=1))

    @property
    def next(self) -> Month:
        """The month after."""
        return Month.of(self.first + timedelta(days=31))

    def days(self, first_weekday: int) -> list[list[date]]:
        """Return the weeks of the month, filled with days of its neighbors; 0 is a week that begins on Monday."""
        return Calendar(first_weekday).monthdatescalendar(self.year, self.month)

    def weeks(self, plans: Mapping[date, Sequence[Any]], today: date, first_weekday: int) -> list[list[Day]]:
        """Return the weeks with what is planned for each day."""
        return [
            [
                Day(day=day, is_within=day.month == self.month, is_today=day == today, plans=plans.get(day, ()))
                for day in week
            ]
            for week in self.days(first_weekday)
        ]
