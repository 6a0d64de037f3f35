"""Counting what is asked of the site, without a write to the database while somebody waits.

A request counts in the memory of its process. A thread of that process writes what was counted to a file in
`settings.DATA / "counts"` every twenty seconds, and once more when the process ends; the worker adds the files up and
writes the database in one batch. What was written outlives the process. One that is killed loses what it counted
since its last file: at most twenty seconds. A worker killed between its batch and the deletion of the files counts them
twice; these numbers are there to be compared, not billed.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

logger = logging.getLogger(__name__)

SECONDS = 20
"""How often a process writes what it counted."""

MOST_KEYS = 1000
"""So many different keys a process holds between two files. Further ones are dropped, so no flood fills the memory."""

MOST_FILES = 1000
"""So many files may wait for the worker. With more, what was counted stays in memory."""

LONGEST = 500
"""Characters of a key and of a note; what is longer is cut."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A key, how often it was counted, and the last note that came with it."""

    key: str
    number: int
    note: str = ""


class Counter:
    """Counts keys in the memory of this process. `name` is that of the folder of its files."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.start_empty()
        counters.append(self)

    def start_empty(self) -> None:
        """Forget everything: a new process has counted nothing yet, and no thread of its own holds a lock."""
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self._counts: dict[str, Counted] = {}
        self._dropped = 0

    def count(self, key: str, note: str = "") -> None:
        """Count `key` once; `note` replaces the earlier one unless it is empty. Never raises or waits for a disk."""
        key, note = storable(key), storable(note)
        with self._counting:
            before = self._counts.get(key)
            if before is None and len(self._counts) >= MOST_KEYS:
                self._dropped += 1
                return
            number, noted = (before.number, before.note) if before else (0, "")
            self._counts[key] = Counted(key=key, number=number + 1, note=note or noted)
        start_writing()

    def flush(self) -> None:
        """Write what was counted to a file of its own; if that fails, it is counted still."""
        with self._writing:
            folder = folder_of(self.name)
            if not self._counts or len(files_in(folder)) >= MOST_FILES:
                return
            with self._counting:
                counts, self._counts = self._counts, {}
                dropped, self._dropped = self._dropped, 0
            try:
                write(folder, counts.values())
            except OSError as error:
                logger.warning("What was counted as %s could not be written: %s", self.name, error)
                with self._counting:
                    self._counts = {each.key: each for each in added([*counts.values(), *self._counts.values()])}
            if dropped:
                logger.warning("%d of %s were not counted: more than %d kinds.", dropped, self.name, MOST_KEYS)


counters: list[Counter] = []
"""Those of this process."""


def flush() -> None:
    """Write what this process has counted, now."""
    for counter in counters:
        counter.flush()


@contextmanager
def collected(name: str) -> Iterator[list[Counted]]:
    """Give what all processes have written of the counter `name`, added up, in the order of keys.

    The files are deleted when the block ends without an exception; otherwise all is there the next time.
    """
    files = files_in(folder_of(name))
    yield added(counted for file in files for counted in read(file))
    for file in files:
        file.unlink(missing_ok=True)


def added(counts: Iterable[Counted]) -> list[Counted]:
    """Return `counts` with one entry a key, sorted by key."""
    sums: dict[str, Counted] = {}
    for each in counts:
        before = sums.get(each.key, Counted(key=each.key, number=0))
        sums[each.key] = Counted(key=each.key, number=before.number + each.number, note=each.note or before.note)
    return [sums[key] for key in sorted(sums)]


def storable(text: str) -> str:
    """Return the beginning of `text`, with a replacement character for what no database holds."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def folder_of(name: str) -> Path:
    """Return the folder in which the files of the counter `name` wait for the worker."""
    return Path(settings.DATA) / "counts" / name


def files_in(folder: Path) -> list[Path]:
    """Return the whole files in `folder`, the oldest first."""
    return sorted(folder.glob("*.json"))


def write(folder: Path, counts: Iterable[Counted]) -> None:
    """Write `counts` into a new file in `folder`, all or nothing; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{time.time_ns()}-{uuid4().hex}.json"
    unfinished = file.with_suffix(".unfinished")
    try:
        unfinished.write_text(json.dumps([[each.key, each.number, each.note] for each in counts]), encoding="ascii")
        unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def read(file: Path) -> list[Counted]:
    """Return what `file` holds; nothing if it has gone, or if what stands in it was not written here or not whole.

    A machine may go down before its disk has written a file.
    """
    try:
        rows = json.loads(file.read_bytes())
        return [Counted(key=str(key), number=int(number), note=str(note)) for key, number, note in rows]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, OverflowError):
        logger.warning("%s holds no counts.", file)
        return []


writer: threading.Thread | None = None
"""The thread of this process that writes."""


def start_writing() -> None:
    """Start the thread that writes, if this process has none; without one, the end of the process writes."""
    global writer
    if writer is None:
        writer = threading.Thread(target=keep_writing, name="counting", daemon=True)
        with suppress(RuntimeError):
            writer.start()


def keep_writing() -> None:
    """Write what was counted, again and again."""
    while True:
        time.sleep(SECONDS)
        try:
            flush()
        except Exception:
            logger.exception("Writing what was counted failed; it is tried again.")


def start_anew() -> None:
    """Begin as a new process: what its parent counted is its parent's, and threads are not inherited."""
    global writer
    writer = None
    for counter in counters:
        counter.start_empty()


os.register_at_fork(after_in_child=start_anew)
atexit.register(flush)
