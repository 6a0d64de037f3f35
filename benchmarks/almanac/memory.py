"""What the processes of production hold in memory after some work."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import Request, urlopen

from benchmarks.almanac.content import make_full_article
from benchmarks.almanac.server import GZIP, app, worker
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import PROPORTIONAL, RESIDENT

READINGS = 100


def memory() -> Iterator[Figure]:
    """Yield the memory of two app workers and the worker, after pages were made, searched and logged in to."""
    address = make_full_article("Remembered", comments=50).url
    tell("Reading a while, then looking at the memory")
    with worker() as behind, app(workers=2) as server:
        for number in range(READINGS):
            for path in (address, f"{address}?page={number % 2 + 1}", "/search/?q=kettle", "/admin/login/", "/"):
                with urlopen(Request(server.address(path), headers=GZIP)) as answer:  # noqa: S310 (our own server)
                    answer.read()
        _granian, *workers = server.memory()
        held = max(workers, key=lambda process: process.proportional)
        made = behind.memory()[0]
    for name, process in (("app worker", held), ("worker", made)):
        yield Figure(of=ALMANAC, name=f"{name}, {PROPORTIONAL}", value=process.proportional, unit="MB")
        yield Figure(of=ALMANAC, name=f"{name}, {RESIDENT}", value=process.resident, unit="MB")
