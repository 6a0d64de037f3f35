"""Which comments an address asks for."""

from __future__ import annotations

import pytest

from ratings.models import State
from ratings.selection import Order, Selection
from ratings.thread import responses_to
from tests.ratings.crowd import read

pytestmark = pytest.mark.django_db


class TestAddress:
    @pytest.mark.parametrize("sort", [*Order.values, ""])
    @pytest.mark.parametrize("stars", ["5", "1", ""])
    @pytest.mark.parametrize("after", ["", "7", "3-7"])
    def test_selection_is_read_back_from_its_own_address(self, sort, stars, after):
        selection = Selection.read({"sort": sort, "stars": stars, "after": after})

        assert Selection.read(read(selection.query())) == selection

    def test_what_a_page_shows_anyway_has_no_parameters(self):
        assert Selection.read({}).query() == Selection.read({"sort": "newest"}).query() == ""
        assert Selection.read({"utm_source": "x"}).is_default

    @pytest.mark.parametrize(
        "query",
        [
            {"sort": "best"},
            {"sort": "NEWEST"},
            {"sort": "-created_at"},
            {"sort": "newest\x00"},
            {"stars": "0"},
            {"stars": "6"},
            {"stars": "05"},
            {"stars": "٥"},
            {"stars": "5.0"},
            {"after": "x"},
            {"after": "1-"},
            {"after": "-1"},
            {"after": "9" * 30 + "-1"},
            {"after": "9" * 19},
            {"after": "١-١"},
            {"after": "1-1; DROP TABLE"},
            {"after": "\x00"},
            {"after": "1\n"},
            {"thread": "x"},
            {"thread": "1"},
            {"thread": "\x00"},
            {"thread": "00000000-0000-0000-0000-000000000000"},
        ],
    )
    def test_value_that_there_is_not_is_not_found(self, client, article, query):
        assert client.get(article.url, query).status_code == 404

    @pytest.mark.parametrize("sort", Order.values)
    @pytest.mark.parametrize("after", ["1-1", "7", "999999999-999999999999999999", "0-0"])
    def test_key_that_no_link_holds_is_harmless(self, make_review, article, sort, after):
        make_review(5)

        assert responses_to(article, Selection.read({"sort": sort, "after": after})).count == 1

    def test_page_says_404_for_a_thread_that_was_hidden(self, client, article, make_comment, move):
        first = make_comment(State.PUBLISHED)
        address = f"{article.url}?thread={first.public_id}"
        assert client.get(address).status_code == 200
        move(first, State.HIDDEN)

        assert client.get(address).status_code == 404
