"""Saying that something changed, and asking what did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from freshness.models import Change
from freshness.tags import SITE

KEPT_FOR = timedelta(hours=24)
"""So long changes are kept: a machine that was away longer knows nothing of what it keeps."""

REMEMBERED = 100
"""So many of the newest changes are looked at to learn which of them a render has seen."""

_listeners: list[Callable[[list[Change]], None]] = []


def on_change(listener: Callable[[list[Change]], None]) -> None:
    """Have `listener` called with the changes of each transaction once it is committed, in the same process."""
    if listener not in _listeners:
        _listeners.append(listener)


def forget_listener(listener: Callable[[list[Change]], None]) -> None:
    """Call `listener` no longer."""
    if listener in _listeners:
        _listeners.remove(listener)


def changed(*tags: str, paths: Iterable[str] = (), withdraw: bool = False, withdrawn: Iterable[str] = ()) -> None:
    """Write down that what `tags` name has changed, and that the pages at `paths` are to be made.

    Belongs into the transaction of the change itself. With `withdraw`, what is kept of it is gone before anything else
    happens: for what was hidden, erased, unpublished or restricted. What `withdrawn` names is that in any case.
    """
    changes = [Change(tag=tag, withdraw=withdraw) for tag in dict.fromkeys(tags)]
    changes += [Change(path=path, withdraw=withdraw) for path in dict.fromkeys(paths)]
    changes += [Change(tag=tag, withdraw=True) for tag in dict.fromkeys(withdrawn)]
    if not changes:
        return
    changes = Change.objects.bulk_create(changes)
    transaction.on_commit(lambda: _tell(changes), robust=True)


def _tell(changes: list[Change]) -> None:
    for listener in _listeners:
        listener(changes)


@dataclass(frozen=True)
class Seen:
    """Which changes could be seen when something began to be made.

    By their keys and not by the newest of them: a transaction that took its key earlier may be committed later.
    """

    keys: frozenset[int]

    @staticmethod
    def now() -> Seen:
        """Return what can be seen now."""
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True)
        return Seen(frozenset(newest[:REMEMBERED]))

    def is_outdated(self, tags: Iterable[str]) -> bool:
        """Return whether something that `tags` name has changed since."""
        later = Change.objects.filter(tag__in=list(tags), pk__gt=min(self.keys, default=0))
        return later.exclude(pk__in=self.keys).exists()


def site_version() -> tuple[int, int]:
    """Return a value that differs whenever what stands on every page has changed.

    Both the newest change and their number, since a change with a lower key may be committed later.
    """
    # Asked for every page that is made: Django would take longer to write this than the database to answer it.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id), COUNT(*) FROM {Change._meta.db_table} WHERE tag = %s", [SITE])  # noqa: S608
        newest, number = cursor.fetchone()
    return newest or 0, number


def forget_changes(*, now: datetime) -> int:
    """Delete the changes that no machine needs to know any longer, and return how many."""
    site = Change.objects.filter(tag=SITE).aggregate(newest=Max("pk"))["newest"]
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"]
    # Without the last of `SITE`, a process that remembers the time before it would believe that nothing happened; and
    # without the last of all, a machine that has read it would believe that the database is another one.
    number, _each = Change.objects.filter(made_at__lt=now - KEPT_FOR).exclude(pk__in=[site or 0, newest or 0]).delete()
    return number
