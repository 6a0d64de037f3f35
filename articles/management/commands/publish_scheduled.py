"""`manage.py publish_scheduled`: Wagtail's command of this name, by which one bad page would stop all others."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import Page

from articles.scheduling import all_due, failures, publish_due


class Command(BaseCommand):
    """Does what the worker does every minute, for who runs a cron instead."""

    help = "Publish and expire the pages whose time has come; exit code 1 if one could not be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--dryrun", action="store_true", help="Only say what is due.")

    def handle(self, *, dryrun: bool, verbosity: int = 1, **options: Any) -> None:
        """Do what is due, and name what cannot be done."""
        now = timezone.now()
        done = list(all_due(now)) if dryrun else publish_due(now=now)
        titles = dict(Page.objects.filter(pk__in=[due.page_id for due in done]).values_list("pk", "draft_title"))
        for due in done if verbosity else ():
            self.stdout.write(f"{due.at:%Y-%m-%d %H:%M} {due.doing}: {titles.get(due.page_id, due.page_id)}")
        failing = [] if dryrun else list(failures())
        for failure in failing:
            self.stderr.write(f"{failure.due_at:%Y-%m-%d %H:%M} {failure.doing} failed: {failure}")
        if failing:
            raise SystemExit(1)
