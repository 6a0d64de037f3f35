"""The history of an article that its readers are told: when it was published, revised, reviewed and corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, IntegerField, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject, NullIf
from django.utils import timezone

from articles.models import ArticlePage, Correction, SignOff, Version
from freshness import tags
from freshness.collecting import depends_on

NEWS_FOR = timedelta(days=30)
"""So long a correction stands above the text, for those who read it before. In the history it stands for good."""


ORDER: tuple[str, ...] = (*Version.Kind.values, *SignOff.Kind.values)
"""In this order things happen on a day."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened to an article on a day."""

    kind: str
    """A `Version.Kind`, or a `SignOff.Kind`."""
    day: date
    text: str = ""
    """What was revised, how it was corrected, or the name of who reviewed it."""
    version: int | None = None
    """The number of the older version that this tells of, which can still be read."""
    ended_on: date | None = None
    """Since when a review holds no longer, if somebody took it back or nobody repeated it."""

    @property
    def label(self) -> str:
        """What happened, in a word."""
        return str(Version.Kind(self.kind).label if self.kind in Version.Kind else SignOff.Kind(self.kind).label)

    @property
    def is_correction(self) -> bool:
        """Whether readers were told that something was wrong."""
        return self.kind == Version.Kind.CORRECTED


class Row(NamedTuple):
    """A row that belongs to an article: what stands on its page of others, or tells of its history."""

    table: str
    key: int
    place: int | None
    """Its place among others of its table; of a version its number, of a correction that of the wrong version."""
    other: int
    """The person, the recommended article, or the tag."""
    kind: str
    """The contributor's role, the name of the tag, the text of a correction, or several texts as JSON."""
    signed_on: date | None
    """When it was signed off, told, or the credential checked."""
    due_on: date | None

    @property
    def texts(self) -> dict[str, Any]:
        """The texts of a row that has several."""
        found: dict[str, Any] = json.loads(self.kind)
        return found


NO_DAY = Value(None, output_field=DateField())
NOBODY = Value(0, output_field=IntegerField())


def history_rows(article: int) -> list[QuerySet[Any]]:
    """Return the queries for the rows of the history of the article with the key `article`, for a union.

    The first of them decides what each column is.
    """
    sign_offs = SignOff.objects.filter(article=article).order_by()
    versions: QuerySet[Any] = Version.objects.filter(article=article).order_by()
    corrections: QuerySet[Any] = Correction.objects.filter(article=article).order_by()
    signed = as_text(kind="kind", changed_on="changed_on", withdrawn_at="withdrawn_at", name="reviewer__title")
    # SQLite writes JSON's null as a word.
    revised_on = NullIf(KT("content__revised_on"), Value("null"))
    kept = as_text(kind="kind", note="note", published_at="published_at", revised_on=revised_on)
    return [
        sign_offs.values_list(_table("sign_off"), "pk", Value(0), "reviewer", signed, "signed_on", "due_on"),
        versions.values_list(_table("version"), "pk", "number", NOBODY, kept, NO_DAY, NO_DAY),
        corrections.values_list(_table("correction"), "pk", "wrong__number", NOBODY, "text", "corrected_on", NO_DAY),
    ]


def as_text(**columns: Any) -> Cast:
    """Return an expression for the JSON of `columns`: one column of a row, for all that only some tables have."""
    return Cast(JSONObject(**columns), TextField())


def _table(name: str) -> Value:
    return Value(name, output_field=CharField())


def history_of(article: ArticlePage, today: date) -> list[Event]:
    """Return the history of `article` as readers are told it on `today`, the latest first. One query."""
    first, *others = history_rows(article.pk)
    # Of a reviewer whose page is hidden nothing is told.
    first = first.filter(reviewer__in=SignOff.objects.filter(article=article).by_who_may_be_seen().values("reviewer"))
    rows = [Row(*row) for row in first.union(*others, all=True)]
    return events(rows, article, today)


def events(rows: Iterable[Row], article: ArticlePage, today: date) -> list[Event]:
    """Return what `rows` tell of `article` on `today`, the latest first; rows of other tables tell nothing.

    Where nothing happened but the publication, that is told in the byline: then there is no history.
    """
    rows = list(rows)
    current = max((row.place or 0 for row in rows if row.table == "version"), default=0)
    tellers = {"version": _version, "correction": _correction, "sign_off": _review}
    found = [
        event
        for row in rows
        if row.table in tellers and (event := tellers[row.table](row, article, today, current)) is not None
    ]
    if article.published_at and not any(event.kind == Version.Kind.PUBLISHED for event in found):
        found.append(Event(kind=Version.Kind.PUBLISHED, day=_day(article.published_at)))
    found.sort(key=lambda event: (event.day, ORDER.index(event.kind)))
    return found[::-1] if len(found) > 1 else []


def news(told: Iterable[Event], today: date) -> list[Event]:
    """Return those corrections that readers are to see before they read on."""
    found = [event for event in told if event.is_correction and event.day + NEWS_FOR > today]
    depends_on(*(tags.until_day(event.day + NEWS_FOR) for event in found))
    return found


def version_url(article: ArticlePage, number: int) -> str:
    """Return the absolute address at which the version with that `number` can be read."""
    return f"{article.full_url}versions/{number}/"


def changed_on(row: Row) -> date | None:
    """Return since when readers see an update that the reviewer of a sign-off has not checked."""
    day = row.texts["changed_on"]
    return date.fromisoformat(day) if day else None


def holds(row: Row, today: date) -> bool:
    """Return whether a sign-off holds on `today`."""
    return row.texts["withdrawn_at"] is None and (row.due_on is None or row.due_on >= today)


def _version(row: Row, article: ArticlePage, today: date, current: int) -> Event | None:
    texts = row.texts
    kind = texts["kind"]
    day = _day(_moment(texts["published_at"]))
    if kind == Version.Kind.CORRECTED:
        return None  # the correction itself tells of it
    if kind == Version.Kind.PUBLISHED:
        day = _day(article.published_at) if article.published_at else day
    elif texts["revised_on"]:
        day = date.fromisoformat(texts["revised_on"])
    return Event(kind=kind, day=day, text=texts["note"], version=row.place if row.place != current else None)


def _correction(row: Row, article: ArticlePage, today: date, current: int) -> Event | None:
    if row.signed_on is None:
        return None
    older = row.place if row.place != current else None
    return Event(kind=Version.Kind.CORRECTED, day=row.signed_on, text=row.kind, version=older)


def _review(row: Row, article: ArticlePage, today: date, current: int) -> Event | None:
    texts = row.texts
    if row.signed_on is None:
        return None
    ended_on = None
    if texts["withdrawn_at"]:
        ended_on = _day(_moment(texts["withdrawn_at"]))
    elif row.due_on and row.due_on < today:
        ended_on = row.due_on
    elif row.due_on:
        depends_on(tags.until_day(row.due_on + timedelta(days=1)))
    if ended_on == row.signed_on:
        return None  # taken back at once: it never held
    return Event(kind=texts["kind"], day=row.signed_on, text=texts["name"], ended_on=ended_on)


def _moment(written: str) -> datetime:
    """Return a moment as a database writes it in JSON; one that names no time zone is of UTC."""
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
