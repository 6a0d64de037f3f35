"""Pages that are not kept: what it costs to make them. CPU time of this process, in which Django's own handler runs."""

from __future__ import annotations

import gzip
import re
import shutil
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone

from articles.models import ArticlePage
from benchmarks.almanac.content import make_full_article, make_readers
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import DROPPED, FIRST, HTML, QUERIES, SCRIPTS, STYLES, UNDISCUSSED, first_page
from benchmarks.settings import HOST
from freshness.parts import used_parts
from ratings import actions

BLOCKS = 40
ROUNDS = 25
LINK = re.compile(r'<link [^>]*rel="stylesheet"[^>]*>')
SCRIPT = re.compile(r"<script [^>]*src=[^>]*>")
ADDRESS = re.compile(r'(?:href|src)="/static/([^"]+)"')


def cold(comments: int) -> Iterator[Figure]:
    """Yield the cost of an article's page after a vote, and right after publishing, with none and `comments`."""
    tell(f"Articles with {BLOCKS} blocks, one of them with {comments:,} comments")
    quiet = make_full_article("Quiet", blocks=BLOCKS)
    discussed = make_full_article("Discussed", blocks=BLOCKS, comments=comments)
    readers = make_readers(ROUNDS + 3)
    get = _reading()

    def vote(number: int) -> None:
        actions.rate(article=quiet, reader=readers[number], stars=number % 5 + 1, now=timezone.now())

    # What comes before each reading: an article that was just published is made whole, another keeps its body.
    doings: dict[str, tuple[ArticlePage, Callable[[int], None]]] = {
        FIRST: (quiet, lambda _number: _publish(quiet)),
        DROPPED: (quiet, vote),
        first_page(comments): (discussed, lambda _number: _publish(discussed)),
    }
    milliseconds: dict[str, list[float]] = {name: [] for name in doings}
    queries: dict[str, list[float]] = {name: [] for name in doings}
    for number in range(-2, ROUNDS):
        for name, (article, before) in doings.items():
            before(number + 2)
            cost, asked = get(article.url)
            # The first rounds load what every later request finds.
            if number >= 0:
                milliseconds[name].append(cost)
                queries[name].append(asked)
    for name in doings:
        yield Figure.median(ALMANAC, name, milliseconds[name], "ms CPU")
        yield Figure(of=ALMANAC, name=name + QUERIES, value=max(queries[name]), unit="queries")
    yield Figure.median(UNDISCUSSED, first_page(comments), milliseconds[FIRST], "ms CPU")


def weight(comments: int) -> Iterator[Figure]:
    """Yield what a reader of an article with every kind of block and so many `comments` fetches, compressed."""
    article = make_full_article("Weighed", comments=comments)
    html = _read(get_wsgi_application(), article.url)
    page = html.decode()
    yield Figure(of=ALMANAC, name=HTML, value=_compressed(html), unit="kB")
    for name, tags in ((STYLES, LINK), (SCRIPTS, SCRIPT)):
        addresses = [found[1] for tag in tags.findall(page) if (found := ADDRESS.search(tag))]
        files = [Path(str(finders.find(address))).read_bytes() for address in addresses]
        if not files:
            raise SystemExit(f"The page loads nothing that is {name}.")
        yield Figure(of=ALMANAC, name=name, value=sum(map(_compressed, files)), unit="kB")


def _publish(article: ArticlePage) -> None:
    """Publish a new revision, of which nothing is kept yet."""
    ArticlePage.objects.get(pk=article.pk).save_revision().publish()
    shutil.rmtree(Path(settings.DATA) / "kept" / "parts", ignore_errors=True)


def _reading() -> Callable[[str], tuple[float, int]]:
    """Return what reads an address and says how many milliseconds of CPU and how many queries that took."""
    application = get_wsgi_application()

    def get(address: str) -> tuple[float, int]:
        asked = 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*arguments)

        # As where a page is made to be kept: a request of a reader's own keeps no part of it.
        with connection.execute_wrapper(count), used_parts():
            began = time.process_time()
            _read(application, address)
            cost = time.process_time() - began
        return 1000 * cost, asked

    return get


def _read(application: Callable[..., Any], address: str) -> bytes:
    """Return the page at `address`, uncompressed. Raises SystemExit if there is none."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": HOST,
        "HTTP_X_FORWARDED_PROTO": "https",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    told = []
    answer = application(environ, lambda status, _headers: told.append(status))
    body = b"".join(answer)
    # The connection stays: nothing is closed that the next request would open again.
    if told != ["200 OK"]:
        raise SystemExit(f"{address} answered {told}.")
    return body


def _compressed(data: bytes) -> float:
    return len(gzip.compress(data, 9)) / 1000
