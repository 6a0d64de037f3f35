"""Which sources a rich text cites."""

from __future__ import annotations

from prose.sanitize import CITATION


def cited_in(source: str) -> list[int]:
    """Return the keys of the sources that the clean rich text `source` cites, in its order, each as often as cited."""
    return [int(citation["key"]) for citation in CITATION.finditer(source)]
