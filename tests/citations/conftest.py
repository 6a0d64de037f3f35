"""Sources, and what cites them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from articles.models import Source


@pytest.fixture
def make_source(db) -> Callable[..., Source]:
    """Return a factory of sources."""

    def make(title: str = "Does Knuckle Cracking Lead to Arthritis?", **fields) -> Source:
        return Source.objects.create(title=title, **fields)

    return make


@pytest.fixture
def unger(make_source) -> Source:
    return make_source(
        authors="Unger D. L.",
        publication="Arthritis & Rheumatism",
        year=1998,
        tier=Source.Tier.STUDY,
        doi="10.1002/1529-0131(199805)41:5<949::aid-art36>3.0.co;2-3",
        pmid="9588755",
        accessed_on=date(2026, 11, 2),
    )


@pytest.fixture
def kettles(make_source) -> Source:
    return make_source(
        "Kettles of the World", authors="Brook A.", publication="Steam Press", tier="book", isbn="9780306406157"
    )


def cited(*sources: Source) -> str:
    """Return what a text stores to cite `sources`."""
    return "".join(f'<embed embedtype="source" id="{source.pk}"/>' for source in sources)
