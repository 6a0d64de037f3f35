"""What is kept of what readers search for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from findable import counting
from pages.models import SearchTerm
from pages.search import terms
from pages.search.terms import count_search, write_search_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """Return a function that counts questions, and writes and returns what is kept of all, with its number."""

    def write(*questions: str) -> list[tuple[str, int]]:
        for question in questions:
            count_search(question, 1)
        counting.flush()
        write_search_terms(now=timezone.now())
        return list(SearchTerm.objects.order_by("words").values_list("words", "searches"))

    return write


@pytest.mark.parametrize(
    "question",
    [
        "ruth@example.org",
        "ruth @ example.org",
        "Ruth (at) example.org",
        "ruth[AT]example[dot]org",
        "ruth at example.org",
        "ruth at mail dot example dot org",
        "call 123456",
        "insurance A12345678",
        "+44 20 7946 0958",
    ],
)
def test_what_looks_personal_is_not_kept(kept, question):
    assert kept(question) == []


@pytest.mark.parametrize(
    "question", ["pain at night", "fever at 38.5", "type 2 diabetes", "12345", "covid-19 at home. what now", "what(at)"]
)
def test_question_that_tells_of_nobody_is_kept(kept, question):
    assert kept(question) == [(question, 1)]


def test_any_number_of_questions_is_written_in_statements_of_bounded_size(kept, monkeypatch):
    monkeypatch.setattr(terms, "BATCH", 2)
    questions = ["boil", "glow", "hiss", "kettle", "steam"]

    with CaptureQueriesContext(connection) as captured:
        kept(*questions)
        assert kept(*questions) == [(question, 2) for question in questions]

    assert max(sum(question in query["sql"] for question in questions) for query in captured) == 2


def test_so_many_new_questions_a_day_are_kept_and_those_go_on_being_counted(kept, monkeypatch):
    monkeypatch.setattr(terms, "BATCH", 2)
    monkeypatch.setattr(terms, "MOST_A_DAY", 3)
    questions = ["boil", "glow", "hiss", "kettle", "steam"]

    assert kept(*questions) == [("boil", 1), ("glow", 1), ("hiss", 1)]
    assert kept(*questions) == [("boil", 2), ("glow", 2), ("hiss", 2)]
