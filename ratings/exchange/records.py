"""The one neutral form of a comment that every format is read into. As JSON it is our own format."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.exchange.documents import Ignored
from ratings.actions.importing import OWN
from ratings.models import Badge, Kind, State
from ratings.wording import MAX_NAME, UNSHOWABLE, readable_name, readable_text

LONGEST_ID = 200
LONGEST_ADDRESS = 2_000
LONGEST_PICK = 200
MOST_HELPFUL = 10_000
MOST_CHARACTERS = 200_000
"""Nobody wrote so much in a comment: what is longer is not even looked at."""

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nobody commented on a web page before."""

GONE = (State.DELETED, State.ERASED)
"""What may have no words."""


class BadRecord(Exception):
    """A record cannot become a comment. `reason` is one sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class CommentRecord:
    """A comment as a file says it, with where in the file it stands.

    It is known by `foreign_id` at its `source`; our own exports give the `public_id` too, and then `parent` is the
    public id of what it answers, else its foreign id. The article is found by `article`, as it is known at that source,
    or by one of its `addresses`. `writer` is a digest of what the source knows its writer by (see `writer_digest`).
    """

    place: str
    source: str
    foreign_id: str = ""
    public_id: str = ""
    parent: str = ""
    article: str = ""
    addresses: tuple[str, ...] = ()
    writer: str = ""
    name: str = ""
    email: str = ""
    text: str = ""
    written_at: datetime | None = None
    edited_at: datetime | None = None
    published_at: datetime | None = None
    state: State = State.PUBLISHED
    kind: Kind = Kind.COMMENT
    badge: Badge = Badge.NONE
    person: str = ""
    stars: int | None = None
    helpful: int = 0
    is_pinned: bool = False
    pick_reason: str = ""
    is_checked: bool = False
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What others in the file call it when they answer it."""
        return f"{OWN} {self.public_id}" if self.public_id else f"{self.source} {self.foreign_id}"

    @property
    def parent_key(self) -> str:
        """What it calls the one that it answers, "" if it answers none."""
        if not self.parent:
            return ""
        return f"{OWN} {self.parent}" if self.public_id else f"{self.source} {self.parent}"

    @property
    def digest(self) -> str:
        """What tells whether the record has changed: a digest of its words, their date and their state."""
        said = [self.name, self.text, self.state, self.kind, str(self.written_at), str(self.edited_at)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A record that cannot become a comment, with the reason in one sentence, and what is left of it."""

    place: str
    reason: str
    record: CommentRecord | None = None
    raw: str = ""


Entry = CommentRecord | Broken | Ignored


def checked(record: CommentRecord, now: datetime) -> CommentRecord:
    """Return `record` as it can be stored, with a note for each thing that it has lost; raises BadRecord.

    The words are kept exactly, but for plain line ends and invisible control characters. Refused is what the comment
    form would refuse, and a date that cannot be.
    """
    notes = list(record.notes)
    if not record.foreign_id and not record.public_id:
        raise BadRecord(_("It has no id."))
    if len(record.foreign_id) > LONGEST_ID or len(record.parent) > LONGEST_ID:
        raise BadRecord(_("Its id is too long."))
    return replace(
        record,
        name=_name(record, notes),
        email=_email(record.email, notes),
        text=_text(record, notes),
        written_at=_written_at(record.written_at, now),
        edited_at=_possible(record.edited_at, now, notes),
        published_at=_published_at(record, now, notes),
        helpful=_helpful(record.helpful, notes),
        stars=record.stars if record.stars in range(1, 6) else None,
        pick_reason=shown(record.pick_reason)[:LONGEST_PICK],
        notes=tuple(notes),
    )


def shown(text: str) -> str:
    """Return `text` without control characters, surrogates and noncharacters, which no page can show."""
    return UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _name(record: CommentRecord, notes: list[str]) -> str:
    if record.state == State.ERASED:
        return ""
    name = " ".join(shown(record.name).split())
    if not name:
        return _("Anonymous")
    if len(name) > MAX_NAME:
        notes.append(_("The name was too long and was cut."))
        name = name[:MAX_NAME].rstrip()
    try:
        return readable_name(name, limit=MAX_NAME)
    except ValidationError:
        notes.append(_("The name could not be shown and was left out."))
        return _("Anonymous")


def _email(email: str, notes: list[str]) -> str:
    if not email:
        return ""
    try:
        if len(email) <= 254:
            validate_email(email)
            return email
    except ValidationError:
        pass
    notes.append(_("The e-mail address was none and was left out."))
    return ""


def _text(record: CommentRecord, notes: list[str]) -> str:
    if record.state == State.ERASED:
        return ""
    if len(record.text) > MOST_CHARACTERS:
        raise BadRecord(_("The text is too long."))
    text = shown(record.text)
    if record.state in GONE and not text.strip():
        return ""
    if len(text) < len(record.text.replace("\r\n", "\n")):
        notes.append(_("Invisible control characters were left out."))
    try:
        return readable_text(text)
    except ValidationError as error:
        raise BadRecord(" ".join(error.messages)) from error


def _written_at(moment: datetime | None, now: datetime) -> datetime:
    if moment is None:
        raise BadRecord(_("It does not say when it was written, or the date cannot be read."))
    if not EARLIEST <= moment <= now + timedelta(days=1):
        raise BadRecord(_("It cannot have been written on %(day)s.") % {"day": moment.date().isoformat()})
    return moment


def _possible(moment: datetime | None, now: datetime, notes: list[str]) -> datetime | None:
    if moment is not None and not EARLIEST <= moment <= now + timedelta(days=1):
        notes.append(_("A date that cannot be was left out."))
        return None
    return moment


def _published_at(record: CommentRecord, now: datetime, notes: list[str]) -> datetime | None:
    published_at = _possible(record.published_at, now, notes)
    return published_at or (record.written_at if record.state == State.PUBLISHED else None)


def _helpful(helpful: int, notes: list[str]) -> int:
    if helpful > MOST_HELPFUL:
        notes.append(
            _("More people found it helpful than are believed to; %(most)s were kept.") % {"most": MOST_HELPFUL}
        )
    return max(0, min(helpful, MOST_HELPFUL))


def writer_digest(source: str, known_as: str) -> str:
    """Return what is kept of how `source` knows somebody: a digest that only this site can make, "" for nobody."""
    if not known_as:
        return ""
    return salted_hmac("ratings.exchange", f"{source}\n{known_as}", algorithm="sha256").hexdigest()


def moment_of(value: Any) -> datetime | None:
    """Return the moment that a text (ISO 8601; UTC unless it says otherwise) or a number (seconds) names, or None."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if math.isfinite(value) else None
        found = parse_datetime(value.strip()) if isinstance(value, str) else None
        if found is None:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def words_of(value: Any, longest: int = MOST_CHARACTERS + 1) -> str:
    """Return `value` if it is a text, cut so that it is seen to be too long, or the number that it is; else ""."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:longest].encode(errors="replace").decode()


def number_of(value: Any) -> int:
    """Return the whole number that `value` is, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
