"""The domains that a text links to."""

from __future__ import annotations

import re

LINK = re.compile(r"(?:https?://|www\.)([^\s/?#<>()\[\]\"']{1,253})", re.IGNORECASE)


def domains_in(text: str) -> list[str]:
    """Return the domains that `text` links to, each once, in small letters and without `www.`."""
    hosts = (host.rpartition("@")[2].partition(":")[0].rstrip(".,;:!?").lower() for host in LINK.findall(text))
    return list(dict.fromkeys(host.removeprefix("www.") for host in hosts if "." in host))
