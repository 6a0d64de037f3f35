"""The real server under load: comments and votes over eight connections."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticlePage
from benchmarks.almanac.content import fill_with_comments, make_articles
from benchmarks.almanac.votes import is_wrong
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.settings import HOST
from ratings.models import Comment, Rating
from ratings.stamp import new_stamp

CONNECTIONS = 8
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/x-www-form-urlencoded",
}
START_SECONDS = 30

Form = tuple[str, str]
"""An address, and the body of the form that is sent there."""


def load(requests: int, articles: int) -> Iterator[Figure]:
    """Yield how many comments and votes a second the server stores over `CONNECTIONS`, each by a new reader."""
    under = make_articles("Under load", articles)
    fill_with_comments(under[0], 100)
    with server() as port:
        for name, model, forms in (
            ("comments", Comment, [_comment(under[0], number) for number in range(requests)]),
            ("votes", Rating, [_vote(under[number % articles], number) for number in range(requests)]),
        ):
            tell(f"Sending {requests:,} {name} over {CONNECTIONS} connections")
            before = model.objects.count()
            began = time.perf_counter()
            seconds = _send_all(port, forms)
            passed = time.perf_counter() - began
            if (stored := model.objects.count() - before) != requests:
                raise SystemExit(f"Of {requests} {name} {stored} were stored.")
            yield Figure(of=ALMANAC, name=f"{name} through the server", value=requests / passed, unit="/s")
            percentile = statistics.quantiles(seconds, n=100)[98]
            yield Figure(of=ALMANAC, name=f"{name} through the server, p99", value=percentile * 1000, unit="ms")
    wrong = sum(map(is_wrong, under))
    yield Figure(of=ALMANAC, name="votes through the server: wrong aggregates", value=100 * wrong / articles, unit="%")


def _comment(article: ArticlePage, number: int) -> Form:
    # A minute ago, as if the reader had taken so long to write.
    stamp = new_stamp(article.pk, timezone.now() - timedelta(minutes=1))
    text = f"The kettle of house number {number} sings, and nobody knows why."
    body = {"name": f"Ruth {number}", "email": f"ruth{number}@example.org", "text": text, "stamp": stamp}
    return reverse("ratings:comment", args=[article.pk]), urlencode(body)


def _vote(article: ArticlePage, number: int) -> Form:
    return reverse("ratings:rate", args=[article.pk]), urlencode({"stars": number % 5 + 1})


def _send_all(port: int, forms: list[Form]) -> list[float]:
    """Send the forms over `CONNECTIONS` connections that stay open; return the seconds that each took."""

    def send(mine: list[Form]) -> list[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        seconds = []
        for address, body in mine:
            began = time.perf_counter()
            connection.request("POST", address, body, HEADERS)
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - began)
            if answer.status != 303:
                raise SystemExit(f"{address} answered {answer.status}.")
        return seconds

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = pool.map(send, [forms[number::CONNECTIONS] for number in range(CONNECTIONS)])
        return list(chain.from_iterable(parts))


@contextmanager
def server(**environment: str) -> Iterator[int]:
    """Start the server as docs/production.md does, with more in its `environment`, and yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("granian"))
    command = [program, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"]
    log = Path(settings.DATA) / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | environment)  # noqa: S603 (our own words)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            connection.request("GET", "/", headers=HEADERS)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")
