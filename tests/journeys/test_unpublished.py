"""What is not published, or only for some, appears on no surface."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import Contributor, TopicPage

pytestmark = pytest.mark.django_db

CANARY = "Unseen Canary"


def draft(article) -> None:
    article.unpublish()


def private(article) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")


def scheduled(article) -> None:
    article.unpublish()
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision(approved_go_live_at=article.go_live_at)


def below_a_private_index(article) -> None:
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="password", password="secret")


@pytest.fixture
def canary(make_article, author):
    """A published article with a topic that features it and an author who wrote it."""
    article = make_article(CANARY, summary=f"{CANARY} summary")
    topic = TopicPage(title="Kettles", featured=article)
    TopicPage.objects.get().add_child(instance=topic)
    article.topics.add(topic)
    article.contributors = [Contributor(author=author)]
    article.save_revision().publish()
    return article


def surfaces(article) -> list[str]:
    return ["/", "/articles/", "/topics/", "/topics/kettles/", "/authors/", "/authors/ada-brook/", "/sitemap.xml"]


def test_published_article_appears(canary):
    found = [CANARY.encode() in Client().get(path).content for path in surfaces(canary)]

    assert found == [True, True, True, True, False, True, False]
    assert canary.url.encode() in Client().get("/sitemap.xml").content
    assert Client().get(canary.url).status_code == 200


@pytest.mark.parametrize("state", [draft, private, scheduled, below_a_private_index])
def test_article_that_is_not_for_everybody_appears_nowhere(canary, state):
    state(canary)

    for path in [*surfaces(canary), canary.url, f"/responses/comment/{canary.pk}/"]:
        content = Client().get(path).content
        assert CANARY.encode() not in content, path
        assert canary.slug.encode() not in content.replace(b"/_util/", b"") or b"password" in content, path


@pytest.mark.parametrize("state", [draft, private, scheduled, below_a_private_index])
def test_article_that_is_not_for_everybody_takes_no_response(canary, state):
    state(canary)

    for view, fields in (("rate", {"stars": "5"}), ("comment", {"name": "R", "email": "r@example.org", "text": "x"})):
        answer = Client().post(f"/responses/{view}/{canary.pk}/", fields, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 404
