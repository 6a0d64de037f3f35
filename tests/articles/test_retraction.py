"""Taking an article back, and telling why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from articles.actions import Refused, retract
from articles.models import ArticleIndexPage, ArticlePage, Retraction
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

REASON = "The study it rests on was withdrawn."


def retracted(article, admin, reason: str = REASON) -> Retraction:
    return retract(article=article, reason=reason, by=admin, now=NOON)


def standing() -> list[str]:
    return list(Retraction.objects.filter(lifted_at=None).values_list("path", flat=True))


def test_retracted_article_is_off_the_site_and_its_address_knows_why(article, admin):
    retraction = retracted(article, admin)

    assert not ArticlePage.objects.live().filter(pk=article.pk).exists()
    assert (retraction.path, retraction.title, retraction.reason) == (
        "/articles/why-the-kettle-whistles/",
        "Why the Kettle Whistles",
        REASON,
    )
    entries = PageLogEntry.objects.filter(page=article.pk, action="articles.retract")
    assert [(entry.message, entry.comment, entry.user) for entry in entries] == [("Retracted", REASON, admin)]


def test_address_is_kept_as_a_request_says_it(make_article, admin):
    retraction = retracted(make_article("水の沸騰"), admin)

    assert retraction.path == "/articles/水の沸騰/"


def test_publishing_it_again_lifts_the_retraction(article, admin):
    retracted(article, admin)

    article.save_revision().publish()

    assert standing() == []


def test_scheduling_it_does_not_lift_the_retraction(article, admin):
    retracted(article, admin)
    article.go_live_at = timezone.now() + timedelta(days=1)

    article.save_revision().publish()

    assert standing() == ["/articles/why-the-kettle-whistles/"]


def test_another_article_at_its_address_lifts_the_retraction(article, make_article, admin):
    retracted(article, admin)
    ArticlePage.objects.get(pk=article.pk).delete()
    assert standing() == ["/articles/why-the-kettle-whistles/"]

    make_article()

    assert standing() == []


def test_retraction_cancels_a_scheduled_publication(article, admin):
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision(approved_go_live_at=article.go_live_at)

    retracted(article, admin)

    assert not article.revisions.exclude(approved_go_live_at=None).exists()


def test_article_that_was_unpublished_in_a_hurry_can_be_retracted_later(article, admin):
    article.unpublish()

    assert retracted(article, admin).article == article


def test_second_of_two_editors_is_told(article, admin):
    retracted(article, admin)

    with pytest.raises(Refused, match="retracted already"):
        retracted(article, admin, "Another reason.")

    assert Retraction.objects.get().reason == REASON


def test_article_that_readers_never_saw_is_not_retracted(make_article, admin):
    with pytest.raises(Refused, match="never published"):
        retracted(make_article(live=False), admin)


def test_private_article_is_not_retracted_since_its_title_would_be_told(article, admin):
    index = ArticleIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type="login")

    with pytest.raises(Refused, match="private"):
        retracted(article, admin)

    article.refresh_from_db()
    assert article.live
