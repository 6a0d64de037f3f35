"""Asking servers that strangers name, without ever being led into a network that is not public."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

TIMEOUT = 5.0
"""Seconds that one step (connecting, an answer) may take."""
MOST_REDIRECTS = 3
EMBEDDING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses of IPv6 that lead to one of IPv4, which may be a private one."""

Resolve = Callable[[str, int], list[str]]


class NotPublic(OSError):
    """A host name leads into a network that is not public."""


def public_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of `host`; raises NotPublic if any of them is not of the public network, else OSError."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise NotPublic(_("“%(host)s” leads to a private address.") % {"host": host[:100]})
    return found


def is_public(address: str) -> bool:
    """Return whether the IP `address` belongs to a machine on the public network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    embeds = any(found in network for network in EMBEDDING if network.version == found.version)
    return found.is_global and not found.is_multicast and not embeds


@contextmanager
def asked(address: str, *, method: str, why: str, resolve: Resolve, ends: float) -> Iterator[http.client.HTTPResponse]:
    """Ask for `address`, follow its redirects, and give the last answer, whose body is not read yet.

    Every hop is connected to at an address that `resolve` has given for its host, and at no other, so that a name
    cannot lead elsewhere between the check and the connection. At the moment `ends` (of `time.monotonic`) the server is
    hung up on, also one that sends a byte now and then: what is read by then is cut off. Only looking up a name may
    take longer, since nothing can interrupt that. `why` tells the server what this is for.

    Raises OSError (NotPublic, TimeoutError and ssl.SSLError among them), http.client.HTTPException and ValueError.
    """
    for _hop in range(MOST_REDIRECTS + 1):
        with _answer(address, method, why, resolve, ends) as answer:
            location = answer.getheader("Location") or ""
            if answer.status not in range(300, 400) or not location:
                yield answer
                return
            address = urljoin(address, location)
    raise http.client.HTTPException(_("It leads from one address to the next without end."))


@contextmanager
def _answer(address: str, method: str, why: str, resolve: Resolve, ends: float) -> Iterator[http.client.HTTPResponse]:
    parts = urlsplit(iri_to_uri(address))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(_("it leads to what is no web address"))
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    at = resolve(host, port)[0]
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _Pinned(host, port, at=at, is_secure=parts.scheme == "https", timeout=min(TIMEOUT, left))
    hang_up = Timer(left, connection.hang_up)
    hang_up.start()
    try:
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        # Who asks, and where to complain.
        agent = f"Almanac (+{settings.ALMANAC_URL}; {why})"
        connection.request(method, path, headers={"User-Agent": agent, "Accept": "*/*"})
        yield connection.getresponse()
    finally:
        hang_up.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to `host` at one IP address, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, *, at: str, is_secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if is_secure else 80
        self._at = at
        self._is_secure = is_secure

    def connect(self) -> None:
        """Connect to the address, and have the certificate say the name."""
        self.sock = self._held = socket.create_connection((self._at, self.port), self.timeout)
        if self._is_secure:
            secure = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            # Known before the handshake, so that this can be hung up on too.
            self.sock = self._held = secure
            secure.do_handshake()

    def hang_up(self) -> None:
        """End it from another thread, whatever it waits for."""
        # `sock` is forgotten once an answer has begun that ends with the connection; the answer goes on reading it.
        held = getattr(self, "_held", None)
        if held is not None:
            # The other side may have been faster.
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
