"""Who checked an article: signing it off, and taking that back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import PageLogEntry

from articles.actions import Refused, sign_off, withdraw_sign_off
from articles.models import SignOff
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
MEDICAL = SignOff.Kind.MEDICAL


@pytest.fixture
def sign(article, author, admin):
    """Return a function that signs the article off, with other words where told so."""

    def signed(**changes) -> SignOff:
        fields = {"article": article, "reviewer": author, "kind": MEDICAL, "signed_by": admin, "today": TODAY}
        return sign_off(**fields | changes)

    return signed


def told(article) -> list[tuple[str, str, str]]:
    entries = PageLogEntry.objects.filter(page=article.pk, action__startswith="articles.").order_by("pk")
    return [(entry.action, entry.formatter.format_message(entry), entry.comment) for entry in entries]


def test_sign_off_is_of_what_readers_see(sign, article, author, admin):
    article.title = "A draft that nobody has checked"
    article.save_revision()

    signed = sign()

    assert signed.revision == article.live_revision
    assert (signed.article, signed.reviewer, signed.signed_on, signed.signed_by) == (article, author, TODAY, admin)
    assert list(article.sign_offs.in_force(TODAY)) == [signed]


def test_sign_off_holds_until_the_day_on_which_a_review_is_due(sign, article):
    sign(due_on=TODAY + timedelta(days=1))

    assert [
        article.sign_offs.in_force(TODAY + timedelta(days=days)).exists() for days in (0, 1, 2)
    ] == [True, True, False]  # fmt: skip


def test_same_sign_off_sent_twice_is_one(sign, article):
    assert sign() == sign()
    assert len(told(article)) == 1


@pytest.mark.parametrize("what", ["article", "reviewer"])
def test_what_readers_cannot_see_is_refused_in_words(sign, article, author, what):
    page = {"article": article, "reviewer": author}[what]
    page.unpublish()

    with pytest.raises(Refused, match=page.title):
        sign()

    assert not SignOff.objects.exists()


@pytest.mark.parametrize("days", [0, -1])
def test_review_that_is_due_at_once_is_refused_in_words(sign, days):
    with pytest.raises(Refused, match="must come after"):
        sign(due_on=TODAY + timedelta(days=days))


def test_withdrawn_sign_off_holds_no_more_and_keeps_who_withdrew_it_first(sign, article, admin, editor):
    signed = sign()

    withdraw_sign_off(sign_off=signed, by=admin, now=NOON)
    withdraw_sign_off(sign_off=signed, by=editor, now=NOON + timedelta(days=1))

    signed.refresh_from_db()
    assert (signed.withdrawn_at, signed.withdrawn_by) == (NOON, admin)
    assert not article.sign_offs.in_force(TODAY).exists()


def test_history_of_the_article_tells_both(sign, article, admin):
    withdraw_sign_off(sign_off=sign(due_on=NOON.date().replace(year=2027)), by=admin, now=NOON)

    assert told(article) == [
        ("articles.sign_off", "Medical review by Ada Brook: signed off", "Next review due on Nov. 2, 2027"),
        ("articles.withdraw_sign_off", "Medical review by Ada Brook: withdrawn", "Next review due on Nov. 2, 2027"),
    ]
