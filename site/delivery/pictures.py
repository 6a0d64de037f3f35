"""Pictures get their sizes when the page that shows them is published."""

from typing import Any

from pictures.actions import make_renditions_of


def request_renditions(instance: Any, **kwargs: Any) -> None:
    """Ask the worker for the sizes of all pictures that the published page shows.

    Connected to Wagtail's `page_published`. The task is a row in the same transaction: a rollback drops it.
    """
    shown = getattr(instance, "pictures", None)
    ids = [picture.pk for picture in shown()] if shown else []
    if ids:
        make_renditions_of.enqueue(ids)
