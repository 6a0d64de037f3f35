"""What all tests share: the site as `migrate` leaves it, and factories for what stands on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User

from articles.models import ArticleIndexPage, ArticlePage
from authors.models import AuthorIndexPage, AuthorPage

REFERENCE_ARTICLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "back-cracking.txt"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="session", autouse=True)
def _remove_test_folder() -> Iterator[None]:
    yield
    shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)


@pytest.fixture
def reference_article() -> Path:
    """The reference article, or a skip that says why."""
    if not REFERENCE_ARTICLE.exists():
        pytest.skip(f"the reference article is not beside the repository ({REFERENCE_ARTICLE.name})")
    return REFERENCE_ARTICLE


@pytest.fixture
def make_article(db):
    """Return a factory of articles: live ones with one paragraph, unless told otherwise."""

    def make(title: str = "Why the Kettle Whistles", *, live: bool = True, **fields) -> ArticlePage:
        fields.setdefault("body", [{"type": "text", "value": "<p>Steam needs room.</p>"}])
        article = ArticlePage(title=title, live=live, **fields)
        ArticleIndexPage.objects.get().add_child(instance=article)
        revision = article.save_revision()
        if live:
            revision.publish()
            article.refresh_from_db()
        return article

    return make


@pytest.fixture
def article(make_article) -> ArticlePage:
    return make_article()


@pytest.fixture
def author(db) -> AuthorPage:
    page = AuthorPage(title="Ada Brook", job_title="Physicist", biography="<p>Boils water for a living.</p>")
    AuthorIndexPage.objects.get().add_child(instance=page)
    return page


@pytest.fixture
def make_user(db):
    """Return a factory of accounts, in a group by its name."""

    def make(name: str, group: str | None = None, **fields) -> User:
        user = User.objects.create_user(name, f"{name}@example.org", "password", **fields)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def moderator(make_user) -> User:
    return make_user("moderator", "Comment moderators")


@pytest.fixture
def editor(make_user) -> User:
    return make_user("editor", "Editors")


@pytest.fixture
def admin(make_user) -> User:
    return make_user("admin", is_superuser=True, is_staff=True)
