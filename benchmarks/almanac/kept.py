"""Kept pages: through nginx, and from the app alone, beside what the same servers reach without us."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management import call_command

from benchmarks import web_server
from benchmarks.almanac.content import make_full_article
from benchmarks.almanac.server import GZIP, HEADERS, app
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import (
    APP,
    APP_UNCOMPRESSED,
    BARE,
    CPU,
    NGINX_FILE,
    NGINX_HEADERS,
    NGINX_UNCOMPRESSED,
    TRIVIAL,
    WEB_SERVER,
)
from benchmarks.programs import Running, free_port, granian
from benchmarks.wrk import reason_against, wrk

ROUNDS = 11
SECONDS = 1


@dataclass(frozen=True)
class Asked:
    """Whom we ask, and for what."""

    address: str
    headers: tuple[tuple[str, str], ...]
    server: Running | None = None
    """The program that answers, if it is one of those that were started here."""

    @staticmethod
    def of(server: Running, path: str, headers: dict[str, str]) -> Asked:
        """Return the question for `path` to one of our servers."""
        return Asked(server.address(path), tuple(headers.items()), server)


def kept() -> Iterator[Figure]:
    """Yield how many requests a second are answered with the kept page of an article, beside the yardsticks.

    And beside what BESIDE names: addresses by who answers there, by the name of the figure, as JSON.
    """
    if reason := reason_against():
        return tell(f"Not measured: {reason}.")
    folder, address = Path(settings.DATA), make_full_article("Kept", comments=50).url
    with ExitStack() as stack:
        ours = stack.enter_context(app())
        files = _plain_files(folder / "plain", _kept_page(ours.address(address)))
        trivial = stack.enter_context(
            granian("benchmarks.yardsticks.trivial:application", folder=folder, headers=HEADERS)
        )
        bare = stack.enter_context(
            granian(
                "benchmarks.yardsticks.bare:application",
                folder=folder,
                headers=HEADERS,
                KEPT_BYTES=str(files / "index.html.gz"),
            )
        )
        programs = {
            (APP, ALMANAC): Asked.of(ours, address, GZIP),
            (APP, BARE): Asked.of(bare, "/", GZIP),
            (APP_UNCOMPRESSED, ALMANAC): Asked.of(ours, address, HEADERS),
            (APP_UNCOMPRESSED, TRIVIAL): Asked.of(trivial, "/", HEADERS),
        }
        if reason := web_server.reason_against():
            tell(f"Not measured through a web server: {reason}.")
        else:
            port = free_port()
            plain = web_server.plain_file(files, port, folder / "plain.log")
            nginx = stack.enter_context(web_server.nginx(plain, folder=folder, port=port, headers=HEADERS))
            for name in (APP, WEB_SERVER):
                programs[name, NGINX_FILE] = Asked.of(nginx, "/index.html", GZIP)
            programs[APP_UNCOMPRESSED, NGINX_UNCOMPRESSED] = Asked.of(nginx, "/index.html", HEADERS)
            headers = folder / "headers.conf"
            with headers.open("w") as file:
                call_command("nginx_headers", stdout=file)
            port = free_port()
            plain = web_server.plain_file(files, port, folder / "plain-headers.log", headers)
            nginx = stack.enter_context(web_server.nginx(plain, folder=folder, port=port, headers=HEADERS))
            programs[WEB_SERVER, NGINX_HEADERS] = Asked.of(nginx, "/index.html", GZIP)
            port = free_port()
            deployed = web_server.deployed(data=folder, port=port, app=ours.port, headers=headers)
            through = stack.enter_context(web_server.nginx(deployed, folder=folder, port=port, headers=HEADERS))
            programs[WEB_SERVER, ALMANAC] = Asked.of(through, address, GZIP)
        for name, addresses in json.loads(os.environ.get("BESIDE", "{}")).items():
            programs |= {(name, of): Asked(other, tuple(GZIP.items())) for of, other in addresses.items()}
        yield from _measured(programs)


def _measured(programs: dict[tuple[str, str], Asked]) -> Iterator[Figure]:
    """Yield the requests a second of each program, taken in turns, and what one costs."""
    different = list(dict.fromkeys(programs.values()))
    tell(f"{len(different)} addresses in turns, {ROUNDS} rounds of {SECONDS} s over 8 connections each")
    rates: dict[Asked, list[float]] = {asked: [] for asked in different}
    costs: dict[Asked, list[float]] = {asked: [] for asked in different if asked.server}
    for number in range(ROUNDS + 1):
        # Back and forth, so that nobody is always measured behind the same one.
        for asked in different if number % 2 else reversed(different):
            began = asked.server.cpu_seconds() if asked.server else 0
            load = wrk(asked.address, seconds=SECONDS, headers=dict(asked.headers))
            if load.failed or not load.requests:
                raise SystemExit(f"{load.failed} of {load.requests} requests to {asked.address} failed.")
            # The first round loads what every later one finds.
            if number:
                rates[asked].append(load.rate)
                if asked.server:
                    costs[asked].append(1e6 * (asked.server.cpu_seconds() - began) / load.requests)
    for (name, of), asked in programs.items():
        yield Figure.median(of, name, rates[asked], "req/s")
        if asked.server:
            yield Figure.median(of, name + CPU, costs[asked], "µs CPU")


def _kept_page(address: str) -> bytes:
    """Return the page at `address`, uncompressed, once it is kept: then it has a tag."""
    for _attempt in range(50):
        with urlopen(Request(address, headers=HEADERS)) as answer:  # noqa: S310 (our own server)
            body = bytes(answer.read())
            if answer.headers.get("ETag"):
                return body
        time.sleep(0.1)
    raise SystemExit(f"{address} is not kept.")


def _plain_files(folder: Path, page: bytes) -> Path:
    """Make `folder` with the page as a file, plain and compressed, and return it."""
    folder.mkdir()
    (folder / "index.html").write_bytes(page)
    (folder / "index.html.gz").write_bytes(gzip.compress(page, 6, mtime=0))
    return folder
