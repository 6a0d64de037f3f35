"""Kept pages before Django: a WSGI application around the site's own."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.core import signals
from django.core.files import locks
from django.db import Error
from django.utils.http import http_date, parse_etags

from delivery.headers import REVALIDATED, page_headers
from delivery.kept.keeping import UNKEEPABLE, index, keep, report
from delivery.kept.maker import maker
from delivery.kept.refresher import start_refresher
from delivery.kept.rendering import render
from delivery.kept.tree import ENCODINGS, PAGE, is_address, tree
from delivery.lookup import page_at
from freshness.memory import remembering

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

PARAMETERS = frozenset({"after", "letter", "page", "q", "sort", "stars", "thread", "topic"})
"""What a page may be asked for beside its address. All other parameters belong to whoever sent the link."""
OFFERED = tuple(reversed(ENCODINGS.items()))
"""The encodings and the endings of their files, the smallest first."""
LONGEST_QUERY = 2_000
PATIENCE = 5.0
"""Seconds that a request waits for another process that makes the same page; then it makes the page too."""
PATIENCE_WITH_THREADS = 10.0
"""The same for another thread of this process, which is as slow as we would be."""
STRIPES = 256
"""So many locks are there for the pages that are being made."""


_threads = [threading.Lock() for _each in range(STRIPES)]


class KeptPages:
    """Answers what is kept, and keeps what is not, before `application` hears of the request."""

    def __init__(self, application: Application, *, stands_by: bool = True) -> None:
        """`stands_by`: whether a refresher waits in this process for that of the worker to end."""
        self._application = application
        self._stands_by = stands_by
        self._host = urlsplit(settings.ALMANAC_URL).netloc.lower()
        self._headers = list(page_headers().items())
        self._headers_with_query = list((page_headers() | {"Cache-Control": REVALIDATED}).items())
        self._folder = str(tree().folder)
        self._refresher: threading.Thread | None = None

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Answer the request."""
        self._stand_by()
        path = self._address(environ)
        if path is not None:
            variant = self._kept(path, environ) or self._made(path, environ)
            if variant is not None:
                return self._answer(variant, environ, start_response)
        return self._application(environ, start_response)

    def _address(self, environ: dict[str, Any]) -> str | None:
        """Return the address of the page that is asked for, decoded; None if it cannot be answered from a file."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_HOST", "").lower() != self._host:
            return None
        if settings.SECURE_SSL_REDIRECT and not _is_secure(environ):
            return None
        try:
            path: str = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1").decode()
        except UnicodeError:
            return None
        query = environ.get("QUERY_STRING", "")
        if query and not _is_foreign(query):
            return None
        return path if is_address(path) else None

    def _kept(self, path: str, environ: dict[str, Any]) -> _Variant | None:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        for encoding, ending in OFFERED:
            if not encoding or _accepts(accepted, encoding):
                variant = _Variant.read(f"{self._folder}{path}{PAGE}{ending}", encoding)
                if variant is not None:
                    return variant
        return None

    def _made(self, path: str, environ: dict[str, Any]) -> _Variant | None:
        """Make and keep the page, unless another request does so: then wait for that one."""
        signals.request_started.send(sender=type(self), environ=environ)
        try:
            # Whoever waits asks the database for nothing: it has fewer connections than a page may have readers.
            with _turn(path):
                return self._kept(path, environ) or self._just_made(path, environ)
        except Error:
            # The database is away, and the application says so.
            return None
        except UNKEEPABLE as error:
            report(error)
            return None
        finally:
            signals.request_finished.send(sender=type(self))

    def _just_made(self, path: str, environ: dict[str, Any]) -> _Variant | None:
        with remembering():
            is_public = page_at(path) is not None
        # What other code makes is not kept any more, see `delivery.kept.maker`.
        if not is_public or index().maker() not in ("", maker()):
            return None
        # Not within what is remembered above: a page is made of the site as it is when that begins.
        fresh = render(path)
        if not fresh.may_be_kept:
            return None
        try:
            keep(fresh)
        except UNKEEPABLE as error:
            report(error)
        return self._kept(path, environ) or _Variant(fresh.body, "", 0)

    def _answer(self, variant: _Variant, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        # A CDN keeps an answer for each query, and none of them is ever purged.
        headers = list(self._headers_with_query if environ.get("QUERY_STRING") else self._headers)
        if variant.modified:
            headers += [("ETag", variant.etag), ("Last-Modified", variant.last_modified)]
        if variant.is_known(environ):
            start_response("304 Not Modified", headers)
            return []
        headers += [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(variant.data)))]
        if variant.encoding:
            headers.append(("Content-Encoding", variant.encoding))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.data]

    def _stand_by(self) -> None:
        """Have a refresher in this process, in case that no worker runs."""
        # Not earlier: a server that forks after it has loaded the application would leave the thread behind.
        if self._stands_by and self._refresher is None:
            self._refresher = start_refresher(threading.Event(), stands_by=True)


class _Variant:
    """One file of a kept page, or a page that could not be kept: that was never modified."""

    def __init__(self, data: bytes, encoding: str, modified: float) -> None:
        self.data = data
        self.encoding = encoding
        self.modified = int(modified)

    @classmethod
    def read(cls, file: str, encoding: str) -> _Variant | None:
        """Return what is in `file`, or None if there is none. By bare system calls: each reader pays for this."""
        try:
            opened = os.open(file, os.O_RDONLY)
        except OSError:
            return None
        try:
            about = os.fstat(opened)
            return cls(os.read(opened, about.st_size), encoding, about.st_mtime)
        except OSError:
            return None
        finally:
            os.close(opened)

    @property
    def etag(self) -> str:
        """The tag as nginx makes it of a file, so that both say the same of it."""
        return f'"{self.modified:x}-{len(self.data):x}"'

    @property
    def last_modified(self) -> str:
        return http_date(self.modified)

    def is_known(self, environ: dict[str, Any]) -> bool:
        """Return whether the browser has exactly this already (RFC 9110, 13.1.2 and 13.1.3)."""
        if not self.modified:
            return False
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags:
            known = parse_etags(tags)
            return "*" in known or self.etag in {tag.removeprefix("W/") for tag in known}
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return bool(since) and since == self.last_modified


def _is_secure(environ: dict[str, Any]) -> bool:
    """Return whether the request came over HTTPS, as Django finds it out."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        return bool(environ.get(name, "").split(",")[0].strip() == secure)
    return bool(environ["wsgi.url_scheme"] == "https")


def _accepts(accepted: str, encoding: str) -> bool:
    """Return whether the header `accepted` takes `encoding` (RFC 9110, 12.5.3)."""
    for part in accepted.split(","):
        name, _semicolon, weight = part.partition(";")
        if name.strip().lower() == encoding:
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _is_foreign(query: str) -> bool:
    """Return whether none of the parameters in `query` is one of ours."""
    if len(query) > LONGEST_QUERY:
        return False
    try:
        names = {name for name, _value in parse_qsl(query, keep_blank_values=True, max_num_fields=50)}
    except ValueError:
        return False
    return not names & PARAMETERS


@contextmanager
def _turn(path: str) -> Iterator[None]:
    """Wait until nobody else makes the page at `path`, but not for ever.

    The threads of this process wait for each other, so that only one of them asks for the lock of all processes. That
    lock ends with the process that holds it, so that nobody waits for the dead.
    """
    stripe = hashlib.sha256(path.encode()).digest()[0] % STRIPES
    file = tree().workshop / "turns" / f"{stripe:02x}"
    file.parent.mkdir(parents=True, exist_ok=True)
    is_ours = _threads[stripe].acquire(timeout=PATIENCE_WITH_THREADS)
    try:
        with file.open("w") as lock:
            until = time.monotonic() + PATIENCE
            while not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB) and time.monotonic() < until:
                time.sleep(0.01)
            yield
    finally:
        if is_ours:
            _threads[stripe].release()
