"""What this machine keeps, what each page and part shows, and what waits to be made again.

A small SQLite file of its own beside the tree, and not tables of the site's database: another machine keeps another
tree, a GET writes nothing to the site's database, and kept pages are served and withdrawn while that is away.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from freshness import tags

SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS shown (
    tag TEXT NOT NULL, kept INTEGER NOT NULL REFERENCES kept ON DELETE CASCADE, PRIMARY KEY (tag, kept)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_by_kept ON shown (kept);
CREATE TABLE IF NOT EXISTS waiting (
    path TEXT PRIMARY KEY, rank INTEGER NOT NULL, not_before REAL NOT NULL, turn INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting_by_rank ON waiting (rank);
CREATE TABLE IF NOT EXISTS purging (
    path TEXT PRIMARY KEY, turn INTEGER NOT NULL, since REAL NOT NULL, tries INTEGER NOT NULL, not_before REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS purging_by_time ON purging (not_before);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

WAIT = """
INSERT INTO waiting (path, rank, not_before, turn) VALUES (?, ?, 0, 1)
ON CONFLICT (path) DO UPDATE SET rank = min(rank, excluded.rank), not_before = 0, turn = turn + 1
"""


@dataclass(frozen=True)
class Waiting:
    """A page that waits to be made. `turn` counts how often that was asked for."""

    path: str
    turn: int


@dataclass(frozen=True)
class Purge:
    """An address that is to be purged in the caches in front. `turn` counts how often that was asked for."""

    path: str
    turn: int
    since: float
    """When it was asked for first, in seconds since 1970."""
    tries: int


@dataclass
class Cursor:
    """Up to which change this machine has read."""

    newest: int
    read_at: float
    """When, in seconds since 1970."""
    made_at: float = 0
    """When the newest was made, by which it is known again: another database may have another change of this key."""
    holes: dict[int, float] = field(default_factory=dict)
    """Keys below the newest that no change had yet, and when that was found: a transaction may still be under way."""


class Index:
    """The index in the file `path`. Safe for several processes and threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be taken along into a forked process, nor used when the file was made anew.
        mark = (os.getpid(), self._inode())
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None or self._local.mark != mark:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
            # FULL: a page must not outlive a power cut that what is known of it does not.
            connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            connection.executescript(SCHEMA)
            self._local.connection, self._local.mark = connection, (os.getpid(), self._inode())
            return connection
        return found

    def _inode(self) -> int:
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return 0

    def keep(self, name: str, tags: Iterable[str]) -> None:
        """Note that the page at, or the part called, `name` is kept and shows `tags`."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO kept (name) VALUES (?)", [name])
            (key,) = connection.execute("SELECT id FROM kept WHERE name = ?", [name]).fetchone()
            wanted = set(tags)
            noted = {tag for (tag,) in connection.execute("SELECT tag FROM shown WHERE kept = ?", [key])}
            connection.executemany("DELETE FROM shown WHERE tag = ? AND kept = ?", [(t, key) for t in noted - wanted])
            connection.executemany("INSERT INTO shown (tag, kept) VALUES (?, ?)", [(t, key) for t in wanted - noted])

    def forget(self, names: Iterable[str]) -> None:
        """Note that what stands under `names` is kept no longer."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM kept WHERE name = ?", [(name,) for name in names])

    def showing(self, tag: str) -> list[str]:
        """Return the names of everything kept that shows `tag`."""
        rows = self._connection().execute(
            "SELECT name FROM kept JOIN shown ON shown.kept = kept.id WHERE tag = ?", [tag]
        )
        return [name for (name,) in rows]

    def expired(self, *, now: datetime) -> list[str]:
        """Return the names of all that is kept and shows what was so until `now`, without those that wait already."""
        rows = self._connection().execute(
            "SELECT DISTINCT name FROM kept JOIN shown ON shown.kept = kept.id"
            " WHERE tag > ? AND tag < ? AND name NOT IN (SELECT path FROM waiting)",
            [tags.UNTIL, tags.until(now)],
        )
        return [name for (name,) in rows]

    def tags(self, name: str) -> set[str]:
        """Return what the page at, or the part called, `name` shows; nothing if it is not kept."""
        rows = self._connection().execute(
            "SELECT tag FROM shown JOIN kept ON shown.kept = kept.id WHERE name = ?", [name]
        )
        return {tag for (tag,) in rows}

    def wait(self, ranks: dict[str, int], cursor: Cursor | None = None) -> None:
        """Have the pages at these addresses made again, lower ranks first, and store `cursor` in the same step."""
        with self._transaction() as connection:
            connection.executemany(WAIT, ranks.items())
            if cursor is not None:
                value = json.dumps([cursor.newest, cursor.read_at, cursor.made_at, list(cursor.holes.items())])
                connection.execute("INSERT OR REPLACE INTO state VALUES ('cursor', ?)", [value])

    def waiting(self, *, now: float, number: int) -> list[Waiting]:
        """Return up to `number` pages whose time has come at `now` (seconds since 1970)."""
        rows = self._connection().execute(
            "SELECT path, turn FROM waiting WHERE not_before <= ? ORDER BY rank LIMIT ?", [now, number]
        )
        return [Waiting(path, turn) for path, turn in rows]

    def waiting_paths(self) -> set[str]:
        """Return the addresses of all pages that wait to be made."""
        return {path for (path,) in self._connection().execute("SELECT path FROM waiting")}

    def number_waiting(self) -> int:
        """Return how many pages wait to be made."""
        (number,) = self._connection().execute("SELECT count(*) FROM waiting").fetchone()
        return int(number)

    def done(self, page: Waiting) -> None:
        """Note that `page` was made; unless that was asked for again meanwhile."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM waiting WHERE path = ? AND turn = ?", [page.path, page.turn])

    def postpone(self, page: Waiting, *, until: float, has_failed: bool = False) -> None:
        """Have `page` wait until `until` (seconds since 1970); note whether that is since it could not be made."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE waiting SET not_before = ?, failures = failures + ? WHERE path = ?",
                [until, has_failed, page.path],
            )

    def failing(self, *, times: int) -> list[str]:
        """Return the addresses of the pages that could not be made for so many `times`, or more."""
        rows = self._connection().execute("SELECT path FROM waiting WHERE failures >= ? ORDER BY path", [times])
        return [path for (path,) in rows]

    def next_at(self) -> float | None:
        """Return when the time of the next page comes (seconds since 1970); None if none waits."""
        (until,) = self._connection().execute("SELECT min(not_before) FROM waiting").fetchone()
        return until

    def purge(self, paths: Iterable[str], *, now: float) -> None:
        """Have these addresses purged in the caches in front."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO purging (path, turn, since, tries, not_before) VALUES (?, 1, ?, 0, 0) ON CONFLICT (path)"
                " DO UPDATE SET turn = turn + 1, not_before = 0",
                [(path, now) for path in paths],
            )

    def purges(self, *, now: float, number: int) -> list[Purge]:
        """Return up to `number` addresses that are to be purged at `now` (seconds since 1970)."""
        rows = self._connection().execute(
            "SELECT path, turn, since, tries FROM purging WHERE not_before <= ? ORDER BY not_before LIMIT ?",
            [now, number],
        )
        return [Purge(*row) for row in rows]

    def purged(self, purges: Iterable[Purge]) -> None:
        """Note that these addresses were purged; unless that was asked for again meanwhile."""
        with self._transaction() as connection:
            done = [(purge.path, purge.turn) for purge in purges]
            connection.executemany("DELETE FROM purging WHERE path = ? AND turn = ?", done)

    def purge_later(self, purges: Iterable[Purge], *, until: float) -> None:
        """Note that these addresses could not be purged, and have them wait until `until` (seconds since 1970)."""
        with self._transaction() as connection:
            connection.executemany(
                "UPDATE purging SET tries = tries + 1, not_before = ? WHERE path = ?",
                [(until, purge.path) for purge in purges],
            )

    def late_purges(self, *, before: float) -> tuple[int, float]:
        """Return how many addresses wait to be purged since before `before`, and since when (seconds since 1970)."""
        number, oldest = (
            self._connection().execute("SELECT count(*), min(since) FROM purging WHERE since < ?", [before]).fetchone()
        )
        return number, oldest or before

    def made_by(self, maker: str) -> None:
        """Note by which code everything is made from now on."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES ('maker', ?)", [maker])

    def names(self) -> Iterator[str]:
        """Yield the name of every page and part that is kept."""
        for (name,) in self._connection().execute("SELECT name FROM kept"):
            yield name

    def cursor(self) -> Cursor | None:
        """Return up to where the changes were read; None if this machine has never read any."""
        row = self._connection().execute("SELECT value FROM state WHERE name = 'cursor'").fetchone()
        if row is None:
            return None
        newest, read_at, made_at, holes = json.loads(row[0])
        return Cursor(newest, read_at, made_at, dict(holes))

    def maker(self) -> str:
        """Return by which code everything here was made (`delivery.kept.maker`); empty if nothing was."""
        row = self._connection().execute("SELECT value FROM state WHERE name = 'maker'").fetchone()
        return row[0] if row else ""

    def delete(self) -> None:
        """Remove the file itself."""
        for file in self.path.parent.glob(f"{self.path.name}*"):
            file.unlink(missing_ok=True)

    def clear(self, *, maker: str) -> None:
        """Forget everything but what is to be purged; what comes is made by `maker`."""
        with self._transaction() as connection:
            for table in ("shown", "kept", "waiting", "state"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # the names stand in the line above
            connection.execute("INSERT INTO state VALUES ('maker', ?)", [maker])
