"""Records on their way: kept beside, in a file of the machine's own, until what they answer has gone before them."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ratings.exchange.records import CommentRecord

CHUNK = 500

SCHEMA = """
CREATE TABLE record (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, alias TEXT, parent TEXT NOT NULL, article INTEGER NOT NULL,
    written REAL NOT NULL, place TEXT NOT NULL, line TEXT NOT NULL, is_handed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX in_order ON record (article, written, number);
CREATE INDEX answers ON record (parent) WHERE parent != '';
CREATE INDEX alias ON record (alias) WHERE alias IS NOT NULL;
"""
COLUMNS = "number, key, parent, article, written, place, line"


@dataclass(frozen=True)
class Spooled:
    """A record that waits: its key and its parent's in full (with the source), where it stood, and itself as a line."""

    number: int
    key: str
    parent: str
    article: int
    written: float
    place: str
    line: str


class Spool:
    """Takes records in any order and gives them back article by article as they were written, parents first.

    In bounded memory: they lie in a temporary database, which goes with the `with` block.
    """

    def __enter__(self) -> Spool:
        self.folder = tempfile.TemporaryDirectory(prefix="comments-")
        self.database = sqlite3.connect(Path(self.folder.name) / "spool")
        self.database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()
        self.folder.cleanup()

    def add(self, record: CommentRecord, article: int, line: str) -> str:
        """Take a record in; return where one of the same key stood before it, which then stays, or ""."""
        assert record.written_at is not None  # noqa: S101  (it was checked)
        alias = f"{record.source} {record.foreign_id}" if record.public_id else None
        row = (record.key, alias, record.parent_key, article, record.written_at.timestamp(), record.place, line)
        added = self.database.execute(
            "INSERT OR IGNORE INTO record (key, alias, parent, article, written, place, line) VALUES (?,?,?,?,?,?,?)",
            row,
        )
        if added.rowcount:
            return ""
        place: str = self.database.execute("SELECT place FROM record WHERE key = ?", [record.key]).fetchone()[0]
        return place

    def __len__(self) -> int:
        number: int = self.database.execute("SELECT COUNT(*) FROM record").fetchone()[0]
        return number

    def in_order(self) -> Iterator[Spooled]:
        """Yield the records, each after what it answers, if that is among them; not those that answer in a circle."""
        last: tuple[int, float, int] = (-1, 0, 0)
        query = (
            f"SELECT {COLUMNS} FROM record WHERE (article, written, number) > (?, ?, ?)"  # noqa: S608
            " ORDER BY article, written, number LIMIT ?"
        )
        while rows := self.database.execute(query, (*last, CHUNK)).fetchall():
            for row in rows:
                each = Spooled(*row)
                last = (each.article, each.written, each.number)
                parent = self._parent(each)
                if parent is None or parent[1]:
                    yield from self._with_answers(each, parent)

    def left(self) -> Iterator[Spooled]:
        """Yield what answers itself in a circle, or hangs below such: nothing of it was given."""
        query = f"SELECT {COLUMNS} FROM record WHERE NOT is_handed ORDER BY number"  # noqa: S608
        for row in self.database.execute(query):
            yield Spooled(*row)

    def _parent(self, each: Spooled) -> tuple[str, bool] | None:
        """Return the key of what it answers, and whether that was given already; None if it is not here."""
        if not each.parent:
            return None
        query = "SELECT key, is_handed FROM record WHERE key = ? OR alias = ? LIMIT 1"
        return self.database.execute(query, [each.parent, each.parent]).fetchone()

    def _with_answers(self, first: Spooled, parent: tuple[str, bool] | None) -> Iterator[Spooled]:
        """Yield a record, and those answers to it, and to these, that stood before it and so had to wait."""
        waiting = [first]
        while waiting:
            each = waiting.pop()
            handed = self.database.execute(
                "UPDATE record SET is_handed = 1 WHERE number = ? AND NOT is_handed", [each.number]
            )
            if not handed.rowcount:
                continue
            found = self._parent(each)
            yield Spooled(each.number, each.key, found[0] if found else each.parent, *_rest(each))
            answers = self.database.execute(
                f"SELECT {COLUMNS} FROM record WHERE parent IN (SELECT key FROM record WHERE number = :number UNION ALL"  # noqa: S608
                " SELECT alias FROM record WHERE number = :number AND alias IS NOT NULL) AND parent != ''"
                " AND NOT is_handed AND (article, written, number) < (:article, :written, :at)"
                " ORDER BY written DESC, number DESC",
                {
                    "number": each.number,
                    "article": first.article,
                    "written": first.written,
                    "at": first.number,
                },
            )
            waiting += [Spooled(*row) for row in answers]


def _rest(each: Spooled) -> tuple[int, float, str, str]:
    return each.article, each.written, each.place, each.line
