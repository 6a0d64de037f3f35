"""isso, a server for comments: a thread of 10,000."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.peers.environment import python_with
from benchmarks.programs import Running, free_port, running

REQUIREMENTS = Path(__file__).with_name("isso.txt")
THREAD = "/kettle/"
COMMENTS = 10_000
NAME = f"isso, {COMMENTS:,} comments"
# Whatever comes waits for a moderator, as ours does; the guard would refuse the third comment of a minute.
CONFIGURATION = """[general]
dbpath = {database}
host = http://127.0.0.1:{port}/
[moderation]
enabled = true
[guard]
enabled = false
"""


@dataclass(frozen=True, kw_only=True)
class Isso:
    """An isso that runs."""

    thread: str
    """The address of the first 50 comments."""
    program: Running

    def comment(self, number: int) -> tuple[str, str]:
        """Return the address that a comment is sent to, and what is sent."""
        words = f"The kettle of house number {number} sings, and nobody knows why."
        sent = {"author": f"Ruth {number}", "email": f"ruth{number}@example.org", "text": words, "parent": None}
        return f"/new?uri={quote(THREAD, safe='')}", json.dumps(sent)


@contextmanager
def isso(folder: Path) -> Iterator[Isso]:
    """Run isso with its database in `folder`. Raises DidNotStart."""
    python, port, database = python_with(REQUIREMENTS), free_port(), folder / "isso.sqlite3"
    settings = folder / "isso.cfg"
    settings.write_text(CONFIGURATION.format(database=database, port=port))
    server = [str(python.with_name("gunicorn")), "--no-control-socket", "--bind", f"127.0.0.1:{port}", "isso.run"]
    environment = {"ISSO_SETTINGS": str(settings)}
    # The first start makes the tables.
    with running(server, log=folder / "isso.log", port=port, environment=environment):
        pass
    _fill(database)
    with running(server, log=folder / "isso.log", port=port, environment=environment) as program:
        yield Isso(thread=program.address(f"/?uri={quote(THREAD, safe='')}&limit=50"), program=program)


def _fill(database: Path) -> None:
    now = time.time()
    columns = "tid, created, mode, remote_addr, text, author, email, voters"
    with closing(sqlite3.connect(database)) as connection, connection:
        thread = connection.execute("INSERT INTO threads (uri, title) VALUES (?, 'Kettle')", [THREAD]).lastrowid
        connection.executemany(
            f"INSERT INTO comments ({columns}) VALUES (?, ?, 1, '127.0.0.1', ?, ?, ?, ?)",  # noqa: S608 (our own words)
            (
                (
                    thread,
                    now - COMMENTS + number,
                    f"Comment {number}: it sings, and it has done so since the spring.",
                    f"Reader {number}",
                    f"reader{number}@example.org",
                    bytes(256),
                )
                for number in range(COMMENTS)
            ),
        )
