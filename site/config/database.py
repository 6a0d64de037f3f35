"""How Almanac opens its database.

SQLite's defaults break under two writers: a deferred transaction that reads and then writes fails with "database is
locked" when another writer came between, whatever the timeout; and with `synchronous=NORMAL` an acknowledged row can be
lost in a power cut. The values below were measured against both.
"""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

BUSY_TIMEOUT_SECONDS = 5
KEPT_OPEN_SECONDS = 60
"""So long a connection serves one request after the other. Opening one costs as much as several queries."""

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": BUSY_TIMEOUT_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
"""Connection options of every SQLite database."""

EXPECTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": BUSY_TIMEOUT_SECONDS * 1000}
"""What SQLite itself must answer once the connection is open; 2 is FULL."""


def database_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at `url` (a DATABASE_URL: sqlite:///…, postgres://…).

    Connections are kept open, and each request makes sure first that they still lead to the database.
    """
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["ENGINE"] = "config.sqlite"
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **SQLITE_OPTIONS}
        if settings["NAME"] != ":memory:":
            Path(settings["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    else:
        # A machine that is gone says nothing: whoever waits for it as long as TCP does answers nobody meanwhile.
        settings["OPTIONS"] = {"connect_timeout": 3, "tcp_user_timeout": 10_000, **settings.get("OPTIONS", {})}
    settings.setdefault("CONN_MAX_AGE", KEPT_OPEN_SECONDS)
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


def refuse_unsafe_sqlite(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Raise ImproperlyConfigured if a SQLite file was opened otherwise than `SQLITE_OPTIONS` says.

    Connected to Django's `connection_created`: options at the wrong nesting are ignored in silence, so SQLite itself is
    asked. A database in memory has no journal and is left alone.
    """
    # Django's type stubs do not know what only the SQLite backend has.
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name in EXPECTED_PRAGMAS:
            found[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    wrong = [
        f"{name} is {found[name]}, not {value}" for name, value in EXPECTED_PRAGMAS.items() if found[name] != value
    ]
    if connection.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
        wrong.append("transaction_mode is not IMMEDIATE")
    if wrong:
        connection.close()
        raise ImproperlyConfigured(f"The SQLite database was not opened safely: {'; '.join(wrong)}.")
