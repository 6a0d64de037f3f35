"""Compare every kept number with a recount."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ratings.aggregates import verify
from ratings.models import AggregateCheck


class Command(BaseCommand):
    """Compare every kept number with a recount; with --repair, correct what is wrong."""

    help = "Compare the kept numbers of ratings and comments with a recount, and with --repair correct them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --repair."""
        parser.add_argument("--repair", action="store_true", help="correct the numbers that are wrong")

    def handle(self, *args: Any, repair: bool, verbosity: int, **options: Any) -> None:
        """Tell the progress line by line, each number that is wrong, and the sum; fail if wrong numbers are left.

        It can be interrupted at any time: what was repaired stays, and running it again begins anew.
        """
        compared = wrong = 0
        what = ""
        for progress in verify(repair=repair):
            if verbosity and progress.what != what:
                self.stdout.write(f"Comparing: {progress.what}")
            what = progress.what
            compared += progress.compared
            wrong += len(progress.mismatches)
            for mismatch in progress.mismatches:
                self.stdout.write(f"  {mismatch}")
            if verbosity > 1:
                self.stdout.write(f"  {compared:,} numbers so far")
        repaired = wrong if repair else 0
        AggregateCheck.objects.create(finished_at=timezone.now(), compared=compared, wrong=wrong, repaired=repaired)
        if wrong and not repair:
            raise CommandError(f"{wrong:,} of {compared:,} numbers are wrong. Run it with --repair to correct them.")
        if verbosity:
            self.stdout.write(f"{compared:,} numbers compared, {wrong:,} wrong, {repaired:,} repaired.")
