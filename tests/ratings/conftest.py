"""Factories for the readers' side."""

from __future__ import annotations

import itertools

import pytest

from ratings import actions
from ratings.models import Comment, Reader, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON

SAME_ORIGIN = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture
def make_reader(db):
    return lambda: Reader.objects.create()


@pytest.fixture
def reader(make_reader) -> Reader:
    return make_reader()


@pytest.fixture
def make_comment(article, make_reader):
    """Return a factory of comments, in any state, on `article` unless told otherwise."""
    numbers = itertools.count(1)

    def make(state: State = State.PENDING, *, parent: Comment | None = None, **fields) -> Comment:
        number = next(numbers)
        fields.setdefault("article", article)
        fields.setdefault("reader", make_reader())
        fields.setdefault("name", f"Reader {number}")
        fields.setdefault("email", f"reader{number}@example.org")
        fields.setdefault("text", f"Comment {number}")
        fields.setdefault("now", NOON)
        return actions.comment(verdict=Verdict(state=state), parent=parent, **fields)

    return make
