"""Reading what a page tells machines, as they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def soup_of(address: str, **query: str) -> BeautifulSoup:
    answer = Client().get(address, query)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def nodes_of(address: str, **query: str) -> dict[str, dict[str, Any]]:
    """Return the nodes of the one graph of a page, by kind: the last of each."""
    found = soup_of(address, **query).select('script[type="application/ld+json"]')
    assert len(found) == 1, address
    return {node["@type"]: node for node in json.loads(found[0].string)["@graph"]}


def meta_of(address: str, **query: str) -> dict[str, str]:
    """Return what the head of a page says, by property or name."""
    return {
        tag.get("property") or tag.get("name"): tag["content"]
        for tag in soup_of(address, **query).select("meta[content]")
    }


def terms_in(value: Any) -> Iterator[str]:
    """Yield every kind and every property that `value` (JSON-LD) uses."""
    if isinstance(value, list):
        for each in value:
            yield from terms_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "@type":
                yield each
            elif not name.startswith("@"):
                yield name
            yield from terms_in(each)
