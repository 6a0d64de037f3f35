"""What a page says to a reader."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


def page_of(answer: HttpResponse) -> BeautifulSoup:
    """Return the page as a tree."""
    return BeautifulSoup(answer.content, "html.parser")


def look(client: Client, address: str) -> BeautifulSoup:
    """Return the page at `address`, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return page_of(answer)


def words(tag: Tag | None) -> str:
    """Return the words in `tag`, which must be there."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def queries_of(client: Client, address: str) -> int:
    """Return how many queries the page at `address` takes, once the caches of content types and sites are filled."""
    look(client, address)
    with CaptureQueriesContext(connection) as found:
        look(client, address)
    return len(found)
