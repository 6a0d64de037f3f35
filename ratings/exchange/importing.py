"""Bringing readers' comments in: read into a spool first, then taken over article by article, in batches."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TextIO
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.exchange.documents import Ignored
from ratings.actions.importing import ForeignComment, Key, Taken, already_here, take_over
from ratings.exchange.articles import ArticleFinder
from ratings.exchange.lines import data_of, line_of, record_of
from ratings.exchange.records import BadRecord, Broken, CommentRecord, Entry, checked
from ratings.exchange.spool import Spool, Spooled
from ratings.exchange.wordpress import SOURCE as WORDPRESS

BATCH = 200
"""So many comments are one transaction: few enough that a reader who posts meanwhile hardly waits."""
MOST_LISTED = 1_000
"""So many refusals are listed in a report; the quarantine file has them all."""

logger = logging.getLogger(__name__)

Progress = Callable[[str, int], None]
"""Told what is being done, and how many records further it is."""


@dataclass(kw_only=True)
class CommentsReport:
    """What became of the records: numbers by status, what was passed over, refused or noted."""

    numbers: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is written."""
        statuses = ("created", "unchanged", "differs", "refused")
        return {
            **{status: self.numbers[status] for status in statuses},
            "ignored": dict(self.ignored),
            "notes": dict(self.notes),
            "quarantined": self.refused,
        }


@dataclass(kw_only=True)
class Import:
    """One run. `quarantine` is written a line for each refused record: the record, where it stood, and the reason."""

    now: datetime
    dry_run: bool = False
    quarantine: TextIO | None = None
    tell: Progress = lambda what, number: None
    report: CommentsReport = field(default_factory=CommentsReport)

    def bring_in(self, entries: Iterable[Entry], *, article: int | None = None) -> CommentsReport:
        """Take the comments among `entries` over, under `article` or where each belongs; return the report.

        Each batch is a transaction. Whoever stops it in between only has to run it again. Raises Refused.
        """
        finder = ArticleFinder()
        with Spool() as spool:
            for entry in entries:
                self.tell("reading", 1)
                if isinstance(entry, Ignored):
                    self.report.ignored[entry.what] += entry.count
                elif isinstance(entry, Broken):
                    self._refuse(entry)
                else:
                    self._spool(entry, spool, finder, article)
            for batch in _batches(spool.in_order()):
                self._take(batch)
                self.tell("storing", len(batch))
            for each in spool.left():
                self._refuse_spooled(each, _("It answers itself, in a circle of answers."))
        return self.report

    def _spool(self, entry: CommentRecord, spool: Spool, finder: ArticleFinder, article: int | None) -> None:
        try:
            record = checked(entry, self.now)
            found = article or finder.of(record.article, record.addresses)
            earlier = spool.add(record, found, line_of(data_of(record)))
            if earlier:
                raise BadRecord(_("Its id stands twice: first at %(place)s.") % {"place": earlier})
        except BadRecord as error:
            self._refuse(Broken(place=entry.place, reason=error.reason, record=entry))

    def _take(self, batch: list[Spooled]) -> None:
        comments = [_foreign(each) for each in batch]
        taken = already_here(comments) if self.dry_run else self._taken(comments)
        for each, outcome in zip(batch, taken, strict=True):
            if outcome.status == "refused":
                self._refuse_spooled(each, outcome.reason)
                continue
            self.report.numbers[outcome.status] += 1
            if outcome.status == "created":
                self.report.notes.update(json.loads(each.line)["notes"])

    def _taken(self, comments: list[ForeignComment]) -> list[Taken]:
        """Take a batch over; if the database refuses it, one by one, so that only what is wrong stays out."""
        try:
            return take_over(comments=comments, now=self.now)
        except (DatabaseError, ValueError) as error:
            if len(comments) == 1:
                logger.exception("A comment could not be stored.")
                return [Taken(status="refused", reason=_("It could not be stored: %(error)s") % {"error": error})]
            return [outcome for comment in comments for outcome in self._taken([comment])]

    def _refuse_spooled(self, each: Spooled, reason: str) -> None:
        self._refuse(Broken(place=each.place, reason=reason, record=record_of(json.loads(each.line), each.place)))

    def _refuse(self, broken: Broken) -> None:
        self.report.numbers["refused"] += 1
        if len(self.report.refused) < MOST_LISTED:
            self.report.refused.append({"place": broken.place, "reason": broken.reason})
        if self.quarantine is not None:
            left = data_of(broken.record) if broken.record else {"raw": broken.raw}
            self.quarantine.write(line_of(left | {"place": broken.place, "reason": broken.reason}) + "\n")


def _batches(records: Iterator[Spooled]) -> Iterator[list[Spooled]]:
    while batch := list(islice(records, BATCH)):
        yield batch


def _foreign(each: Spooled) -> ForeignComment:
    record = record_of(json.loads(each.line), each.place)
    assert record.written_at is not None  # noqa: S101  (it was checked)
    return ForeignComment(
        article=each.article,
        source=record.source,
        foreign_id=_local(record.source, record.foreign_id, each.article),
        public_id=UUID(record.public_id) if record.public_id else None,
        parent=_key(each.parent, each.article) if each.parent else None,
        writer=record.writer,
        name=record.name,
        email=record.email,
        text=record.text,
        written_at=record.written_at,
        edited_at=record.edited_at,
        published_at=record.published_at,
        state=record.state,
        kind=record.kind,
        badge=record.badge,
        person=record.person,
        stars=record.stars,
        helpful=record.helpful,
        is_pinned=record.is_pinned,
        pick_reason=record.pick_reason,
        is_checked=record.is_checked,
        digest=record.digest,
    )


def _key(key: str, article: int) -> Key:
    source, _space, foreign_id = key.partition(" ")
    return source, _local(source, foreign_id, article)


def _local(source: str, foreign_id: str, article: int) -> str:
    """Return the id as it is kept. WordPress counts comments site by site, so that theirs says under which article."""
    return f"{article}/{foreign_id}" if source == WORDPRESS and foreign_id else foreign_id
