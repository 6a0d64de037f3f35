"""What the tests of the desk share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.models import ArticlePage, SignOff
from authors.models import AuthorIndexPage, AuthorPage


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def schedule(article: ArticlePage, at: Any) -> Revision:
    """Have `article` be published at a moment, also one that has passed, which no form would take."""
    revision = article.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    return revision


def expire(article: ArticlePage, at: Any) -> None:
    Page.objects.filter(pk=article.pk).update(expire_at=at)


@pytest.fixture
def sign(author: AuthorPage) -> Callable[..., SignOff]:
    """Return a factory of sign-offs that end in so many days."""

    def sign(article: ArticlePage, *, due_in: int | None, reviewer: AuthorPage = author, **fields: Any) -> SignOff:
        today = timezone.localdate()
        due_on = None if due_in is None else today + timedelta(days=due_in)
        days = {"signed_on": today - timedelta(days=400), "due_on": due_on}
        return SignOff.objects.create(article=article, reviewer=reviewer, **days | fields)

    return sign


@pytest.fixture
def other_author(db: None) -> AuthorPage:
    page = AuthorPage(title="Bo Lake")
    AuthorIndexPage.objects.get().add_child(instance=page)
    return page
