"""What the numbers of writers depend on: the disk."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

FLUSHES = 50


def flush_milliseconds(folder: Path) -> float:
    """Return the median time in milliseconds of writing 4 kB and flushing them to the disk."""
    path = folder / "flush"
    times = []
    with path.open("wb", buffering=0) as file:
        for _ in range(FLUSHES):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    return statistics.median(times) * 1000
