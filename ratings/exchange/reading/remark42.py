"""Remark42: its backup. JSON lines, the first about the whole, mostly compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from articles.exchange.source import Refused
from ratings.exchange.json_lines import LONGEST_LINE, loaded, numbered
from ratings.exchange.plain import plain_text
from ratings.exchange.records import BadRecord, Broken, CommentRecord, Entry, moment_of, words_of, writer_digest
from ratings.models import State

FORMAT = "remark42"
ORDER = 40

GZIP = b"\x1f\x8b"
LONGEST_FIRST_LINE = 50_000_000
"""It names every reader and every page of the site."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is compressed, or its first line is about a whole site."""
    return head.startswith(GZIP) or (head.startswith(b"{") and b'"version"' in head and b'"users"' in head)


def read(path: Path) -> Iterator[Entry]:
    """Yield the comments of the backup at `path`. Raises Refused."""
    with path.open("rb") as raw:
        is_compressed = raw.read(2) == GZIP
        raw.seek(0)
        file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_compressed else raw
        try:
            blocked = _blocked(file.readline(LONGEST_FIRST_LINE))
            for number, line in numbered(file, first=2):
                place = f"line {number}"
                try:
                    yield _record(loaded(line), blocked, place)
                except BadRecord as error:
                    yield Broken(place=place, reason=error.reason, raw=line.decode(errors="replace")[:LONGEST_LINE])
        except (OSError, EOFError) as error:
            yield Broken(place="the end", reason=_("The file is torn here: ") + str(error))


def _blocked(line: bytes) -> frozenset[str]:
    """Return the ids of who was blocked; raises Refused if the line is not about a whole."""
    try:
        about = loaded(line)
    except BadRecord as error:
        raise Refused("Line 1: this is no backup of Remark42.") from error
    if not isinstance(about, dict) or "version" not in about:
        raise Refused("Line 1: this is no backup of Remark42.")
    users = about.get("users")
    return frozenset(
        words_of(user.get("id"))
        for user in (users if isinstance(users, list) else ())
        if isinstance(user, dict) and isinstance(user.get("blocked"), dict) and user["blocked"].get("status") is True
    )


def _record(data: Any, blocked: frozenset[str], place: str) -> CommentRecord:
    if not isinstance(data, dict):
        raise BadRecord(_("This is no record of a comment."))
    user, locator, edit, votes = (_object(data, key) for key in ("user", "locator", "edit", "votes"))
    writer, address = words_of(user.get("id")), words_of(locator.get("url"))
    is_deleted = data.get("delete") is True
    # Who gave a name only is known by that, and others may have it too.
    is_nobody = is_deleted or writer.startswith("anonymous_")
    state = State.DELETED if is_deleted else State.HIDDEN if writer in blocked else State.PUBLISHED
    original = words_of(data.get("orig"))
    return CommentRecord(
        place=place,
        source=FORMAT,
        foreign_id=words_of(data.get("id")),
        parent=words_of(data.get("pid")),
        article=address,
        addresses=(address,) if address else (),
        writer=writer_digest(FORMAT, "" if is_nobody else writer),
        name=words_of(user.get("name")),
        # What the reader typed is Markdown already.
        text=original or plain_text(words_of(data.get("text"))),
        written_at=moment_of(data.get("time")),
        edited_at=moment_of(edit.get("time")),
        state=state,
        is_pinned=data.get("pin") is True,
        helpful=sum(vote is True for vote in votes.values()),
    )


def _object(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}
