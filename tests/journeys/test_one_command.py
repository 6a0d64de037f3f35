"""`manage.py develop`, as `make run` starts it: from nothing to a running site, and gone on SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def fetch(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


def processes_of(folder: Path) -> list[int]:
    """Return the processes whose environment names `folder`: the server, its reloader, the worker."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"ALMANAC_DATA={folder}".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for left-over processes in /proc")
def test_site_runs_with_demo_and_accounts_and_ends_all_its_processes(tmp_path):
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    log = tmp_path / "log"
    with log.open("w") as output:
        site = subprocess.Popen(
            [sys.executable, "manage.py", "develop"],
            cwd=ROOT,
            env=kept | {"ALMANAC_DATA": str(tmp_path / "data"), "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while fetch(f"http://127.0.0.1:{port}/") != 200:
            assert site.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.5)
        for path in ("/articles/", "/articles/why-do-my-legs-cramp-at-night/", "/admin/login/", "/static/css/base.css"):
            assert fetch(f"http://127.0.0.1:{port}{path}") == 200, path
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(timeout=30)

    told = log.read_text()
    assert "Traceback" not in told
    for part in ("1/4", "2/4", "3/4", "4/4", "admin, editor, writer, reviewer, moderator", "The worker is ready."):
        assert part in told
    assert fetch(f"http://127.0.0.1:{port}/") == 0
    assert processes_of(tmp_path / "data") == []
