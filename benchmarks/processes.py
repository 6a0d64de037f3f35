"""Many processes that do the same thing at the same moment."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import connections

context = multiprocessing.get_context("fork")

Work = Callable[[int, Barrier], Any]


def at_once(count: int, work: Work) -> tuple[float, list[Any]]:
    """Run `work` in `count` processes; return the seconds from its first begin to its last end, and what it returned.

    `work` gets the number of its process (from 0) and a barrier at which all of them can wait for each other; they have
    met there once before it begins. Each process opens a database connection of its own.
    """
    connections.close_all()
    barrier = context.Barrier(count)
    started = []
    for number in range(count):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(work, number, barrier, sender), daemon=True)
        process.start()
        sender.close()
        started.append((process, receiver))
    outcomes = [receiver.recv() for _, receiver in started]
    for process, _ in started:
        process.join()
    seconds = max(ended for _, ended, _ in outcomes) - min(began for began, _, _ in outcomes)
    return seconds, [result for _, _, result in outcomes]


def _run(work: Work, number: int, barrier: Barrier, sender: Connection) -> None:
    try:
        barrier.wait()
        # This clock is the same one in all processes.
        began = time.monotonic()
        result = work(number, barrier)
        sender.send((began, time.monotonic(), result))
    except BaseException:
        # Whoever waits for this process would wait for ever.
        barrier.abort()
        raise
    finally:
        connections.close_all()
