"""`manage.py develop`: a running site with the demo, from nothing, in one command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from demo.accounts import PASSWORD, make_accounts

MANAGE = Path(settings.ROOT) / "manage.py"
GRACE_SECONDS = 10
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""A signal that ends the site: SIGHUP comes when its terminal is closed."""


class Command(BaseCommand):
    """Migrates, loads the demo, makes the accounts, then runs server and worker in the foreground."""

    help = "Run a development site: migrate, load the demo, make accounts, start server and worker."

    def handle(self, **options: Any) -> None:
        """Run until a signal comes or one of the two processes ends; then end both."""
        if not settings.DEBUG:
            raise CommandError("This command is for development: it makes accounts with a known password.")
        for number in ENDING:
            signal.signal(number, _interrupt)
        processes: list[subprocess.Popen[bytes]] = []
        try:
            self._say("1/4 Migrating the database")
            call_command("migrate", verbosity=1)
            self._say("2/4 Making the accounts")
            names = make_accounts()
            self._say("3/4 Loading the demo")
            call_command("load_demo", stdout=self.stdout)
            self._say("4/4 Starting server and worker")
            processes.append(_start("runserver", f"127.0.0.1:{os.environ.get('PORT', '8000')}"))
            processes.append(_start("worker"))
            self._say(f"Almanac: {settings.ALMANAC_URL}/   Admin: {settings.ALMANAC_URL}/admin/")
            self._say(f"Log in as {', '.join(names)}; the password of each is: {PASSWORD}")
            while all(process.poll() is None for process in processes):
                time.sleep(0.2)
            self._say("Server or worker has ended by itself.")
            raise SystemExit(1)
        except KeyboardInterrupt:
            self._say("Ending.")
        finally:
            _end(processes)

    def _say(self, sentence: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(sentence))
        self.stdout.flush()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # A session of its own: the reloader of the server has children, and all are ended together.
    command = [sys.executable, "-u", str(MANAGE), *arguments]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  (our own words)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl+C must not leave anything running
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
