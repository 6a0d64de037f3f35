"""What the numbers depend on: this machine."""

from __future__ import annotations

import os
import platform
import statistics
import time
from pathlib import Path

FLUSHES = 50


def facts(folder: Path) -> dict[str, str | float]:
    """Return what runs here, and the median time in milliseconds that a flush to the disk of `folder` takes."""
    return {
        "cores": os.cpu_count() or 0,
        "load before": round(os.getloadavg()[0], 2),
        "fsync ms": round(flush_milliseconds(folder), 3),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


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
