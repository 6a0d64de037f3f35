"""Many clients want the same page at the moment in which it is not kept."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from benchmarks.almanac.content import make_full_article
from benchmarks.almanac.server import GZIP, app
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import STAMPEDE
from benchmarks.wrk import reason_against, wrk

CLIENTS = 500
ROUNDS = 5
WORKERS = 2


def stampede() -> Iterator[Figure]:
    """Yield how often a page is made that `CLIENTS` clients want at once, from an app with two workers."""
    if reason := reason_against():
        return tell(f"Not measured: {reason}.")
    data = Path(settings.DATA)
    address, made = make_full_article("Wanted", comments=50).url, data / "made.txt"
    environment = {"DJANGO_SETTINGS_MODULE": "benchmarks.counting", "COUNTED_PATH": address, "COUNTED_IN": str(made)}
    renders, slowest = [], []
    with app(workers=WORKERS, **environment) as server:
        tell(f"{CLIENTS} clients at once, {ROUNDS} times")
        for _ in range(ROUNDS):
            shutil.rmtree(data / "pages" / address.strip("/"), ignore_errors=True)
            made.write_bytes(b"")
            load = wrk(server.address(address), seconds=2, headers=GZIP, connections=CLIENTS)
            if load.failed:
                raise SystemExit(f"{load.failed} of {load.requests} requests failed.")
            renders.append(made.stat().st_size)
            slowest.append(load.p99)
    yield Figure(of=ALMANAC, name=STAMPEDE, value=max(renders), unit="renders", rounds=tuple(renders))
    yield Figure(
        of=ALMANAC, name="the slowest of 100 answers to 500 clients", value=statistics.median(slowest), unit="ms"
    )
