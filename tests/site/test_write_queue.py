"""The queue of those who write to SQLite."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.sqlite.queue import WriteQueue


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "database.queue"


def test_one_after_the_other_in_the_order_of_asking(path):
    first = WriteQueue(path)
    first.wait(5)
    order: list[int] = []

    def write(number: int) -> None:
        queue = WriteQueue(path)
        queue.wait(5)
        order.append(number)
        queue.leave()

    threads = []
    for number in range(4):
        threads.append(threading.Thread(target=write, args=[number]))
        threads[-1].start()
        time.sleep(0.05)
    assert order == []
    first.leave()
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3]


def test_who_waited_too_long_is_left_to_sqlite_and_blocks_nobody(path):
    first, second, third = WriteQueue(path), WriteQueue(path), WriteQueue(path)
    first.wait(5)
    second.wait(0.05)
    second.leave()
    first.leave()

    third.wait(5)

    assert third._file is not None
    third.leave()


def test_waiting_twice_is_waiting_once(path):
    queue, other = WriteQueue(path), WriteQueue(path)
    queue.wait(5)
    queue.wait(5)
    queue.leave()

    other.wait(0.05)
    assert other._file is not None
    other.leave()


@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="the queue is SQLite's")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_transactions_stand_in_the_queue_and_leave_it():
    from django.contrib.auth.models import Group
    from django.db import transaction

    queue = Path(f"{connection.settings_dict['NAME']}.queue")
    with transaction.atomic():
        Group.objects.create(name="In")
        other = WriteQueue(queue)
        other.wait(0.05)
        assert other._file is None
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError

    other = WriteQueue(queue)
    other.wait(0.05)
    assert other._file is not None
    other.leave()
