"""Isso: its SQLite database, and the JSON that its importer takes, which other systems write too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ijson
from django.utils.translation import gettext as _

from articles.exchange.source import Refused
from ratings.exchange.plain import plain_text
from ratings.exchange.records import (
    Broken,
    CommentRecord,
    Entry,
    moment_of,
    number_of,
    words_of,
    writer_digest,
)
from ratings.models import State

FORMAT = "isso"
ORDER = 30

DATABASE = b"SQLite format 3\0"
STATES = {1: State.PUBLISHED, 2: State.PENDING, 4: State.DELETED}
"""By the column `mode`."""

LONGEST_VALUE = 1_000_000
"""So many bytes may a value of the database have, and a step of reading it take."""
COLUMNS = ("id", "parent", "created", "modified", "mode", "text", "author", "email", "likes")
"""What is read of a comment: no address of its sender."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is a database of SQLite, or a list of threads."""
    return head.startswith(DATABASE) or (head.lstrip().startswith(b"[") and b'"id"' in head)


def read(path: Path) -> Iterator[Entry]:
    """Yield the comments of the database or the JSON at `path`. Raises Refused."""
    with path.open("rb") as file:
        is_database = file.read(len(DATABASE)) == DATABASE
    yield from _of_database(path) if is_database else _of_json(path)


def _of_database(path: Path) -> Iterator[Entry]:
    # Immutable: nothing is written beside it, not even a lock.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            database.execute("PRAGMA trusted_schema=OFF")
            database.text_factory = lambda value: value.decode(errors="replace")
            _refuse_programs(database)
            columns = ", ".join(f"comments.{column}" for column in COLUMNS)
            # A first comment before its answers, since there answers have but one level.
            query = f"SELECT threads.uri, {columns} FROM comments JOIN threads ON threads.id = tid ORDER BY comments.id"  # noqa: S608
            for uri, *row in database.execute(query):
                values = dict(zip(COLUMNS, row, strict=True))
                yield _record(values, words_of(uri), f"comment {values['id']}", is_markdown=True)
    except sqlite3.Error as error:
        raise Refused(f"The database cannot be read: {error}.") from error


def _refuse_programs(database: sqlite3.Connection) -> None:
    """Raise Refused unless both tables are plain ones: a view or a virtual table would be a program."""
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name IN ('comments', 'threads')"
    plain = [
        name
        for name, sql in database.execute(made)
        if sql.upper().startswith("CREATE TABLE") and " AS (" not in sql.upper()
    ]
    if len(plain) != 2:
        raise Refused("This database is not one of Isso.")


def _of_json(path: Path) -> Iterator[Entry]:
    """Yield the comments of a list of threads, each with an id (its address) and comments."""
    with path.open("rb") as file:
        thread = number = 0
        uri = ""
        comment: dict[str, Any] | None = None
        try:
            for place, event, value in ijson.parse(file, use_float=True):
                if place == "item" and event == "start_map":
                    thread, number, uri = thread + 1, 0, ""
                elif place == "item.id" and event in ("string", "number"):
                    uri = words_of(value)
                elif place == "item.comments.item" and event == "start_map":
                    comment, number = {}, number + 1
                elif place == "item.comments.item" and event == "end_map" and comment is not None:
                    yield _record(comment, uri, f"thread {thread}, comment {number}", is_markdown=False)
                    comment = None
                elif comment is not None and place.startswith("item.comments.item.") and event in ("string", "number"):
                    comment[place.rpartition(".")[2]] = value
        except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
            if not thread:
                raise Refused(f"This is no list of threads: {error}.") from error
            yield Broken(place=f"thread {thread}", reason=_("The file is torn here: ") + str(error))


def _record(values: dict[str, Any], uri: str, place: str, *, is_markdown: bool) -> CommentRecord:
    text, email = words_of(values.get("text")), words_of(values.get("email"))
    return CommentRecord(
        place=place,
        source=FORMAT,
        foreign_id=_id(uri, values.get("id")),
        parent=_id(uri, values["parent"]) if values.get("parent") else "",
        article=uri,
        addresses=(uri,),
        writer=writer_digest(FORMAT, email),
        name=words_of(values.get("author")),
        email=email,
        text=text if is_markdown else plain_text(text, keeps_lines=True),
        written_at=moment_of(values.get("created")),
        edited_at=moment_of(values.get("modified")),
        state=STATES.get(number_of(values.get("mode", 1)), State.PENDING),
        helpful=number_of(values.get("likes")),
    )


def _id(uri: str, number: Any) -> str:
    """Return the id of a comment, which has a number in its thread only."""
    return f"{uri}#{words_of(number)}"
