"""`manage.py make_renditions`: the sizes of all pictures that readers see, for sites that were there before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from delivery.pictures import outdated_renditions, pictures_in_live_pages
from pictures.actions import make_renditions
from pictures.models import Picture

STEP = 20
"""After so many pictures the command says how far it is."""


class Command(BaseCommand):
    """Makes what is missing and deletes what no page shows any more; stopped at any point, it goes on from there."""

    help = "Make the missing sizes of all pictures in live pages, and delete those that no page asks for any more."

    def handle(self, **options: Any) -> None:
        """Go through the pictures one by one, so that memory holds one at a time."""
        try:
            self._make()
            self._delete()
        except KeyboardInterrupt:
            self.stdout.write("Stopped. Everything made so far is kept; the next run goes on from here.")

    def _make(self) -> None:
        keys = list(pictures_in_live_pages().values_list("pk", flat=True))
        for number, key in enumerate(keys, start=1):
            make_renditions(Picture.objects.filter(pk=key))
            if number % STEP == 0 or number == len(keys):
                self.stdout.write(f"{number} of {len(keys)} pictures are done.")

    def _delete(self) -> None:
        number = 0
        for rendition in outdated_renditions().iterator():
            rendition.delete()
            number += 1
        if number:
            self.stdout.write(f"{number} sizes that no page asks for any more are deleted.")
