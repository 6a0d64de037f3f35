"""A real nginx with our own configuration, where there is one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.deploy.upstream import Upstream
from tests.deploy.web_server import Site, certificate, make_files, running

FINDER = Path(__file__).with_name("find-nginx.sh")


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of an nginx, or a skip that says why."""
    found = subprocess.run([str(FINDER), "--no-install"], capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        sentence = f"no nginx was found ({FINDER.name} installs one)"
        if os.environ.get("REQUIRE_NGINX"):
            pytest.fail(f"The tests of the web server are required, and {sentence}.")
        pytest.skip(sentence)
    return found


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    """A stand-in of the app, which tells what it was asked."""
    upstream = Upstream()
    upstream.start()
    yield upstream
    upstream.stop()


@pytest.fixture(scope="module")
def site(nginx: str, upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site behind nginx, with a few files and the stand-in of the app."""
    folder = tmp_path_factory.mktemp("almanac")
    # The processes of nginx may belong to another user.
    for outer in (folder, folder.parent, folder.parent.parent):
        outer.chmod(0o755)
    make_files(folder / "data")
    certificate(folder)
    # As in production, with a CDN in front.
    with (
        override_settings(CDN_SECONDS=600, SECURE_HSTS_SECONDS=31_536_000),
        running(nginx, folder, upstream.port) as site,
    ):
        yield site
