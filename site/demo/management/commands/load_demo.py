"""`manage.py load_demo`: articles, people and responses to look at."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.loading import load


class Command(BaseCommand):
    """Loads the demo; what is there already stays as it is."""

    help = (
        "Load the demo's articles, authors, ratings and comments. Repeatable. Refuses outside development unless --yes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--yes", action="store_true", help="Load it even if this is not a development site.")

    def handle(self, *, yes: bool, **options: Any) -> None:
        """Load the demo."""
        if not settings.DEBUG and not yes:
            raise CommandError("This is not a development site. To load invented articles into it, say --yes.")
        moderator = User.objects.filter(username="moderator").first()
        load(now=timezone.now(), moderator=moderator, tell=self.stdout.write)
        self.stdout.write("The demo is loaded.")
