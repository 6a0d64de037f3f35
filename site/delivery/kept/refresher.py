"""The one thread of a machine that makes kept pages again when what they show has changed."""

from __future__ import annotations

import logging
import threading
import time
from http import HTTPStatus

from django.core.files import locks
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max, Min

from delivery.kept.addresses import public_addresses
from delivery.kept.index import Cursor, Waiting
from delivery.kept.keeping import index, keep, parts, remove
from delivery.kept.rendering import render
from delivery.kept.tree import is_address, tree
from freshness.models import Change

logger = logging.getLogger(__name__)

PAUSE = 0.25
"""Seconds between two looks at the changes."""
SPACING = 1.0
"""Seconds between two makings of the same page."""
PATIENCE = 5.0
"""Seconds until a page that could not be made is tried again."""
LONGEST_TRANSACTION = 600.0
"""Seconds for which a key that was left out may still turn up: that of a transaction that is under way."""
BATCH = 20
"""So many pages are made before the changes are looked at again."""
CHANGES = 1_000
"""So many changes are read at once."""
LAST = 1_000_000_000
"""The rank of pages that nobody changed: those that are made since none is kept yet."""


class Refresher:
    """Reads the changes past this machine's cursor, and makes again what they touch."""

    def __init__(self) -> None:
        self._made_at: dict[str, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, whenever no other process of this machine does."""
        folder = tree().workshop
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "refresher.lock").open("w") as lock:
            while not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
                if stop.wait(1):
                    return
            while not stop.is_set():
                try:
                    self.turn()
                except DatabaseError:
                    # What is kept is served meanwhile, and the changes wait in the database.
                    logger.warning("Kept pages cannot be made again now: the database is away.")
                    connection.close()
                    stop.wait(1)
                except Exception:
                    logger.exception("Kept pages could not be made again; it is tried again.")
                    stop.wait(1)
                close_old_connections()
                stop.wait(0 if index().waiting(now=time.time(), number=1) else PAUSE)
        connection.close()

    def turn(self) -> int:
        """Read what has changed, make what waits again, and return how many pages were made."""
        self.read_changes()
        made = 0
        for page in index().waiting(now=time.time(), number=BATCH):
            made += self.make(page)
        return made

    def finish(self) -> int:
        """Make everything that waits, and return how many pages that were."""
        made = self.turn()
        while index().number_waiting():
            due = index().waiting(now=time.time(), number=1)
            if not due:
                time.sleep(0.05)
            made += self.turn()
        return made

    def read_changes(self) -> None:
        """Have every page wait that shows what has changed; what was withdrawn is removed before anything else.

        Killed at any step it does the same again: the cursor moves in the step in which the pages begin to wait.
        """
        cursor = index().cursor()
        now = time.time()
        if cursor is None or self._is_too_late(cursor):
            return self._begin(now)
        found = Change.objects.filter(pk__gt=cursor.newest).order_by("pk")[:CHANGES]
        late = Change.objects.filter(pk__in=list(cursor.holes)) if cursor.holes else []
        changes = [*late, *found]
        if not changes:
            if now - cursor.read_at > LONGEST_TRANSACTION / 10:
                index().wait({}, cursor=Cursor(cursor.newest, now, self._open(cursor.holes, now)))
            return None
        ranks: dict[str, int] = {}
        shown = {change.tag: index().showing(change.tag) for change in changes if change.tag}
        for change in changes:
            names = [change.path] if change.path else shown[change.tag]
            if change.withdraw:
                remove(names)
            for name in names:
                # What touches few pages goes first: the page itself before the many that mention it.
                if is_address(name):
                    ranks[name] = min(ranks.get(name, LAST), len(names))
                elif not change.withdraw:
                    parts.remove(name)
        index().wait(ranks, cursor=self._moved(cursor, changes, now))
        return None

    def _moved(self, cursor: Cursor, changes: list[Change], now: float) -> Cursor:
        keys = {change.pk for change in changes}
        newest = max(cursor.newest, *keys)
        # Left out: taken by a transaction that was rolled back, or is under way.
        holes = cursor.holes | dict.fromkeys(set(range(cursor.newest + 1, newest)) - keys, now)
        return Cursor(newest, now, self._open({key: since for key, since in holes.items() if key not in keys}, now))

    def _open(self, holes: dict[int, float], now: float) -> dict[int, float]:
        return {key: since for key, since in holes.items() if now - since < LONGEST_TRANSACTION}

    def _is_too_late(self, cursor: Cursor) -> bool:
        """Return whether changes may have been deleted that this machine has not read."""
        known = Change.objects.aggregate(oldest=Min("pk"), newest=Max("pk"))
        if known["newest"] is None:
            return False
        return cursor.newest > known["newest"] or (
            known["oldest"] > cursor.newest + 1 and time.time() - cursor.read_at > LONGEST_TRANSACTION
        )

    def _begin(self, now: float) -> None:
        """Empty the tree, of which nothing is known, and have every public page made."""
        newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
        for path in list(tree().addresses()):
            tree().unlink(path)
        parts.clear()
        index().clear()
        index().wait(dict.fromkeys(public_addresses(), LAST), cursor=Cursor(newest, now))

    def make(self, page: Waiting) -> bool:
        """Make a page again and keep it, or remove it if it is to be kept no longer; return whether that is done."""
        now = time.time()
        free_at = self._made_at.get(page.path, 0) + SPACING
        if now < free_at:
            index().postpone(page, until=free_at)
            return False
        fresh = render(page.path)
        self._made_at[page.path] = now
        if fresh.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("%s cannot be made now (%s); what was kept stays.", page.path, fresh.status)
            index().postpone(page, until=now + PATIENCE)
            return False
        if not fresh.may_be_kept:
            remove([page.path])
        elif keep(fresh) is None:
            return False
        index().done(page)
        return True


def start_refresher(stop: threading.Event) -> threading.Thread:
    """Start the refresher's thread and return it; it ends when `stop` is set."""
    thread = threading.Thread(target=Refresher().run, args=[stop], name="refresher", daemon=True)
    thread.start()
    return thread
