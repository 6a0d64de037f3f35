"""`manage.py nginx_headers`: the headers of kept pages, as nginx has to be told them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from delivery.headers import page_headers

OF_NGINX = {"Vary"}
"""What nginx says by itself."""


class Command(BaseCommand):
    """Prints them for the settings of this site: some change with `CDN_SECONDS` and with where the media are."""

    help = "Print the lines with the headers of kept pages for deploy/nginx.conf, as the settings ask for them."

    def handle(self, **options: Any) -> None:
        """Print one line a header."""
        for name, value in sorted(page_headers().items()):
            if name not in OF_NGINX:
                quoted = value.replace("\\", r"\\").replace('"', r"\"")
                self.stdout.write(f'add_header {name} "{quoted}";')
