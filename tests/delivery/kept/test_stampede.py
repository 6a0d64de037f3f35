"""Five hundred readers at once on a page that is not kept."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import RequestFactory

from delivery.kept import serving
from delivery.kept.serving import KeptPages
from tests.delivery.kept.processes import ended, start

pytestmark = pytest.mark.race

CLIENTS = 500
PROCESSES = int(os.environ.get("RACE_PROCESSES", "4"))


def test_page_is_made_once_and_everybody_gets_it(kept_pages, world, monkeypatch):
    def make() -> str:
        with (kept_pages / "made").open("a") as made:
            made.write("x")
        # So long that all the others come meanwhile.
        time.sleep(0.2)
        return "home"

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise AssertionError("The application was asked for a page that somebody else makes.")

    world.put("/", "", "page:1")
    world.says["/"] = make
    # A slow machine is not what is looked at here.
    monkeypatch.setattr(serving, "PATIENCE", 60)
    monkeypatch.setattr(serving, "PATIENCE_WITH_THREADS", 60)
    front = KeptPages(application, stands_by=False)

    def ask(client: int) -> tuple[str, bytes]:
        told: list[str] = []
        environ = RequestFactory(HTTP_HOST="testserver").get(f"/?utm_source={client}").environ
        body = b"".join(front(environ, lambda status, headers: told.append(status)))
        connections.close_all()
        return told[0], body

    def ask_often() -> None:
        clients = CLIENTS // PROCESSES
        with ThreadPoolExecutor(clients) as threads:
            assert set(threads.map(ask, range(clients))) == {("200 OK", b"home")}

    processes = [start(ask_often) for _each in range(PROCESSES)]

    assert [ended(process) for process in processes] == [0] * PROCESSES
    assert (kept_pages / "made").read_text() == "x"
