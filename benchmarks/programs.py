"""Programs that run while something is measured: servers and workers, what CPU time and memory they take."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

START_SECONDS = 30
TICK = 1 / os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """A program ended, or did not answer in time."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What a process holds, in MB (10⁶ bytes)."""

    resident: float
    proportional: float
    """The same, with what several processes share counted in parts."""


@dataclass(frozen=True)
class Running:
    """A program that runs, with the processes that it has started."""

    pid: int
    port: int = 0

    def address(self, path: str = "/") -> str:
        """Return the address of `path` on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def processes(self) -> list[int]:
        """Return the program's own process and all below it, parents first."""
        found = [self.pid]
        for parent in found:
            children = Path(f"/proc/{parent}/task").glob("*/children")
            found += [int(child) for file in children for child in file.read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """Return the CPU time that all its processes have taken so far."""
        return sum(map(_cpu_seconds, self.processes()))

    def memory(self) -> list[Memory]:
        """Return what each of its processes holds, parents first."""
        return [_memory(pid) for pid in self.processes()]


def _cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * TICK


def _memory(pid: int) -> Memory:
    kilobytes = dict(re.findall(r"^(\w+): +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE))
    return Memory(resident=int(kilobytes["Rss"]) * 1.024e-3, proportional=int(kilobytes["Pss"]) * 1.024e-3)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    command: Iterable[str],
    *,
    log: Path,
    port: int = 0,
    environment: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[Running]:
    """Run `command` until the block ends; with a `port`, from when it answers there. Raises DidNotStart."""
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 (our own words)
            list(command), stdout=output, stderr=output, env={**os.environ, **(environment or {})}, cwd=folder
        )
    try:
        if port:
            _wait_for(port, process, headers or {}, log)
        yield Running(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], headers: Mapping[str, str], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            connection.request("GET", "/", headers=dict(headers))
            if connection.getresponse().status < 500:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise DidNotStart(f"{process.args!r} did not start:\n{log.read_text()[-2000:]}")


def granian(
    application: str, *, folder: Path, workers: int = 1, headers: Mapping[str, str], **environment: str
) -> AbstractContextManager[Running]:
    """Run a WSGI `application` as docs/operators.md does: one blocking thread in each of the workers."""
    program, port = str(Path(sys.executable).with_name("granian")), free_port()
    command = [program, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "1", application]
    log = folder / f"granian-{port}.log"
    return running(command, log=log, port=port, environment=environment, headers=headers)
