"""`manage.py keep_pages`: all kept pages ahead of the first reader."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from delivery.kept.addresses import public_addresses
from delivery.kept.keeping import index, throw_away
from delivery.kept.refresher import LAST, SPACING, Refresher, alone
from delivery.kept.tree import tree

STEP = 5.0
"""Seconds between two reports."""


class Command(BaseCommand):
    """Makes what is not kept yet. Interrupted, the worker goes on, or the next call of this."""

    help = "Make every public page that is not kept; with --empty, all of them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--empty", action="store_true", help="Throw all kept pages away first.")

    def handle(self, *, empty: bool, **options: Any) -> None:
        """Make the pages, or watch the worker make them."""
        if not settings.KEEP_PAGES:
            raise CommandError("Pages are not kept: KEEP_PAGES is off.")
        if empty:
            throw_away()
            self.stdout.write("All kept pages are thrown away.")
        refresher = Refresher()
        with alone() as is_alone:
            if is_alone:
                refresher.read_changes()
        missing = set(public_addresses()) - set(tree().addresses()) - index().waiting_paths()
        index().wait(dict.fromkeys(missing, LAST))
        self.stdout.write(f"{index().number_waiting()} pages are to be made.")
        try:
            self._make(refresher)
        except KeyboardInterrupt:
            self.stdout.write("Stopped. The worker goes on, or the next call of this command.")
        waiting = index().number_waiting()
        self.stdout.write(f"{waiting} pages still wait; the log says why." if waiting else "All pages are kept.")

    def _make(self, refresher: Refresher) -> None:
        told_at = time.monotonic()
        while (at := index().next_at()) is not None and at <= time.time() + SPACING:
            # Another one that works already, or stops meanwhile: asked anew each time.
            with alone() as is_alone:
                if is_alone:
                    refresher.turn()
            if not is_alone or at > time.time():
                time.sleep(0.1)
            if time.monotonic() - told_at > STEP:
                told_at = time.monotonic()
                self.stdout.write(f"{index().number_waiting()} pages are to be made.")
