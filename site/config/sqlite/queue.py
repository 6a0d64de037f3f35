"""A fair queue for the one writer that SQLite allows.

SQLite lets waiting writers poll, and on a busy machine luck decides: of 16 processes some starve past any timeout while
others write several times. The kernel hands a file lock on in the order of asking. So a transaction first waits here.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: SQLite's own polling must do
    fcntl = None  # type: ignore[assignment]


class WriteQueue:
    """One connection's place in the queue of all processes and threads that write to the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def wait(self, seconds: float) -> None:
        """Wait for our turn, at most so long; after that, SQLite itself decides whether we may write."""
        if fcntl is None or self._file is not None:
            return
        file = self._path.open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not _locked_within(file, seconds):
                return
        self._file = file

    def leave(self) -> None:
        """Let the next one write; does nothing for who is not in the queue. A process that dies leaves it too."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _locked_within(file: IO[bytes], seconds: float) -> bool:
    """Return whether `file` could be locked in time.

    Only a lock that is waited for in the kernel is a fair one, and that wait cannot be ended: so a thread waits, and
    gives a lock that comes too late back at once.
    """
    decision = threading.Lock()
    came = threading.Event()
    given_up = False

    def wait() -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
        with decision:
            came.set()
            if given_up:
                file.close()

    threading.Thread(target=wait, daemon=True).start()
    came.wait(seconds)
    with decision:
        given_up = not came.is_set()
        return not given_up
