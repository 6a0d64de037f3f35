"""`manage.py worker`: the one process behind the requests."""

from __future__ import annotations

import hashlib
import logging
import signal
import socket
import threading
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import locks
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from delivery.kept.refresher import Refresher, start_refresher
from delivery.purging import Purger
from delivery.schedules import Timetable
from delivery.tasks import take_back, waiting_tasks

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    """Runs the waiting tasks and the schedules; one of these is enough for a machine."""

    help = (
        "Run durable tasks and scheduled jobs until SIGTERM or SIGINT; with --once, run what waits and end (for cron)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--once", action="store_true", help="Run everything that waits or is due, then end.")

    def handle(self, *, once: bool, **options: Any) -> None:
        """Work until told to stop. A task that runs is finished first."""
        data = Path(settings.DATA)
        data.mkdir(parents=True, exist_ok=True)
        machine = f"{socket.gethostname()[:20]}-{hashlib.sha256(str(data).encode()).hexdigest()[:8]}-"
        with (data / "worker.lock").open("w") as lock:
            if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
                self.stdout.write("Another worker runs with this data folder already.")
                return
            taken = take_back(now=timezone.now(), of_workers=machine)
            if taken:
                self.stdout.write(f"{taken} tasks of a worker that was killed are run again.")
            self._work(f"{machine}{uuid4().hex[:12]}", once=once)

    def _work(self, worker_id: str, *, once: bool) -> None:
        stop = threading.Event()
        tasks = waiting_tasks(worker_id)

        def end(signum: int, frame: FrameType | None) -> None:
            stop.set()
            tasks.running = False

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        timetable = Timetable()
        if settings.KEEP_PAGES and not once:
            start_refresher(stop)
        self.stdout.write("The worker is ready.")
        while not stop.is_set():
            timetable.run_due(timezone.now())
            try:
                tasks.run()
            except OperationalError:
                # Another writer held the lock too long, or the database was restarted: the tasks still wait.
                logger.exception("The tasks could not be read; they are tried again.")
                connection.close()
            close_old_connections()
            if once:
                if settings.KEEP_PAGES:
                    Refresher().finish()
                    while Purger().turn():
                        pass
                break
            stop.wait(PAUSE_SECONDS)
        self.stdout.write("The worker has ended.")
