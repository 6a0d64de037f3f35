"""Throw-away databases: a file of SQLite's, or one of its own on the PostgreSQL server that DATABASE_URL names."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def throw_away_database(folder: Path, name: str) -> Iterator[str]:
    """Yield the address of an empty database, which is gone afterwards. DATABASE_URL's own database is not touched."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    import psycopg
    from psycopg import sql

    name = f"benchmark_{name}_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def database_name() -> str:
    """Return the kind and version of the databases that are made; and if they may lose what they have stored."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return f"SQLite {sqlite3.sqlite_version}"
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        version, flushes = (
            str(next(iter(connection.execute(f"SHOW {name}")))[0]) for name in ("server_version", "fsync")
        )
    return f"PostgreSQL {version.split()[0]}{'' if flushes == 'on' else ' without fsync'}"
