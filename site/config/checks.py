"""What `manage.py check` says about the project's own settings."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core import checks

from ratings.network import networks


@checks.register(checks.Tags.security)
def trusted_proxies_are_networks(**kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a trusted proxy that is no network."""
    try:
        networks(tuple(settings.TRUSTED_PROXIES))
    except ValueError as error:
        return [checks.Error(f"TRUSTED_PROXIES: {error}.", hint="Name networks, such as 10.0.0.0/8.", id="config.E001")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def proxy_is_trusted(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of a site behind a proxy that it does not know: all readers would have the proxy's address."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "The site is behind a proxy, but TRUSTED_PROXIES is empty: all readers seem to share one network.",
            hint="Set TRUSTED_PROXIES to the addresses from which the proxy connects, such as 127.0.0.1.",
            id="config.W001",
        )
    ]


@checks.register
def akismet_is_installed(**kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a key of Akismet without the library that asks it: every comment would wait."""
    if not settings.AKISMET_KEY or find_spec("akismet") is not None:
        return []
    return [
        checks.Error(
            "AKISMET_KEY is set, but the library akismet is not installed.",
            hint="pip install akismet, or leave the key empty.",
            id="config.E002",
        )
    ]
