"""What the tests of the search share."""

from __future__ import annotations

import pytest

from pages.search import dictionary
from pages.search.finding import Answer, find
from pages.search.question import Question
from pages.search.terms import searches


@pytest.fixture(autouse=True)
def _as_in_a_new_process(settings, tmp_path):
    """Forget what other tests have searched for, also what waits in files for the worker."""
    settings.DATA = tmp_path
    dictionary.forget()
    searches.start_empty()


@pytest.fixture
def write(make_article):
    """Return a factory of articles: a title, and paragraphs or whole blocks below it."""

    def make(title: str, *body: str | dict, **fields):
        blocks = [part if isinstance(part, dict) else {"type": "text", "value": f"<p>{part}</p>"} for part in body]
        return make_article(title, body=blocks, **fields)

    return make


@pytest.fixture
def ask(db):
    """Return a function that asks the search."""

    def answer(text: str, page: str | None = None, **choices: str) -> Answer:
        return find(Question.of(text, **choices), page)

    return answer


@pytest.fixture
def titles(ask):
    """Return a function that asks the search for the titles of what it finds with all words."""

    def found(text: str, **choices: str) -> list[str]:
        answer = ask(text, **choices)
        return [] if answer.is_partial else [result.page.title for result in answer.results]

    return found
