"""The refresher of the app, which works only as long as no worker does."""

from __future__ import annotations

import threading
from unittest.mock import Mock

import pytest

from delivery.kept import refresher as module
from delivery.kept.refresher import PLACE_OF_WORKER, Refresher, _held, alone
from freshness.changes import changed

pytestmark = pytest.mark.django_db


class OneRound(threading.Event):
    """Ends whoever waits for it, and notes whether a worker had its place then."""

    has_worker: bool

    def wait(self, timeout: float | None = None) -> bool:
        with _held(PLACE_OF_WORKER) as is_free:
            self.has_worker = not is_free
        self.set()
        return True


class TestStandingBy:
    """In the app, making pages slows answers down: its refresher works as long as there is no worker."""

    @pytest.fixture(autouse=True)
    def connection_of_the_test(self, monkeypatch):
        monkeypatch.setattr(module, "connection", Mock())

    def test_who_stands_by_leaves_it_to_the_worker(self, refresher, world):
        changed("page:1")
        with _held(PLACE_OF_WORKER):
            Refresher(stands_by=True).run(OneRound())
            assert world.made == []

        Refresher(stands_by=True).run(OneRound())

        assert world.made == ["/"]

    def test_worker_is_seen_while_it_waits_for_the_one_that_works(self, machine):
        stop = OneRound()
        with alone():
            Refresher().run(stop)

        assert stop.has_worker

    def test_nobody_sees_a_worker_in_who_stands_by(self, machine):
        stop = OneRound()
        with alone():
            Refresher(stands_by=True).run(stop)

        assert not stop.has_worker
