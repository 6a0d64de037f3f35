"""Fetching a picture from a server that a foreign text names: little, soon, and from the public network only."""

from __future__ import annotations

import http.client
import ssl
from http import HTTPStatus
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from articles.network import NotPublic, Resolve, asked, public_addresses

DEADLINE = 5.0
"""Seconds that one picture may take, with all redirects, to its last byte."""
PATIENCE = 30.0
"""Seconds that all pictures of one article may take together."""
PIECE = 64 * 1024
WHY = "fetches the pictures of articles that move here"


class NotFetched(Exception):
    """A picture could not be had; the message is a sentence that says why."""


class Downloads:
    """The downloads of one article: a server that was too slow once is not asked again, and patience has an end."""

    def __init__(self, resolve: Resolve | None = None) -> None:
        """`resolve` says where a host is, and raises NotPublic for what is not of the public network."""
        self._resolve = resolve or public_addresses
        self._ends = monotonic() + PATIENCE
        self._slow: set[str] = set()

    def fetch(self, address: str) -> bytes:
        """Return what stands at the web `address`; raises NotFetched."""
        host = urlsplit(address).netloc
        if host in self._slow:
            raise NotFetched(_("Its server was too slow before."))
        try:
            return self._read(address)
        except NotPublic as error:
            raise NotFetched(str(error)) from error
        except ssl.SSLError as error:
            raise NotFetched(_("The certificate of its server is not valid.")) from error
        except TimeoutError as error:
            self._slow.add(host)
            raise NotFetched(_("It took too long to answer.")) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotFetched((_("No connection: %(error)s") % {"error": error})[:200]) from error

    def _read(self, address: str) -> bytes:
        ends = min(monotonic() + DEADLINE, self._ends)
        most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        with asked(address, method="GET", why=WHY, resolve=self._resolve, ends=ends) as answer:
            if answer.status != HTTPStatus.OK:
                raise NotFetched(_("Its server answers %(status)d.") % {"status": answer.status})
            data = bytearray()
            try:
                while len(data) <= most and (piece := answer.read1(PIECE)):
                    data += piece
            except (OSError, http.client.HTTPException):
                # Whoever is hung up on looks like a connection that broke.
                if monotonic() >= ends:
                    raise TimeoutError from None
                raise
        if monotonic() >= ends:
            raise TimeoutError
        if len(data) > most:
            raise NotFetched(_("It has more than %(most)d MB.") % {"most": most // 1024 // 1024})
        return bytes(data)
