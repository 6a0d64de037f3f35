"""Looking whether a web address answers, without ever being led into a network that is not public."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

TIMEOUT = 5.0
"""Seconds that one step (connecting, an answer) may take."""
DEADLINE = 15.0
"""Seconds that a whole look may take, with all redirects: then a server is hung up on, also one that sends a byte now
and then."""
MOST_REDIRECTS = 3
UNCLEAR = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
           HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}  # fmt: skip
"""Answers to programs, which tell nothing of what a reader would get."""
EMBEDDING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses of IPv6 that lead to one of IPv4, which may be a private one."""

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found at an address."""

    is_alive: bool | None
    """None if nobody can tell: it answers, but not to programs."""
    problem: str = ""


class NotPublic(OSError):
    """A host name leads into a network that is not public."""


def look(address: str, *, resolve: Resolve | None = None) -> Look:
    """Return whether a reader would find something at `address`. Takes `DEADLINE` seconds at most; never raises.

    Only looking up a name may take longer, since nothing can interrupt that.

    Every hop is connected to at an address that `resolve` has given for its host, and at no other, so that a name
    cannot lead elsewhere between the check and the connection. No content is ever read.
    """
    ends = monotonic() + DEADLINE
    try:
        status = _status(address, "HEAD", resolve or public_addresses, ends)
        if status >= HTTPStatus.BAD_REQUEST:
            status = _status(address, "GET", resolve or public_addresses, ends)
    except NotPublic as error:
        return Look(is_alive=False, problem=str(error)[:200])
    except ssl.SSLError:
        return Look(is_alive=False, problem=_("Its certificate is not valid."))
    except TimeoutError:
        return Look(is_alive=False, problem=_("It took too long to answer."))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Look(is_alive=False, problem=(_("No connection: %(error)s") % {"error": error})[:200])
    if status in UNCLEAR:
        return Look(is_alive=None, problem=_("It answers %(status)d to programs.") % {"status": status})
    if status >= HTTPStatus.BAD_REQUEST:
        return Look(is_alive=False, problem=_("It answers %(status)d.") % {"status": status})
    return Look(is_alive=True)


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


def _status(address: str, method: str, resolve: Resolve, ends: float) -> int:
    """Return the status with which the last of the redirects answers; raises OSError and others as `look` knows."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location = _ask(address, method, resolve, ends)
        if status not in range(300, 400) or not location:
            return status
        address = urljoin(address, location)
    raise http.client.HTTPException(_("It leads from one address to the next without end."))


def _ask(address: str, method: str, resolve: Resolve, ends: float) -> tuple[int, str]:
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
        connection.request(method, path, headers={"User-Agent": _name(), "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        hang_up.cancel()
        connection.close()


def _name() -> str:
    """Return who asks, and where to complain."""
    return f"Almanac (+{settings.ALMANAC_URL}; looks whether the sources of its articles are there)"


class _Pinned(http.client.HTTPConnection):
    """A connection to `host` at one IP address, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, *, at: str, is_secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if is_secure else 80
        self._at = at
        self._is_secure = is_secure

    def connect(self) -> None:
        """Connect to the address, and have the certificate say the name."""
        self.sock = socket.create_connection((self._at, self.port), self.timeout)
        if self._is_secure:
            secure = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            # Known before the handshake, so that this can be hung up on too.
            self.sock = secure
            secure.do_handshake()

    def hang_up(self) -> None:
        """End it from another thread, whatever it waits for."""
        if self.sock is not None:
            # The other side may have been faster.
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
