"""Telling the caches in front that a kept page has changed or is gone.

The addresses wait in the index of this machine, since each machine tells them after its own page has changed: a cache
that was told earlier would fetch the old page from the next machine, and keep it.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import get_backends

from delivery.kept.index import Purge
from delivery.kept.keeping import UNKEEPABLE, index, report
from delivery.kept.tree import tree

logger = logging.getLogger(__name__)

PAUSE = 0.25
"""Seconds between two looks at what is to be purged."""
AT_ONCE = 30
"""So many addresses go into one request; Cloudflare takes no more."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries at most; the first comes after one second, and each waits twice as long as the last."""
LATE = 60.0
"""Seconds after which an address that is not purged is an alarm; and between two alarms."""


class Purger:
    """Tells the caches in front, until they have understood."""

    def __init__(self) -> None:
        self._caches = list(get_backends(settings.WAGTAILFRONTENDCACHE).values())
        self._at_once = min([getattr(cache, "at_once", AT_ONCE) for cache in self._caches], default=AT_ONCE)
        self._quiet_until = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            try:
                busy = self.turn()
            except UNKEEPABLE as error:
                report(error)
                busy = False
            if not busy:
                stop.wait(PAUSE)

    def turn(self) -> bool:
        """Purge some of the addresses whose time has come; return whether all caches have understood."""
        with tree().held():
            # Not while a page is being replaced: who asks for it right after would get the old one.
            purges = index().purges(now=time.time(), number=AT_ONCE)
        for start in range(0, len(purges), self._at_once):
            batch = purges[start : start + self._at_once]
            try:
                self._tell([settings.ALMANAC_URL + quote(purge.path) for purge in batch])
            except Exception as error:
                # Whatever it is, of whichever library: it is tried again.
                index().purge_later(batch, until=time.time() + _pause_after(batch))
                self._raise_alarm(error)
                return False
            index().purged(batch)
        return bool(purges)

    def _tell(self, addresses: list[str]) -> None:
        # Only here, since nothing of it is needed without a cache in front.
        from delivery.caches import complaining

        for cache in self._caches:
            with complaining():
                cache.purge_batch(addresses)

    def _raise_alarm(self, error: Exception) -> None:
        now = time.time()
        number, since = index().late_purges(before=now - LATE)
        if number and now >= self._quiet_until:
            self._quiet_until = now + LATE
            at = datetime.fromtimestamp(since, UTC)
            logger.error("%s addresses are not purged in the caches in front, one since %s: %r", number, at, error)


def _pause_after(batch: list[Purge]) -> float:
    tries = max(purge.tries for purge in batch)
    return float(min(2 ** min(tries, 10), LONGEST_PAUSE))


def start_purger(stop: threading.Event) -> threading.Thread | None:
    """Start the purger's thread, which ends when `stop` is set; return None if there is no cache in front.

    A thread of its own: a cache that does not answer holds up neither pages nor tasks.
    """
    if not settings.WAGTAILFRONTENDCACHE:
        return None
    thread = threading.Thread(target=_purge, args=[stop], name="purger", daemon=True)
    thread.start()
    return thread


def _purge(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            Purger().run(stop)
        except Exception:
            # A library is missing, or a parameter: pages are made nonetheless.
            logger.exception("The caches in front cannot be told of changes: look at CDN_PURGE.")
            stop.wait(LATE)
