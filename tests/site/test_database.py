"""How the database is opened."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

from config.database import SQLITE_OPTIONS, database_settings, refuse_unsafe_sqlite
from config.sqlite.base import DatabaseWrapper as QueueingWrapper

only_sqlite = pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="asserts how SQLite is opened"
)


def wrapper(path, **options) -> DatabaseWrapper:
    values = {"NAME": str(path), "OPTIONS": options, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True}
    return DatabaseWrapper(values | {"CONN_MAX_AGE": 0, "TEST": {}}, alias="other")


@only_sqlite
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_tests_run_on_a_file_with_the_pragmas_of_production():
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000}
    assert Path(settings.DATABASES["default"]["TEST"]["NAME"]).exists()


@only_sqlite
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_transaction_takes_the_write_lock_at_once():
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        pass
    assert "BEGIN IMMEDIATE" in [query["sql"] for query in queries]


# pytest-django forbids opening any database elsewhere, also one of our own.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"}, "journal_mode is delete, not wal"),
        ({"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}, "synchronous is 1, not 2"),
        ({"timeout": 1}, "busy_timeout is 1000, not 5000"),
        ({"transaction_mode": None}, "transaction_mode is not IMMEDIATE"),
    ],
)
def test_database_opened_otherwise_is_refused(tmp_path, change, complaint):
    unsafe = wrapper(tmp_path / "unsafe.sqlite3", **SQLITE_OPTIONS | change)
    # The signal is already connected, so merely opening it is enough.
    with pytest.raises(ImproperlyConfigured, match=re.escape(complaint)):
        unsafe.ensure_connection()


@pytest.mark.django_db
def test_database_opened_as_we_say_is_accepted(tmp_path):
    safe = wrapper(tmp_path / "safe.sqlite3", **SQLITE_OPTIONS)
    safe.ensure_connection()
    refuse_unsafe_sqlite(safe)
    safe.close()


@pytest.mark.django_db
def test_database_in_memory_is_left_alone():
    in_memory = wrapper(":memory:")
    in_memory.ensure_connection()
    in_memory.close()


def test_address_decides_the_database(tmp_path):
    sqlite = database_settings(f"sqlite:///{tmp_path}/new/folder/almanac.sqlite3")
    postgres = database_settings("postgres://someone:secret@db.example.org:6543/almanac")

    assert sqlite["OPTIONS"] == SQLITE_OPTIONS
    assert (tmp_path / "new" / "folder").is_dir()
    assert (postgres["HOST"], postgres["PORT"], postgres["NAME"]) == ("db.example.org", 6543, "almanac")
    assert postgres["CONN_HEALTH_CHECKS"] is True


def test_connections_serve_one_request_after_the_other(tmp_path):
    for address in (f"sqlite:///{tmp_path}/almanac.sqlite3", "postgres://someone@db.example.org/almanac"):
        kept_open = database_settings(address)
        assert (kept_open["CONN_MAX_AGE"], kept_open["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.django_db
def test_connection_notices_that_the_file_was_replaced(tmp_path):
    path, backup = tmp_path / "almanac.sqlite3", tmp_path / "backup.sqlite3"
    kept_open, other = (
        QueueingWrapper(wrapper(each, **SQLITE_OPTIONS).settings_dict, "other") for each in (path, backup)
    )
    kept_open.ensure_connection()
    other.ensure_connection()
    other.close()
    assert kept_open.is_usable()

    backup.replace(path)

    assert not kept_open.is_usable()
    kept_open.close()


def test_requests_are_not_wrapped_in_transactions():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")
