"""Processes that are forked from the tests, so that each starts at once and with nothing done yet."""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Callable

from django.db import connections


def start(work: Callable[[], object]) -> int:
    """Do `work` in a new process with connections of its own, and return the id of that process."""
    connections.close_all()
    with warnings.catch_warnings():
        # Threads that other tests have left behind hold nothing that is needed here.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        return process
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        # Nothing that was set up for the tests is to be torn down here.
        os._exit(status)


def ended(process: int) -> int:
    """Wait for the process; return its exit status, or the negative number of the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
