"""A record as a line of JSON, and back: our own format, and what is read of the others until it is stored."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from ratings.actions.importing import OWN
from ratings.exchange.records import (
    LONGEST_ADDRESS,
    LONGEST_ID,
    BadRecord,
    CommentRecord,
    moment_of,
    number_of,
    words_of,
    writer_digest,
)
from ratings.models import Badge, Kind, State

DIGEST = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_ADDRESSES = 20


def data_of(record: CommentRecord) -> dict[str, Any]:
    """Return `record` as it stands in a line, all but where it stood."""
    moments = {name: getattr(record, name) for name in ("written_at", "edited_at", "published_at")}
    return {
        "addresses": list(record.addresses),
        "article": record.article,
        "badge": str(record.badge),
        "checked": record.is_checked,
        "email": record.email,
        "foreign_id": record.foreign_id,
        "helpful": record.helpful,
        "kind": str(record.kind),
        "name": record.name,
        "notes": list(record.notes),
        "parent": record.parent,
        "person": record.person,
        "pick_reason": record.pick_reason,
        "pinned": record.is_pinned,
        "public_id": record.public_id,
        "source": record.source,
        "stars": record.stars,
        "state": str(record.state),
        "text": record.text,
        "writer": record.writer,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def line_of(data: dict[str, Any]) -> str:
    """Return `data` as a line, without its end: the keys in their order, so that the same is always the same text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def record_of(data: Any, place: str) -> CommentRecord:
    """Return the record that a line holds; raises BadRecord for what is no record of ours."""
    if not isinstance(data, dict):
        raise BadRecord(_("This is no record of a comment."))
    try:
        state = State(words_of(data.get("state")))
        kind = Kind(words_of(data.get("kind")) or Kind.COMMENT)
        badge = Badge(words_of(data.get("badge")))
    except ValueError as error:
        raise BadRecord(_("Its state, kind or badge is none that there is.")) from error
    public_id = words_of(data.get("public_id")).lower()
    if public_id and not UUID.fullmatch(public_id):
        raise BadRecord(_("Its public id is no UUID."))
    source = words_of(data.get("source"), 100) or OWN
    writer = words_of(data.get("writer"))
    addresses = data.get("addresses")
    return CommentRecord(
        place=place,
        source=source,
        foreign_id=words_of(data.get("foreign_id")) or public_id,
        public_id=public_id,
        parent=words_of(data.get("parent"), LONGEST_ID + 1),
        article=words_of(data.get("article"), 500),
        addresses=tuple(
            words_of(address, LONGEST_ADDRESS)
            for address in (addresses[:MOST_ADDRESSES] if isinstance(addresses, list) else ())
        ),
        writer=writer if not writer or DIGEST.fullmatch(writer) else writer_digest(source, writer),
        name=words_of(data.get("name")),
        email=words_of(data.get("email")),
        text=words_of(data.get("text")),
        state=state,
        kind=kind,
        badge=badge,
        person=words_of(data.get("person"), 255),
        stars=data["stars"] if isinstance(data.get("stars"), int) else None,
        helpful=number_of(data.get("helpful")),
        is_pinned=data.get("pinned") is True,
        pick_reason=words_of(data.get("pick_reason")),
        is_checked=data.get("checked") is True,
        notes=tuple(map(words_of, data["notes"])) if isinstance(data.get("notes"), list) else (),
        **{name: moment_of(data.get(name)) for name in ("written_at", "edited_at", "published_at")},
    )
