"""The real server, as production runs it, and the requests that reach it there."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings

from benchmarks.programs import Running, granian, running
from benchmarks.running import ROOT
from benchmarks.settings import HOST

HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}
"""Of a request as the web server passes it on, from somebody who takes no compression."""
GZIP = {**HEADERS, "Accept-Encoding": "gzip"}
FORM = {**HEADERS, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
"""Of a form that one of our own pages sends."""


def worker() -> AbstractContextManager[Running]:
    """Run the worker, which makes kept pages again and does what waits behind the requests."""
    return running([sys.executable, "manage.py", "worker"], log=Path(settings.DATA) / "worker.log", folder=ROOT)


def app(*, workers: int = 1, **environment: str) -> AbstractContextManager[Running]:
    """Run the app alone, with more in its `environment`."""
    application = "config.wsgi:application"
    return granian(application, folder=Path(settings.DATA), workers=workers, headers=HEADERS, **environment)
