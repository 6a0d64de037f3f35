"""Which network a request comes from, without ever keeping its address.

Stored is a digest with a random key that lasts 30 days. As long as the key is there, the digest is a pseudonym: who has
the database could try out all addresses. When it is deleted, nobody can, the operator included.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from ratings.models import NetworkKey

PERIOD = timedelta(days=30)
DIGITS = 32
"""How many hexadecimal digits of a digest are kept: 128 bits."""
UNIX = "unix"
"""What stands in `settings.TRUSTED_PROXIES` for a proxy on a Unix socket, which has no address."""
IPV6_PREFIX = 64
"""What one customer has at least (RFC 6177): whoever changes the address within it is still the same network."""


def client_address(request: HttpRequest) -> str:
    """Return the address that `request` comes from, or "" if the server does not say.

    That is the peer's, unless the peer is one of `settings.TRUSTED_PROXIES`: then it is the right-most one in
    `X-Forwarded-For` that is no trusted proxy itself, since all to the left of it was written by the client. No other
    header is looked at. A peer without an address is on a Unix socket, and trusted if the setting names `unix`. What
    cannot be read ends the search at the last proxy. Raises ValueError for nothing that a client sends, only for a
    setting that is no network, which the system checks report.
    """
    address = _read(request.META.get("REMOTE_ADDR") or "")
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        before = _read(hop)
        if before is None or not _is_trusted(address):
            break
        address = before
    return "" if address is None else str(address)


@lru_cache
def networks(names: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks that `names` stand for (10.0.0.0/8, 127.0.0.1, 2001:db8::/32); `unix` stands for none.

    Raises ValueError if another one is none.
    """
    return tuple(ip_network(name.strip(), strict=False) for name in names if name.strip() != UNIX)


def network_of(address: str) -> str:
    """Return the network that counts as one: an IPv4 address as it is, IPv6 by its /64, "" if it cannot be read."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, IPV6_PREFIX), strict=False))
    return "" if found is None else str(found)


def digest_of(address: str, *, now: datetime) -> str:
    """Return 32 hexadecimal digits that stand for the network of `address` in the period of `now`, "" for no network.

    HMAC-SHA256 with the period's key, which is made if need be: only a POST may ask. Ask before the transaction of an
    action, so that the first vote of a period makes no other one wait.
    """
    network = network_of(address)
    if not network:
        return ""
    kept, _ = NetworkKey.objects.get_or_create(period=_period(now), defaults={"key": secrets.token_hex(32)})
    return hmac.digest(bytes.fromhex(kept.key), network.encode(), "sha256").hex()[:DIGITS]


def forget_old_keys(*, now: datetime) -> int:
    """Delete the keys of all periods before the previous one, and return how many they were."""
    deleted, _ = NetworkKey.objects.filter(period__lt=_period(now) - 1).delete()
    return deleted


def _is_trusted(address: IPv4Address | IPv6Address | None) -> bool:
    """Return whether what connects from `address` (None: from no address) is a proxy of ours."""
    if address is None:
        return UNIX in map(str.strip, settings.TRUSTED_PROXIES)
    return any(address in proxy for proxy in networks(tuple(settings.TRUSTED_PROXIES)))


def _period(now: datetime) -> int:
    return int(now.timestamp() // PERIOD.total_seconds())


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address in `text` without its port and zone, or None if there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
