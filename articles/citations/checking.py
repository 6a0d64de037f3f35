"""Whether the links of sources still lead anywhere: a few a minute, by the worker, never while somebody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from articles.citations.looking import DEADLINE, Look, look
from articles.models.source import Source

MOST_AT_ONCE = 5
"""So many sources are looked at in one go, each at another host. The worker goes once a minute."""
PATIENCE = DEADLINE + 2
"""Seconds after which the worker goes on, whatever an address does: pages wait to be published."""
DEAD_AFTER = 3
"""So many days in a row nothing must answer before a link counts as dead."""
AGAIN_AFTER = timedelta(days=30)
AGAIN_AFTER_FAILURE = timedelta(days=1)


def check_links(*, now: datetime, look: Callable[[str], Look] = look, patience: float = PATIENCE) -> int:
    """Look at the sources whose turn it is, for `patience` seconds, and write down what was found; return how many.

    Does nothing unless `CHECK_SOURCE_LINKS` is on. Killed in between, it looks again: nothing is counted twice, since a
    failure counts once a day.
    """
    if not settings.CHECK_SOURCE_LINKS:
        return 0
    due = one_a_host(Source.objects.due_for_a_look(now - AGAIN_AFTER, now - AGAIN_AFTER_FAILURE)[: MOST_AT_ONCE * 10])
    for source, each in zip(due, looks(due, look, patience), strict=True):
        link, failures = judged(source, each)
        Source.objects.filter(pk=source.pk).update(
            link=link, link_failures=failures, link_problem=each.problem, link_checked_at=now
        )
    return len(due)


def looks(sources: list[Source], look: Callable[[str], Look], patience: float) -> list[Look]:
    """Return what was found at each of `sources`, at all of them at once; after `patience` seconds, what there is.

    A thread that hangs is left to itself, and its address is one that took too long.
    """
    pool = ThreadPoolExecutor(MOST_AT_ONCE)
    running = [pool.submit(look, source.address) for source in sources]
    done, _late = wait(running, timeout=patience)
    pool.shutdown(wait=False, cancel_futures=True)
    too_long = Look(is_alive=False, problem=_("It took too long to answer."))
    return [each.result() if each in done else too_long for each in running]


def one_a_host(sources: Iterable[Source]) -> list[Source]:
    """Return the first of `sources` at each host, `MOST_AT_ONCE` of them at most."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(urlsplit(source.address).hostname or "", source)
    return list(first.values())[:MOST_AT_ONCE]


def judged(source: Source, found: Look) -> tuple[Source.Link, int]:
    """Return how the link of `source` stands after a look, and after how many failures in a row."""
    if found.is_alive is None:
        return Source.Link(source.link), source.link_failures
    if found.is_alive:
        return Source.Link.ALIVE, 0
    failures = source.link_failures + 1
    return (Source.Link.DEAD if failures >= DEAD_AFTER else Source.Link.FAILING), failures
