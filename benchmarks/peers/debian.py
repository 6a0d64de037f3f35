"""Peers from Debian: installed with apt, which never starts a service here, and run in folders of our own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import tell

PACKAGES = (
    "mariadb-server",
    "nginx-light",
    "php8.2-fpm",
    "php8.2-mysql",
    "wordpress",
    "wordpress-theme-twentytwentyone",
    "wrk",
)
POLICY = Path("/usr/sbin/policy-rc.d")
"""Asked by every package that wants to start its service; 101 forbids it."""


def install() -> None:
    """Install what is missing. Raises CalledProcessError if apt cannot."""
    missing = [package for package in PACKAGES if not _is_installed(package)]
    if not missing:
        return
    tell(f"Installing {', '.join(missing)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with _no_service_starts():
        subprocess.run(["apt-get", "update", "-qq"], check=True)  # noqa: S607 (apt is where it is)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 (our own words)


def _is_installed(package: str) -> bool:
    asked = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout == "installed"  # noqa: S603


@contextmanager
def _no_service_starts() -> Iterator[None]:
    """Forbid services to start within, unless the machine has a rule of its own."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
