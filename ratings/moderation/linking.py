"""The links in a text, and the domains that they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINK = re.compile(r"(?:https?://|www\.)(?P<host>[^\s\\/?#<>()\[\]\"']{1,253})[^\s<>\[\]\"']*", re.IGNORECASE)
LONGEST = 253
"""So many characters has a domain at most (RFC 1035, section 2.3.4)."""

AFTER_A_LINK = ".,;:!?)"
"""What ends a sentence or a bracket, and no address."""


@dataclass(frozen=True)
class Link:
    """An address in a text: the domain in small letters without `www.`, and the first and last place (exclusive)."""

    domain: str
    span: tuple[int, int]


def links_in(text: str) -> list[Link]:
    """Return what `text` links to, in its order: all that says http://, https:// or www. before a domain."""
    links = []
    for match in LINK.finditer(text):
        # Before an @ stands a user's name, such as that of a domain which the reader shall take it for.
        host = match["host"].rpartition("@")[2].partition(":")[0].rstrip(AFTER_A_LINK)
        # Small letters can be more: those of İ are two.
        host = host.lower()[:LONGEST]
        if "." in host:
            end = match.start() + len(match.group().rstrip(AFTER_A_LINK))
            links.append(Link(domain=host.removeprefix("www."), span=(match.start(), end)))
    return links


def domains_in(text: str) -> list[str]:
    """Return the domains that `text` links to, each once, in small letters and without `www.`."""
    return list(dict.fromkeys(link.domain for link in links_in(text)))
