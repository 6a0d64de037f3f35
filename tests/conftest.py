"""What all tests share: the site as `migrate` leaves it, and factories for what stands on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from wagtail.models import Site

from articles.blocks.registry import kinds
from articles.models import ArticleIndexPage, ArticlePage, Contributor, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from freshness.memory import forget
from ratings import actions
from ratings.models import Kind, Reader, State
from ratings.moderation.judge import Verdict

REFERENCE_ARTICLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "back-cracking.txt"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _test_folder() -> Iterator[None]:
    settings.TEST_FOLDER.mkdir(parents=True, exist_ok=True)
    yield
    shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Forget what a test's site had on every page, and where it began: the next test has another site."""
    yield
    forget()
    Site.clear_site_root_paths_cache()


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


@pytest.fixture
def full_site(make_article, author) -> ArticlePage:
    """A site where every kind of page exists and one article holds every kind of block, rated and discussed."""
    body = [{"type": name, "value": kind.get_prep_value(kind.get_preview_value())} for name, kind in kinds().items()]
    article = make_article("Everything at Once", body=body)
    topic = TopicPage(title="Kettles", intro="<p>All of them.</p>", featured=article)
    TopicPage.objects.get().add_child(instance=topic)
    article.topics.add(topic)
    article.contributors = [Contributor(author=author), Contributor(author=author, role="editor")]
    article.save_revision().publish()
    actions.set_legacy_total(article=article, mean=5, count=40)
    parent = None
    for stars in (4, 5, 5):
        reader = Reader.objects.create()
        actions.rate(article=article, reader=reader, stars=stars, now=NOON)
        parent = actions.comment(
            article=article,
            reader=reader,
            name="Ruth",
            email="canary@example.org",
            text="It *sings*.",
            kind=Kind.COMMENT if parent else Kind.REVIEW,
            verdict=Verdict(state=State.PUBLISHED),
            parent=parent,
            now=NOON,
        )
    return article
