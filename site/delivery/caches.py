"""The caches in front of the site: Wagtail's backends, each with a timeout, and with an exception for what fails.

Wagtail's own wait for ever, or for half a minute, and write into the log what failed. Ours are asked again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import get_ident
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import requests
from wagtail.contrib.frontend_cache.backends import (
    AzureCdnBackend,
    AzureFrontDoorBackend,
    CloudflareBackend,
    CloudfrontBackend,
    HTTPBackend,
)

TIMEOUT = 5.0
"""Seconds that a cache has for each step: to connect, and to answer."""
NOT_HELD = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.PRECONDITION_FAILED}
"""What caches answer that do not have what is to be purged."""


class NotPurgedError(Exception):
    """A cache would not purge what it was asked to."""


class PurgeRequests(HTTPBackend):
    """Varnish, nginx, and whatever else takes requests of the method PURGE."""

    at_once = 1

    def purge(self, url: str) -> None:
        """Send the request; raises OSError if the cache cannot be reached or refuses."""
        address = urlsplit(url)
        place = f"{self.cache_scheme}://{self.cache_netloc}{address.path}"
        request = Request(place, headers={"Host": address.netloc}, method="PURGE")  # noqa: S310  # the operator's
        try:
            with urlopen(request, timeout=TIMEOUT):  # noqa: S310  # the same
                pass
        except HTTPError as error:
            error.close()
            if error.code not in NOT_HELD:
                raise


class Cloudflare(CloudflareBackend):
    """Cloudflare."""

    def _purge_urls(self, urls: list[str]) -> None:
        answer = requests.post(
            self.cloudflare_purge_endpoint_url,
            json={"files": urls},
            headers={"Authorization": f"Bearer {self.cloudflare_token}"},
            timeout=TIMEOUT,
        )
        if not answer.ok or not answer.json()["success"]:
            raise NotPurgedError(f"Cloudflare answers {answer.status_code}: {answer.text[:200]}")


class CloudFront(CloudfrontBackend):
    """Amazon's CloudFront; needs the library boto3."""

    def __init__(self, params: dict[str, Any]) -> None:
        import boto3  # type: ignore[import-not-found]  # only who uses CloudFront installs it
        from botocore.config import Config  # type: ignore[import-not-found]  # the same

        super().__init__(params)
        self.client = boto3.client("cloudfront", config=Config(connect_timeout=TIMEOUT, read_timeout=TIMEOUT))


class _Azure:
    def _get_client_kwargs(self) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_client_kwargs()  # type: ignore[misc]  # of Wagtail's backends
        return found | {"connection_timeout": TIMEOUT, "read_timeout": TIMEOUT}


class AzureCDN(_Azure, AzureCdnBackend):
    """Azure's CDN; needs the library azure-mgmt-cdn."""


class AzureFrontDoor(_Azure, AzureFrontDoorBackend):
    """Azure's Front Door; needs the library azure-mgmt-frontdoor."""


class _Complaints(logging.Handler):
    """What Wagtail's backends write into the log, in this thread, of what they could not purge."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._thread = get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


@contextmanager
def complaining() -> Iterator[None]:
    """Raise NotPurgedError for what a backend within only writes into the log."""
    log = logging.getLogger("wagtail.frontendcache")
    complaints = _Complaints()
    log.addHandler(complaints)
    try:
        yield
    finally:
        log.removeHandler(complaints)
    if complaints.messages:
        raise NotPurgedError(complaints.messages[0])
