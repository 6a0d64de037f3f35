"""JSON-LD: the nodes of a page's graph, and how they get into HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

Node = dict[str, Any]
"""A node of schema.org: "@type", mostly "@id" (an absolute address), and properties. Empty properties are left out."""

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What could end a script element, or the line of one, written so that JSON reads the same."""


def node(kind: str | list[str], **properties: Any) -> Node:
    """Return a node of `kind` without the properties that are empty. A property `id` becomes "@id"."""
    found: Node = {"@type": kind}
    if identifier := properties.pop("id", ""):
        found["@id"] = identifier
    return found | {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def reference(identifier: str) -> Node:
    """Return a reference to the node called `identifier`."""
    return {"@id": identifier}


def absolute(address: str) -> str:
    """Return `address`, which may be a path on this site ("/media/kettle.webp"), as an absolute address."""
    return urljoin(f"{settings.ALMANAC_URL}/", address)


def organization_id() -> str:
    """Return the "@id" of whoever publishes this site."""
    return absolute("/#organization")


def website_id() -> str:
    """Return the "@id" of this site."""
    return absolute("/#website")


def graph(nodes: Iterable[Node]) -> Node:
    """Return one document of `nodes`, each once by its "@id": the first one with a name stays."""
    kept: list[Node] = []
    names: set[str] = set()
    for each in nodes:
        name = each.get("@id", "")
        if not name or name not in names:
            kept.append(each)
            names.add(name)
    return {"@context": "https://schema.org", "@graph": kept}


def script(document: Node) -> SafeString:
    """Return `document` as a script element of data, which no browser runs."""
    return mark_safe(f'<script type="application/ld+json">{written(document)}</script>')


def written(document: Node) -> str:
    """Return `document` as JSON that may stand in a script element."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
