"""The one thread of a machine that makes kept pages again when what they show has changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from http import HTTPStatus

from django.core.files import locks
from django.db import Error, close_old_connections, connection
from django.utils import timezone
from wagtail.models import Site

from delivery.kept.addresses import public_addresses
from delivery.kept.index import Cursor, Waiting
from delivery.kept.keeping import UNKEEPABLE, index, keep, remove, renew, report, showing, take_away, throw_away
from delivery.kept.maker import maker
from delivery.kept.rendering import render
from delivery.kept.tree import is_address, tree
from delivery.purging import start_purger
from freshness.changes import KEPT_FOR
from freshness.models import Change
from freshness.tags import SITE

logger = logging.getLogger(__name__)

PAUSE = 0.25
"""Seconds between two looks at the changes."""
SPACING = 1.0
"""Seconds between two makings of the same page."""
RETRY = 1.0
"""Seconds after which it is tried again to reach the database, or to be the only refresher of this machine."""
PATIENCE = 5.0
"""Seconds until a page that could not be made is tried again."""
LONGEST_TRANSACTION = 600.0
"""Seconds for which a key that was left out may still turn up: that of a transaction that is under way."""
LONGEST_ABSENCE = (KEPT_FOR - timedelta(hours=1)).total_seconds()
"""Whoever has read no changes for longer may have missed some."""
BATCH = 20
"""So many pages are made before the changes are looked at again."""
CHANGES = 1_000
"""So many changes are read at once."""
PLACE_OF_WORKER = "refresher-of-worker.lock"
"""What the refresher of a worker holds, while it works and while it waits for another to end."""
LAST = 1_000_000_000
"""The rank of pages that nobody changed: those that are made since none is kept yet."""


class Refresher:
    """Reads the changes past this machine's cursor, and makes again what they touch."""

    def __init__(self, *, stands_by: bool = False) -> None:
        """`stands_by`: whether this one works only as long as no worker is there to do it."""
        self._stands_by = stands_by
        self._made_at: dict[str, float] = {}
        self._is_away = False
        self._purger: threading.Thread | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, whenever no other process of this machine does."""
        while not stop.is_set():
            try:
                with self._place():
                    with alone() as is_alone:
                        if is_alone:
                            self._purger = self._purger or start_purger(stop)
                            self._work(stop)
                    stop.wait(RETRY)
            except OSError as error:
                report(error)
                stop.wait(RETRY)
        connection.close()

    def _work(self, stop: threading.Event) -> None:
        with tree().held():
            tree().sweep()
        while not stop.is_set() and not self._gives_way():
            try:
                self.turn()
                pause = 0 if index().waiting(now=time.time(), number=1) else PAUSE
                self._is_away = False
            except Error:
                # What is kept is served meanwhile, and the changes wait in the database.
                if not self._is_away:
                    logger.warning("Kept pages cannot be made again now: the database is away.")
                self._is_away = True
                connection.close()
                pause = RETRY
            except UNKEEPABLE as error:
                report(error)
                pause = RETRY
            except Exception:
                logger.exception("Kept pages could not be made again; it is tried again.")
                pause = RETRY
            close_old_connections()
            stop.wait(pause)

    def _place(self) -> AbstractContextManager[bool]:
        """Hold the worker's place while it is there, so that whoever stands by knows."""
        return nullcontext(False) if self._stands_by else _held(PLACE_OF_WORKER)

    def _gives_way(self) -> bool:
        """Return whether a worker is there to do what this one does: in the app, making pages slows answers down."""
        if not self._stands_by:
            return False
        with _held(PLACE_OF_WORKER) as is_free:
            return not is_free

    def finish(self) -> int:
        """Make everything that waits, and return how many pages that were: none if another process does it.

        What cannot be made now goes on waiting.
        """
        made = 0
        with alone() as is_alone:
            if is_alone:
                made += self.turn()
                while (at := index().next_at()) is not None and at <= time.time() + SPACING:
                    time.sleep(max(0, at - time.time()))
                    made += self.turn()
        return made

    def turn(self) -> int:
        """Read what has changed, make what waits again, and return how many pages were made."""
        self.read_changes()
        self.look_at_clock()
        now = time.time()
        self._made_at = {path: at for path, at in self._made_at.items() if now - at < SPACING}
        return sum(self.make(page) for page in index().waiting(now=now, number=BATCH))

    def read_changes(self) -> None:
        """Have every page wait that shows what has changed; what was withdrawn is removed before anything else.

        Killed at any step it does the same again: the cursor moves in the step in which the pages begin to wait.
        """
        now = time.time()
        cursor = index().cursor()
        if cursor is None or now - cursor.read_at > LONGEST_ABSENCE:
            return self._begin(now)
        found = list(Change.objects.filter(pk__gte=cursor.newest).order_by("pk")[: CHANGES + 1])
        if _is_of_another_database(cursor, found):
            return self._begin(now)
        if index().maker() != maker():
            # Noted before anything else is, so that whoever is killed here finds the same again.
            index().wait(dict.fromkeys({*public_addresses(), *tree().addresses()}, LAST))
            renew()
        late = Change.objects.filter(pk__in=list(cursor.holes)) if cursor.holes else []
        changes = [*late, *(change for change in found if change.pk > cursor.newest)]
        if changes:
            self._follow(changes, _moved(cursor, changes, now))
        elif now - cursor.read_at > LONGEST_TRANSACTION / 10:
            holes = _open(cursor.holes, now)
            index().wait({}, cursor=Cursor(cursor.newest, now, cursor.made_at, holes))
        return None

    def look_at_clock(self) -> None:
        """Have every page wait that shows what time has ended: a review that is due, a discussion that has closed."""
        names = index().expired(now=timezone.now())
        if not names:
            return
        take_away(name for name in names if not is_address(name))
        index().wait({name: len(names) for name in names if is_address(name)})

    def _follow(self, changes: list[Change], cursor: Cursor) -> None:
        if any(change.tag == SITE for change in changes):
            # Wagtail remembers it for an hour, and this may be another process than the one that changed it.
            Site.clear_site_root_paths_cache()
        ranks: dict[str, int] = {}
        outdated: set[str] = set()
        shown = showing({change.tag for change in changes if change.tag})
        for change in changes:
            names = [change.path] if change.path else shown[change.tag]
            if change.withdraw:
                take_away(names)
            for name in names:
                # What touches few pages goes first: the page itself before the many that mention it.
                if is_address(name):
                    ranks[name] = min(ranks.get(name, LAST), len(names))
                else:
                    outdated.add(name)
        if outdated:
            take_away(outdated)
        try:
            index().wait(ranks, cursor=cursor)
        except UNKEEPABLE:
            # If not even that can be noted: better no file than one that is not true.
            take_away(ranks)
            raise

    def _begin(self, now: float) -> None:
        """Throw away everything that is kept, of which nothing is known, and have every public page made."""
        keys = list(Change.objects.order_by("-pk").values_list("pk", "made_at")[:CHANGES])
        newest, made_at = (keys[0][0], keys[0][1].timestamp()) if keys else (0, 0.0)
        missing = set(range(max(1, newest - CHANGES), newest)) - {key for key, _made_at in keys}
        throw_away()
        addresses = dict.fromkeys(public_addresses(), LAST)
        index().wait(addresses, cursor=Cursor(newest, now, made_at, dict.fromkeys(missing, now)))

    def make(self, page: Waiting) -> bool:
        """Make a page again and keep it, or remove it if it is to be kept no longer; return whether that is done."""
        now = time.time()
        free_at = self._made_at.get(page.path, 0) + SPACING
        if now < free_at:
            index().postpone(page, until=free_at)
            return False
        self._made_at[page.path] = now
        try:
            return self._make(page)
        except Error:
            raise
        except UNKEEPABLE as error:
            report(error)
        except Exception:
            logger.exception("%s cannot be made now; what was kept stays.", page.path)
        # The others need not wait for this one.
        index().postpone(page, until=now + PATIENCE, has_failed=True)
        return False

    def _make(self, page: Waiting) -> bool:
        fresh = render(page.path)
        if fresh.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("%s cannot be made now (%s); what was kept stays.", page.path, fresh.status)
            index().postpone(page, until=time.time() + PATIENCE, has_failed=True)
            return False
        if not fresh.may_be_kept:
            remove(page.path)
        elif keep(fresh) is None:
            return False
        index().done(page)
        return True


def alone() -> AbstractContextManager[bool]:
    """Yield whether this is the only refresher of this machine, and see to it that it stays so."""
    return _held("refresher.lock")


@contextmanager
def _held(name: str) -> Iterator[bool]:
    """Yield whether the lock with this name was free, and hold it."""
    folder = tree().workshop
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        yield locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB)


def _is_of_another_database(cursor: Cursor, found: list[Change]) -> bool:
    """Return whether the change that the cursor stands on never was: a backup was restored, say.

    `found` are the changes from it on. The newest of all is never deleted.
    """
    if cursor.newest == 0:
        return False
    if not found:
        return True
    return found[0].pk == cursor.newest and found[0].made_at.timestamp() != cursor.made_at


def _moved(cursor: Cursor, changes: list[Change], now: float) -> Cursor:
    keys = {change.pk for change in changes}
    last = max(changes, key=lambda change: change.pk)
    newest, made_at = max((cursor.newest, cursor.made_at), (last.pk, last.made_at.timestamp()))
    # Left out: taken by a transaction that was rolled back, or is under way.
    holes = cursor.holes | dict.fromkeys(set(range(cursor.newest + 1, newest)) - keys, now)
    return Cursor(newest, now, made_at, _open({key: at for key, at in holes.items() if key not in keys}, now))


def _open(holes: dict[int, float], now: float) -> dict[int, float]:
    return {key: since for key, since in holes.items() if now - since < LONGEST_TRANSACTION}


def start_refresher(stop: threading.Event, *, stands_by: bool = False) -> threading.Thread:
    """Start the refresher's thread and return it; it ends when `stop` is set."""
    thread = threading.Thread(target=Refresher(stands_by=stands_by).run, args=[stop], name="refresher", daemon=True)
    thread.start()
    return thread
