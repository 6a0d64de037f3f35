"""Addresses that readers ask for and the site does not have: kept for editors, who can lead them elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from findable.counting import Counted, Counter, collected
from pages.models import MissingAddress

missing = Counter("missing")
"""Counts addresses, with a note on where the link stands."""

KEPT_FOR = timedelta(days=90)
"""An address that nobody asked for in this time is forgotten."""

MOST_KEPT = 10_000
"""So many addresses are kept: those most asked for."""

BATCH = 500


def write_missing(*, today: date) -> int:
    """Write what requests counted since the last time, and return how many addresses that were."""
    with collected(missing.name) as counted, transaction.atomic():
        for start in range(0, len(counted), BATCH):
            _add(counted[start : start + BATCH], today)
        if counted:
            _keep_the_most_asked_for()
    return len(counted)


def forget_missing(*, today: date) -> int:
    """Delete the addresses that nobody asked for any more, and return how many that were."""
    return MissingAddress.objects.filter(last_seen_on__lt=today - KEPT_FOR).delete()[0]


def _add(counted: list[Counted], today: date) -> None:
    """Add to what is kept: two statements for any number of addresses."""
    rows = MissingAddress.objects.select_for_update().filter(path__in=[each.key for each in counted]).order_by("pk")
    kept = {row.path: row for row in rows}
    nothing = MissingAddress(first_seen_on=today)
    written = [
        MissingAddress(
            path=each.key,
            hits=before.hits + each.number,
            referrer=each.note or before.referrer,
            first_seen_on=before.first_seen_on,
            last_seen_on=today,
        )
        for each in counted
        for before in [kept.get(each.key, nothing)]
    ]
    MissingAddress.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["path"], update_fields=["hits", "referrer", "last_seen_on"]
    )


def _keep_the_most_asked_for() -> None:
    rest = MissingAddress.objects.order_by("-hits", "-last_seen_on", "pk").values_list("pk", flat=True)[MOST_KEPT:]
    MissingAddress.objects.filter(pk__in=list(rest)).delete()
