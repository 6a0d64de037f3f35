"""The demo: loaded once, every kind of block used, comments in all states a demo can have."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.blocks.registry import kinds
from articles.models import ArticlePage, TopicPage
from authors.models import AuthorPage
from pictures.models import Picture
from ratings.models import Comment, Decision, Rating, RatingSummary, State

pytestmark = pytest.mark.django_db


def load() -> str:
    told = StringIO()
    call_command("load_demo", "--yes", stdout=told)
    return told.getvalue()


def numbers() -> list[int]:
    models = (ArticlePage, TopicPage, AuthorPage, Picture, Rating, Comment, Decision)
    return [model.objects.count() for model in models]


def test_demo_is_what_it_promises_and_loading_it_again_changes_nothing(client):
    load()

    articles = list(ArticlePage.objects.live())
    assert len(articles) >= 8
    assert AuthorPage.objects.live().count() >= 3
    assert TopicPage.objects.filter(depth__gt=3).count() >= 5
    assert {child.block_type for article in articles for child in article.body} == set(kinds())
    assert max(len({child.block_type for child in article.body}) for article in articles) == len(kinds())
    assert set(Comment.objects.values_list("state", flat=True)) == set(State)
    for article in articles:
        assert article.hero is not None
        assert article.topics.exists()
        assert all(picture.renditions.count() >= 3 for picture in article.pictures())
        stars = list(article.ratings.values_list("stars", flat=True))
        assert RatingSummary.objects.get(article=article).histogram == {n: stars.count(n) for n in range(1, 6)}
        assert client.get(article.url).status_code == 200
    before = numbers()

    told = load()

    assert numbers() == before
    assert told == "The demo is loaded.\n"


def test_author_whom_an_editor_changed_is_left_alone():
    load()
    author = AuthorPage.objects.live().first()
    author.portrait = None
    author.job_title = "Changed by an editor"
    author.credentials = []
    author.save_revision().publish()
    withdrawn = AuthorPage.objects.live().exclude(pk=author.pk).first()
    withdrawn.unpublish()

    load()

    author.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (author.portrait, author.job_title, author.credentials.count()) == (None, "Changed by an editor", 0)
    assert not withdrawn.live


def test_demo_stays_out_of_real_sites():
    with pytest.raises(CommandError, match="--yes"):
        call_command("load_demo")
    assert not ArticlePage.objects.exists()
