"""The worker: durable tasks and schedules."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image

from delivery.schedules import SCHEDULES, Schedule, Timetable
from delivery.tasks import LEASE, take_back
from pictures.actions import make_renditions_of, store_picture
from pictures.models import Picture
from ratings.actions import spend_proof
from ratings.limits import Doing, take
from ratings.models import AggregateCheck, Bucket, NetworkKey, RatingSummary, SpentProof
from ratings.network import digest_of
from tests.processes import START_DJANGO, environment

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def picture(db) -> Picture:
    data = BytesIO()
    Image.new("RGB", (1700, 900), "teal").save(data, "PNG")
    return store_picture(title="Teal", name="teal.png", description="Teal", data=data.getvalue())


def run_once() -> str:
    told = StringIO()
    call_command("worker", "--once", stdout=told)
    return told.getvalue()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTasks:
    def test_waiting_task_is_run(self, picture):
        make_renditions_of.enqueue([picture.pk])
        assert not picture.renditions.exists()

        run_once()

        assert [size.width for size in picture.made_sizes] == [480, 960, 1600]
        assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL

    def test_task_of_a_transaction_that_is_rolled_back_is_gone(self, picture):
        def enqueue_and_fail() -> None:
            with transaction.atomic():
                make_renditions_of.enqueue([picture.pk])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            enqueue_and_fail()

        assert not DBTaskResult.objects.exists()

    def test_publishing_a_page_asks_for_the_sizes_of_its_pictures(self, picture, make_article):
        make_article(hero=picture)

        sizes = DBTaskResult.objects.filter(task_path=make_renditions_of.module_path)
        assert [task.args_kwargs["args"] for task in sizes] == [[[picture.pk]]]

    def test_task_of_a_killed_worker_is_run_again(self, picture):
        make_renditions_of.enqueue([picture.pk])
        # A worker that never comes back from its task.
        code = START_DJANGO + (
            "import time\n"
            "import pictures.actions; pictures.actions.make_renditions = lambda pictures: time.sleep(60)\n"
            "from django.core.management import call_command; call_command('worker')\n"
        )
        worker = subprocess.Popen([sys.executable, "-c", code], env=environment(), stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not DBTaskResult.objects.running().exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

        told = run_once()

        assert "1 tasks of a worker that was killed" in told
        assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
        assert [size.width for size in picture.made_sizes] == [480, 960, 1600]

    def test_task_of_another_machine_is_taken_back_after_its_lease(self, picture):
        make_renditions_of.enqueue([picture.pk])
        started = {"status": TaskResultStatus.RUNNING, "worker_ids": ["elsewhere-1"], "started_at": NOW}
        DBTaskResult.objects.update(**started)

        assert take_back(now=NOW + LEASE) == 0
        assert take_back(now=NOW + LEASE + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_worker_survives_a_database_that_stays_locked(monkeypatch, caplog):
    from delivery.management.commands import worker

    def locked(*arguments: object, **values: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(worker, "connection", Mock())
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.Worker.run", locked)

    assert "The worker has ended." in run_once()
    assert "database is locked" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_scheduled_article_is_published_by_the_worker(make_article):
    article = make_article("Later", live=False)
    article.go_live_at = datetime(2026, 1, 1, tzinfo=UTC)
    article.save_revision(approved_go_live_at=article.go_live_at)

    run_once()

    article.refresh_from_db()
    assert article.live


@pytest.mark.django_db
def test_second_worker_with_one_data_folder_says_so_and_ends():
    from django.core.files import locks

    with (Path(settings.DATA) / "worker.lock").open("w") as held:
        assert locks.lock(held, locks.LOCK_EX | locks.LOCK_NB)

        assert "Another worker" in run_once()


@pytest.mark.django_db
@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.name)
def test_job_of_every_schedule_runs(schedule):
    schedule.job()


def run_schedule(name: str) -> None:
    next(schedule for schedule in SCHEDULES if schedule.name == name).job()


@pytest.mark.django_db
def test_kept_numbers_that_are_wrong_are_repaired_and_raise_the_alarm(article, caplog):
    RatingSummary.objects.create(article=article, n5=7)

    run_schedule("verify kept numbers")

    assert RatingSummary.objects.get(article=article).own_count == 0
    alarms = [record for record in caplog.records if record.levelname == "ERROR"]
    assert ["kept 7, recounted 0, repaired" in alarm.getMessage() for alarm in alarms] == [True]
    assert AggregateCheck.objects.latest().repaired == 1


@pytest.mark.django_db
def test_what_is_needed_no_longer_is_forgotten():
    now = timezone.now()
    for days in (0, 2, 90):
        then = now - timedelta(days=days)
        spend_proof(key=f"{days} days old", now=then)
        digest_of("192.0.2.1", now=then)
        take(Doing.COMMENT, reader=days + 1, network="", article=days + 1, now=then)

    run_schedule("forget keys, buckets and proofs")

    assert [proof.key for proof in SpentProof.objects.all()] == ["0 days old"]
    assert NetworkKey.objects.count() in (1, 2), "of this period, and of the one two days ago"
    assert set(Bucket.objects.filter(key__contains="reader").values_list("key", flat=True)) == {"comment:reader:1"}


class TestTimetable:
    def test_each_schedule_runs_at_its_own_pace(self):
        ran: list[str] = []
        timetable = Timetable(
            (
                Schedule(name="often", every=timedelta(minutes=1), job=lambda: ran.append("often")),
                Schedule(name="rarely", every=timedelta(hours=1), job=lambda: ran.append("rarely")),
            )
        )
        for minute in (0, 0.5, 1, 2, 60):
            timetable.run_due(NOW + timedelta(minutes=minute))

        assert ran == ["often", "rarely", "often", "often", "often", "rarely"]

    def test_schedule_that_fails_holds_up_no_other(self, caplog):
        ran: list[str] = []

        def fail() -> None:
            raise RuntimeError("the reason")

        timetable = Timetable(
            (
                Schedule(name="broken", every=timedelta(minutes=1), job=fail),
                Schedule(name="sound", every=timedelta(minutes=1), job=lambda: ran.append("sound")),
            )
        )
        timetable.run_due(NOW)

        assert ran == ["sound"]
        assert "the reason" in caplog.text
