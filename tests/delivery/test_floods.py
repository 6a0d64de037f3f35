"""Addresses with queries that nobody needs: answered at the price of any other, or not at all."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

LIMIT = 10_000
"""So many parameters a request may have."""


def parameters(number: int) -> str:
    return "&".join(f"p{each}=1" for each in range(number))


@pytest.mark.parametrize(
    "query", ["a=1", "a=2", "utm_source=x&fbclid=y", "a", "&&&", "%00=%ff", "Page=2", "a=" + "x" * 8000]
)
def test_parameter_that_is_not_ours_changes_nothing(client, article, query):
    for address in (article.url, "/articles/", "/"):
        assert client.get(f"{address}?{query}").content == client.get(address).content


def test_ten_thousand_parameters_are_read_and_one_more_is_refused(client, article):
    clean = client.get(article.url)

    assert client.get(f"{article.url}?{parameters(LIMIT)}").content == clean.content
    refused = client.get(f"{article.url}?{parameters(LIMIT + 1)}")
    assert (refused.status_code, refused["Cache-Control"]) == (400, "no-store")


@pytest.mark.parametrize("number", ["1000000000", "9" * 4000, "-1", "0", "1e9", "0x10", "１", "last", "1,2", "%00"])
def test_page_far_behind_the_last_is_not_there(client, article, number, django_assert_max_num_queries):
    with django_assert_max_num_queries(QUERIES):
        for address in ("/articles/?page=", "/search/?q=kettle&page="):
            assert client.get(address + number).status_code == 404


QUERIES = 60
"""Of a listing and of a search together; not more for the page of a billion."""


def test_of_a_parameter_given_twice_the_last_holds(client, article):
    assert client.get("/search/?q=nothing&q=kettle").content == client.get("/search/?q=kettle").content


@pytest.mark.parametrize(
    ("address", "status"),
    [("/search/?q=", 200), ("/search/suggestions/?q=", 200), ("/articles/?letter=", 404), ("/articles/?topic=", 404)],
)
def test_long_value_is_not_told_again_at_length(client, article, address, status):
    answer = client.get(address + "kettle+" * 10_000)

    assert answer.status_code == status
    assert len(answer.content) < 40_000
