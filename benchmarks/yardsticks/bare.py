"""A bare WSGI function that returns kept bytes: the file that KEPT_BYTES names, read once, compressed if it ends so."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FILE = Path(os.environ["KEPT_BYTES"])
BODY = FILE.read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
if FILE.suffix == ".gz":
    HEADERS.append(("Content-Encoding", "gzip"))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with the same bytes."""
    start_response("200 OK", HEADERS)
    return [BODY]
