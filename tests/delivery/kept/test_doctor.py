"""`manage.py doctor` and `manage.py keep_pages`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files import locks
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from config.caches import purge_settings
from delivery import health
from delivery.kept import refresher
from delivery.kept.keeping import index
from delivery.kept.refresher import Refresher
from delivery.kept.tree import tree
from freshness.models import Change
from pictures.actions import make_renditions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(machine, world, settings, monkeypatch) -> Iterator[Path]:
    """A machine in good health, whose worker runs and whose refresher is ours."""
    settings.MEDIA_ROOT = machine / "media"
    monkeypatch.setattr(health, "LEAST_FREE", 0)
    world.put("/", "home", "page:1")
    world.put("/kettles/", "kettles", "page:2")
    Refresher().finish()
    monkeypatch.setattr(health, "alone", lambda: held(machine / "kept" / "other"))
    with held(machine / "worker.lock"):
        yield machine


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a lock as another process would."""
    with path.open("w") as file:
        locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
        yield False


def ask(*options: str) -> tuple[int, list[str]]:
    """Return the exit status, and what the doctor finds wrong."""
    told = StringIO()
    status = 0
    try:
        call_command("doctor", *options, stdout=told)
    except SystemExit as ended:
        status = int(ended.code or 0)
    lines = told.getvalue().splitlines()
    assert lines[-1] == "The site is healthy." or status
    return status, [line.removeprefix("WRONG  ") for line in lines if line.startswith("WRONG")]


def test_healthy_site_is_called_so(well):
    assert ask() == (0, [])


class TestSite:
    def test_database_is_away(self, well, monkeypatch):
        def away() -> None:
            raise OperationalError("connection refused")

        monkeypatch.setattr(health.connection, "ensure_connection", away)

        assert ask() == (1, ["database: The database cannot be used: connection refused"])

    def test_migrations_wait(self, well, monkeypatch):
        monkeypatch.setattr(health, "_plan", lambda: [("pages.0009_new", False)])

        assert ask() == (
            1,
            ["database: 1 migrations are not applied, the first is pages.0009_new: run `manage.py migrate`."],
        )

    def test_nothing_can_be_written_and_no_worker_runs(self, well, settings):
        (well / "file").touch()
        settings.MEDIA_ROOT = well / "file"
        (well / "worker.lock").unlink()

        status, wrong = ask()

        assert status == 1
        assert wrong[0].startswith(f"folders and disk: Nothing can be written into {well / 'file'}")
        assert wrong[1:] == ["worker: The worker does not run: start `manage.py worker`."]

    def test_disk_is_nearly_full(self, well, monkeypatch):
        monkeypatch.setattr(health, "LEAST_FREE", 2**60)

        assert all("MB are free" in problem for problem in ask()[1])
        assert ask()[0] == 1

    def test_static_files_are_missing(self, well, monkeypatch):
        class Storage(health.ManifestFilesMixin):
            hashed_files: dict[str, str] = {}

            def __init__(self) -> None:
                pass

        monkeypatch.setattr(health, "staticfiles_storage", Storage())

        assert "collectstatic" in ask()[1][0]

    def test_tasks_failed_wait_and_were_left_behind(self, well):
        for _each in range(3):
            make_renditions_of.enqueue([])
        long_ago = timezone.now() - timedelta(hours=1)
        DBTaskResult.objects.update(enqueued_at=long_ago, started_at=long_ago, run_after=long_ago)
        states = [TaskResultStatus.FAILED, TaskResultStatus.READY, TaskResultStatus.RUNNING]
        for task, state in zip(DBTaskResult.objects.all(), states, strict=True):
            DBTaskResult.objects.filter(pk=task.pk).update(status=state, finished_at=long_ago)

        assert ask()[1] == [
            "tasks: 1 tasks failed within a day; the log says why.",
            "tasks: 1 tasks wait for more than 5 minutes.",
            "tasks: 1 tasks were begun more than 15 minutes ago and have not ended.",
        ]

    def test_page_is_not_published_in_time(self, well):
        page = Page.objects.first()
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))

        assert ask()[1] == ["schedules: 1 pages should have been published or taken off more than 5 minutes ago."]


class TestKeptPages:
    def test_change_is_not_read(self, well):
        change = Change.objects.create(tag="page:1")
        Change.objects.filter(pk=change.pk).update(made_at=timezone.now() - timedelta(minutes=3))

        assert [problem[:40] for problem in ask()[1]] == ["changes: Changes wait to be read since 2"]

    def test_page_cannot_be_made_again_and_again(self, well, world, monkeypatch):
        monkeypatch.setattr(refresher, "PATIENCE", 0)
        world.broken.add("/")
        Change.objects.create(tag="page:1")
        made = Refresher()
        for _each in range(2):
            made.turn()
        assert ask() == (0, [])

        made.turn()

        assert ask() == (1, ["changes: 1 pages cannot be made, such as /; the log says why."])

    def test_they_were_made_by_other_code(self, well, monkeypatch):
        monkeypatch.setattr(health, "maker", lambda: "new")

        assert "restart the worker" in ask()[1][0]

    def test_purge_is_late(self, well, settings):
        settings.WAGTAILFRONTENDCACHE = purge_settings(["http://127.0.0.1:9"])
        index().purge(["/"], now=timezone.now().timestamp() - 61)

        assert ask()[1][0].startswith("purges: 1 addresses are not purged")

    @pytest.mark.parametrize("encoding", ["", "gzip", "br"])
    def test_one_that_is_stale_in_any_encoding_is_found_and_repaired(self, well, encoding):
        tree().file("/", encoding).write_bytes(b"stale")

        assert ask("--repair") == (1, ["kept pages are fresh: 1 kept otherwise than they are made now: /"])
        assert ask("--all") == (0, [])

    def test_sample_is_as_large_as_asked(self, well, world):
        world.made.clear()
        ask("--sample", "1")

        assert len(world.made) == 1

    def test_tree_index_and_site_that_differ_are_found_and_repaired(self, well, world):
        world.put("/new/", "new", "page:3")
        tree().write("/secret/", b"secret")
        index().keep("/secret/", ["page:9"])
        world.put("/lost/", "lost", "page:4")
        index().keep("/lost/", ["page:4"])
        index().forget(["/kettles/"])

        assert ask("--repair") == (
            1,
            [
                "public pages are kept: 1 public but not kept: /new/",
                "kept pages are public: 1 kept but not public: /secret/",
                "pages and index agree: 1 kept, and no change would reach them: /kettles/",
                "index and pages agree: 1 said to be kept but not there: /lost/",
                "kept pages are fresh: 1 kept otherwise than they are made now: /secret/",
            ],
        )
        assert ask("--all") == (0, [])
        assert index().showing("page:2") == ["/kettles/"]

    def test_site_that_keeps_no_pages_is_not_asked_for_them(self, well, world, settings):
        settings.KEEP_PAGES = False
        world.put("/", "new home", "page:1")

        assert ask() == (0, [])


class TestKeepPages:
    def test_makes_what_is_missing(self, well, world):
        world.put("/new/", "new", "page:3")
        world.made.clear()
        told = StringIO()
        call_command("keep_pages", stdout=told)

        assert world.made == ["/new/"]
        assert told.getvalue().splitlines() == ["1 pages are to be made.", "All pages are kept."]

    def test_makes_everything_anew(self, well, world):
        world.made.clear()
        call_command("keep_pages", "--empty", stdout=StringIO())

        assert sorted(world.made) == ["/", "/kettles/"]

    def test_goes_on_where_it_was_interrupted(self, well, world):
        def interrupt() -> None:
            raise KeyboardInterrupt

        world.while_made = interrupt
        told = StringIO()
        call_command("keep_pages", "--empty", stdout=told)
        assert "Stopped." in told.getvalue()
        assert list(tree().addresses()) == []

        world.while_made = lambda: None
        call_command("keep_pages", stdout=StringIO())
        assert sorted(tree().addresses()) == ["/", "/kettles/"]

    def test_says_which_could_not_be_made(self, well, world):
        world.broken.add("/")
        told = StringIO()
        call_command("keep_pages", "--empty", stdout=told)

        assert told.getvalue().splitlines()[-1] == "1 pages still wait; the log says why."

    def test_refuses_where_none_are_kept(self, well, settings):
        settings.KEEP_PAGES = False
        with pytest.raises(CommandError, match="KEEP_PAGES is off"):
            call_command("keep_pages")
