"""Running a measuring program, and reading the figures that it prints."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from benchmarks.figures import Figure, read_line

ROOT = Path(__file__).resolve().parents[1]


class NotMeasured(Exception):
    """A measuring program failed; what it said stands on the console."""


def figures_of(python: Path, module: str, *arguments: str, environment: Mapping[str, str]) -> Iterator[Figure]:
    """Run `module` with `python` and yield its figures as they come. Raises NotMeasured if it fails."""
    command = [str(python), "-m", module, *arguments]
    process = subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None  # noqa: S101 (a pipe was asked for)
    try:
        yield from map(read_line, process.stdout)
        if process.wait():
            raise NotMeasured(f"{module} {' '.join(arguments)} ended with code {process.returncode}.")
    finally:
        # Ctrl+C reaches us alone; what the program has started (voters, a server) ends with it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        process.stdout.close()
