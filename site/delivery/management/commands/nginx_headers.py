"""`manage.py nginx_headers`: the headers of kept pages, as nginx has to be told them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from delivery.headers import page_headers

OF_NGINX = {"Cache-Control", "Vary"}
"""What nginx says by itself, or by what deploy/nginx.conf tells it."""


class Command(BaseCommand):
    """Prints them for the settings of this site: some change with `CDN_SECONDS` and with where the media are."""

    help = "Print the lines with the headers of kept pages for deploy/nginx.conf, as the settings ask for them."

    def handle(self, **options: Any) -> None:
        """Print how long a CDN may keep a page, and one line a header."""
        self.stdout.write(f"set $almanac_cdn_seconds {settings.CDN_SECONDS};")
        for name, value in sorted(page_headers().items()):
            if name not in OF_NGINX:
                quoted = value.replace("\\", r"\\").replace('"', r"\"")
                self.stdout.write(f'add_header {name} "{quoted}";')
