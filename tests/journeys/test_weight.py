"""What a reader on a telephone has to fetch: sizes after compression, in bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

from tests.journeys.test_reading_costs_nothing import answer

pytestmark = pytest.mark.django_db


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def linked(html: bytes, selector: str, attribute: str) -> list[str]:
    """Return the static paths of what `html` loads."""
    found = [str(element[attribute]) for element in BeautifulSoup(html, "html.parser").select(selector)]
    return [address.removeprefix("/static/") for address in found]


def test_article_with_every_kind_of_block_and_fifty_comments_is_light(full_site):
    answer(full_site, 50)
    html = Client().get(full_site.url).content
    styles = linked(html, "link[rel=stylesheet]", "href")
    scripts = linked(html, "script[src]", "src")

    assert styles == ["bundles/site.css", "bundles/article.css"]
    assert scripts
    assert compressed(html) <= 20_000
    for paths in (styles, scripts):
        assert sum(compressed(Path(finders.find(path)).read_bytes()) for path in paths) <= 15_000
