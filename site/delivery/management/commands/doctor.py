"""`manage.py doctor`: whether the site is healthy."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from delivery.health import CHECKS, CHECKS_OF_KEPT_PAGES
from delivery.kept.comparing import FIRST, Difference, sample, stale
from delivery.kept.keeping import index
from delivery.kept.refresher import Refresher

SAMPLE = 100
STEP = 500
"""After so many pages it is said how far it is."""
SHOWN = 10
"""So many addresses are named at most."""


class Command(BaseCommand):
    """Says in plain sentences what is wrong, and ends with status 1 if anything is."""

    help = "Look whether the site is healthy, and compare kept pages with fresh ones; ends with status 1 if not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--sample", type=int, default=SAMPLE, help=f"How many kept pages to compare ({SAMPLE}).")
        parser.add_argument("--all", action="store_true", help="Compare all of them.")
        parser.add_argument("--repair", action="store_true", help="Make again what is not as it should be.")

    def handle(self, *, sample: int, all: bool, repair: bool, **options: Any) -> None:  # noqa: A002  # the option's
        """Look at everything. Interrupted, it has said what it found so far."""
        self._problems = 0
        checks = [*CHECKS, *(CHECKS_OF_KEPT_PAGES if settings.KEEP_PAGES else ())]
        try:
            for check in checks:
                self._tell(check.name, check.problems())
                if check.name == "database" and self._problems:
                    # All that follows would only say so again.
                    break
            else:
                if settings.KEEP_PAGES:
                    self._look_at_kept_pages(None if all else sample, repair=repair)
        except KeyboardInterrupt:
            self.stdout.write("Stopped before all was looked at.")
            sys.exit(130)
        if self._problems:
            self.stdout.write(f"{self._problems} things are wrong.")
            sys.exit(1)
        self.stdout.write("The site is healthy.")

    def _tell(self, name: str, problems: Iterable[str]) -> None:
        found = list(problems)
        self._problems += len(found)
        for problem in found:
            self.stdout.write(f"WRONG  {name}: {problem}")
        if not found:
            self.stdout.write(f"good   {name}")

    def _look_at_kept_pages(self, number: int | None, *, repair: bool) -> None:
        difference = Difference.found()
        self._tell("public pages are kept", _named(difference.missing, "public but not kept"))
        self._tell("kept pages are public", _named(difference.hidden, "kept but not public"))
        self._tell("pages and index agree", _named(difference.unknown, "kept, and no change would reach them"))
        self._tell("index and pages agree", _named(difference.lost, "said to be kept but not there"))
        wrong = self._compare(sample(number))
        self._tell("kept pages are fresh", _named(wrong, "kept otherwise than they are made now"))
        waiting = index().number_waiting()
        if waiting:
            self.stdout.write(f"       {waiting} pages wait to be made.")
        if repair:
            difference.repair()
            index().wait(dict.fromkeys(wrong, FIRST))
            made = Refresher().finish()
            self.stdout.write(
                f"       {made} pages were made again." if made else "       The worker makes them again."
            )

    def _compare(self, paths: list[str]) -> set[str]:
        wrong = set()
        for number, path in enumerate(stale(paths), start=1):
            if path is not None:
                wrong.add(path)
            if number % STEP == 0:
                self.stdout.write(f"       {number} of {len(paths)} pages are compared.")
        return wrong


def _named(paths: set[str], what: str) -> list[str]:
    if not paths:
        return []
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return [f"{len(paths)} {what}: {' '.join(sorted(paths)[:SHOWN])}{more}"]
