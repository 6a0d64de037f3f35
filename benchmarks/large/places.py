"""Where the large sites are kept between runs."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from benchmarks.running import ROOT


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a site of so many articles is kept: its folder, and what runs there."""

    articles: int
    folder: Path
    address: str
    """Of the database."""
    database: str
    """Its kind and version."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of that site."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "ALMANAC_DATA": str(self.folder),
            "DATABASE_URL": self.address,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALMANAC_URL": "https://almanac.example.org",
            "BEHIND_PROXY": "1",
            # What is measured is the work that a kept page saves.
            "KEEP_PAGES": "0",
        }

    def megabytes(self) -> float:
        """Return the size of what is kept, in MB."""
        if not self.address.startswith("sqlite"):
            import psycopg

            with psycopg.connect(self.address) as connection:
                row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return float(row[0]) / 1e6 if row else 0.0
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / 1e6


def place_of(articles: int) -> Place:
    """Return the place of a site of so many articles, on the server of DATABASE_URL or in a file of SQLite."""
    folder = Path(os.environ.get("ALMANAC_DATA") or tempfile.gettempdir()) / "almanac-large" / str(articles)
    folder.mkdir(parents=True, exist_ok=True)
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        address = f"sqlite:///{folder / 'almanac.sqlite3'}"
        return Place(articles=articles, folder=folder, address=address, database=f"SQLite {sqlite3.sqlite_version}")
    address, version = _database_of(server, f"almanac_large_{articles}")
    return Place(articles=articles, folder=folder, address=address, database=f"PostgreSQL {version}")


def _database_of(server: str, name: str) -> tuple[str, str]:
    """Return the address of the database of that name, made if there is none, and the version of its server."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        version = connection.info.server_version // 10_000
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}")), str(version)
