"""`manage.py write_away_page`: what the web server shows while the app does not run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string


class Command(BaseCommand):
    """Writes the page of status 503 to a file outside of everything that has an address."""

    help = "Write ALMANAC_DATA/away/503.html, which the web server shows while the app is away."

    def handle(self, **options: Any) -> None:
        """Write the file; readers get the old one until the new one is whole."""
        file = Path(settings.DATA) / "away" / "503.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(".new")
        temporary.write_text(render_to_string("503.html", {"name": settings.WAGTAIL_SITE_NAME}), encoding="utf-8")
        os.replace(temporary, file)
        self.stdout.write(f"{file} is written.")
