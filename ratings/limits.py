"""How much one reader, one network, one article and the whole site take: exact token buckets in the database.

A bucket is one row with one moment, the Generic Cell Rate Algorithm (ITU-T I.371): taking a token moves the moment at
which the bucket will be full again by the time that one token takes to come back. One statement takes from all buckets
concerned, in the transaction of what it pays for; if one is empty, all of it is rolled back. So the limits hold over
any number of processes, and nothing is charged for what was not stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil

from django.conf import settings
from django.db import connection, transaction

from ratings.models import Bucket

MICROSECOND = timedelta(microseconds=1)


class Doing(Enum):
    """What is limited."""

    RATING = "rating"
    COMMENT = "comment"
    EDIT = "edit"
    HELPFUL = "helpful"
    REPORT = "report"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many at once, and after that one more every so often."""

    at_once: int
    then_every: timedelta


class Scope(Enum):
    """Whose bucket it is."""

    READER = "reader"
    NETWORK = "network"
    ARTICLE = "article"
    SITE = "site"


def _limits(reader: int, network: int, article: int, site: int, *, reader_waits: float) -> dict[Scope, Limit]:
    """Return limits of so many at once; whoever is more than one reader gets tokens back that much faster."""
    sizes = {Scope.READER: reader, Scope.NETWORK: network, Scope.ARTICLE: article, Scope.SITE: site}
    return {
        scope: Limit(at_once=size, then_every=timedelta(seconds=reader_waits * reader / size))
        for scope, size in sizes.items()
    }


LIMITS: Mapping[Doing, Mapping[Scope, Limit]] = {
    # A class or a clinic behind one address answers at the same time; that must go on working.
    Doing.RATING: _limits(10, 100, 1_000, 5_000, reader_waits=30),
    Doing.COMMENT: _limits(4, 40, 120, 600, reader_waits=60),
    Doing.EDIT: _limits(10, 100, 300, 1_500, reader_waits=60),
    Doing.HELPFUL: _limits(20, 200, 2_000, 10_000, reader_waits=10),
    Doing.REPORT: _limits(6, 30, 60, 600, reader_waits=120),
    # Whoever finds one error often finds a second; an article that is wrong is reported by many.
    Doing.ERROR: _limits(5, 30, 60, 300, reader_waits=120),
}


class TooMany(Exception):
    """A bucket is empty; `retry_after` is the number of whole seconds after which it holds a token again."""

    def __init__(self, scope: Scope, retry_after: int) -> None:
        super().__init__(f"Too many for this {scope.value}; again in {retry_after} s.")
        self.scope = scope
        self.retry_after = retry_after


def take(doing: Doing, *, reader: int, network: str, article: int, now: datetime) -> None:
    """Take a token from each bucket concerned; raises TooMany if one is empty.

    Must run in a transaction, which TooMany has to roll back. `network` is a digest, "" if it is unknown: all readers
    of whom the server does not say whence they come share one bucket. The buckets are taken in a fixed order, that of
    the widest last, so that it is held shortest and nobody waits in a circle.
    """
    if not (scale := settings.READER_LIMITS_SCALE):
        return
    moment = _microseconds(now)
    buckets = {}
    for scope, key in _keys(doing, reader=reader, network=network or "unknown", article=article).items():
        limit = LIMITS[doing][scope]
        token = int(limit.then_every / MICROSECOND / scale)
        buckets[key] = (scope, token, token * max(int(limit.at_once * scale), 1))
    values: dict[str, str | int] = {"now": moment}
    for number, (key, (_scope, token, capacity)) in enumerate(buckets.items()):
        values |= {f"key{number}": key, f"full_at{number}": moment + token, f"capacity{number}": capacity}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        taken = {key for (key,) in cursor.fetchall()}
    for key, (scope, token, capacity) in buckets.items():
        if key not in taken:
            full_at = Bucket.objects.values_list("full_at", flat=True).get(pk=key)
            raise TooMany(scope, ceil((full_at + token - capacity - moment) / 1_000_000))


TAKE = f"""
INSERT INTO ratings_bucket AS bucket (key, full_at, capacity)
VALUES {", ".join(f"(%(key{number})s, %(full_at{number})s, %(capacity{number})s)" for number in range(len(Scope)))}
ON CONFLICT (key) DO UPDATE
SET capacity = excluded.capacity,
    full_at = CASE
        WHEN bucket.full_at - %(now)s > 2 * excluded.capacity THEN %(now)s + excluded.capacity
        WHEN bucket.full_at > %(now)s THEN bucket.full_at + excluded.full_at - %(now)s
        ELSE excluded.full_at
    END
WHERE bucket.full_at - %(now)s
    NOT BETWEEN excluded.capacity - (excluded.full_at - %(now)s) + 1 AND 2 * excluded.capacity
RETURNING key
"""  # noqa: S608 (our own words)
"""Conditional upserts are beyond the ORM; SQLite and PostgreSQL read the same statement, and take row after row.

Each row comes as it stands in a bucket that was full, with one token gone.

A bucket that will not be full for twice the time that it takes to fill was used before a clock was set back. It gives
its token, and is empty then; short of that, processes whose clocks differ a little share one exact bucket.
"""


def is_under_pressure(doing: Doing, *, network: str, article: int, now: datetime) -> bool:
    """Return whether more than half of the tokens of this network, this article or the site are gone. Only reads."""
    keys = _keys(doing, reader=None, network=network, article=article)
    moment = _microseconds(now)
    return any(
        2 * (bucket.full_at - moment) > bucket.capacity for bucket in Bucket.objects.filter(pk__in=keys.values())
    )


def forget_full_buckets(*, now: datetime) -> int:
    """Delete the rows of buckets that are full again, and return how many.

    Those that somebody is taking from are left alone: waiting for one while holding others could wait in a circle.
    """
    with transaction.atomic():
        full = Bucket.objects.select_for_update(skip_locked=True).filter(full_at__lte=_microseconds(now))
        return Bucket.objects.filter(pk__in=full.values("pk")).delete()[0]


def _keys(doing: Doing, *, reader: int | None, network: str, article: int) -> dict[Scope, str]:
    """Return the keys of the buckets concerned, in the order in which they are taken."""
    whose = {Scope.READER: reader, Scope.NETWORK: network, Scope.ARTICLE: article, Scope.SITE: "all"}
    return {scope: f"{doing.value}:{scope.value}:{name}" for scope, name in whose.items() if name}


def _microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)
