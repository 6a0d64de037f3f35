"""Load by wrk: a client in C, which takes little from the servers that run on the same cores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".lua")
CONNECTIONS = 8


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a few seconds of load came to."""

    requests: int
    seconds: float
    median: float
    """Milliseconds until an answer."""
    p99: float
    failed: int
    """Answers with an error, and connections that broke."""

    @property
    def rate(self) -> float:
        """Return how many requests were answered a second."""
        return self.requests / self.seconds


def reason_against() -> str | None:
    """Return why there can be no load here, or None."""
    return None if shutil.which("wrk") else "wrk is not installed"


def wrk(
    address: str,
    *,
    seconds: int,
    headers: Mapping[str, str],
    connections: int = CONNECTIONS,
    forms: Path | None = None,
) -> Load:
    """Ask for `address` over so many connections for whole `seconds`, or send the `forms` there (see wrk.lua)."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(SCRIPT)]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    environment = {**os.environ, **({"FORMS": str(forms)} if forms else {})}
    done = subprocess.run([*command, address], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return Load(**json.loads(done.stdout.strip().splitlines()[-1]))
