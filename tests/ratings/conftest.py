"""Factories for the readers' side."""

from __future__ import annotations

import itertools
from datetime import date, datetime

import pytest

from articles.models import ArticlePage
from ratings import actions
from ratings.models import Comment, Kind, Rating, Reader, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON


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
        if "reader" not in fields:
            fields["reader"] = make_reader()
        fields.setdefault("account", fields["reader"].user)
        fields.setdefault("name", f"Reader {number}")
        fields.setdefault("email", f"reader{number}@example.org")
        fields.setdefault("text", f"Comment {number}")
        fields.setdefault("now", NOON)
        fields.setdefault("verdict", Verdict(state=state))
        return actions.comment(parent=parent, **fields)

    return make


@pytest.fixture
def vote(article, make_reader):
    """Return a function that stores votes of new readers, and returns the last."""

    def give(*stars: int, **fields) -> Rating:
        ratings = [
            actions.rate(**{"article": article, "reader": make_reader(), "stars": number, "now": NOON} | fields)
            for number in stars
        ]
        return ratings[-1]

    return give


@pytest.fixture
def make_review(make_comment, make_reader, article):
    """Return a factory of reviews, whose writer gives `stars` first."""

    def make(stars: int = 5, state: State = State.PUBLISHED, **fields) -> Comment:
        fields["reader"] = fields.get("reader") or make_reader()
        actions.rate(article=article, reader=fields["reader"], stars=stars, now=NOON)
        return make_comment(state, kind=Kind.REVIEW, **fields)

    return make


@pytest.fixture
def move():
    """Return a function that moves a comment into a state, whatever its version is, and returns it as it is then."""

    def to(comment: Comment, state: State, **fields) -> Comment:
        version = Comment.objects.values_list("version", flat=True).get(pk=comment.pk)
        fields.setdefault("now", NOON)
        actions.decide(comment=comment, version=version, to=state, **fields)
        return Comment.objects.get(pk=comment.pk)

    return to


@pytest.fixture
def dated():
    """Return a function that sets when an article was published, and when it was last revised."""

    def set_dates(article: ArticlePage, published_at: datetime, revised_on: date | None = None) -> ArticlePage:
        ArticlePage.objects.filter(pk=article.pk).update(first_published_at=published_at, revised_on=revised_on)
        article.refresh_from_db()
        return article

    return set_dates


@pytest.fixture
def no_limits(settings) -> None:
    """Take any number of responses."""
    settings.READER_LIMITS_SCALE = 0
