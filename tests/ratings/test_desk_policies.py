"""Discussion policies in the admin's settings."""

from html import unescape

import pytest
from django.test import Client

from ratings.models import DiscussionPolicy
from ratings.models.policy import article_types

pytestmark = pytest.mark.django_db

ARTICLE = "articles.articlepage"


@pytest.fixture
def settings_page(client, admin) -> Client:
    client.force_login(admin)
    return client


def save(client: Client, days: str, article_type: str = ARTICLE):
    fields = {"article_type": article_type, "closes_after_days": days}
    return client.post("/admin/discussion-policies/new/", fields)


def test_administrator_finds_the_policies_under_settings(settings_page):
    assert "/admin/discussion-policies/" in settings_page.get("/admin/").content.decode()


def test_form_offers_every_type_of_article(settings_page):
    page = settings_page.get("/admin/discussion-policies/new/").content.decode()

    assert all(f'value="{article_type}"' in page for article_type, _label in article_types())


def test_types_without_a_policy_are_named(settings_page):
    def listed() -> str:
        return settings_page.get("/admin/discussion-policies/").content.decode()

    assert "Without a policy, so comments never close: article." in listed()
    DiscussionPolicy.objects.create(article_type=ARTICLE, closes_after_days=30)
    assert "Without a policy" not in listed()
    assert "30 days" in listed()


@pytest.mark.parametrize(("days", "stored"), [("30", 30), ("1", 1), ("36500", 36500), ("", None)])
def test_policy_is_stored_and_changed(settings_page, days, stored):
    assert save(settings_page, days).status_code == 302
    policy = DiscussionPolicy.objects.get()
    assert policy.closes_after_days == stored

    fields = {"article_type": ARTICLE, "closes_after_days": "7"}
    settings_page.post(f"/admin/discussion-policies/edit/{policy.pk}/", fields)
    policy.refresh_from_db()
    assert policy.closes_after_days == 7


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("0", "Comments are open for at least one day."),
        ("-3", "Comments are open for at least one day."),
        ("36501", "more than a hundred years"),
        ("9" * 30, "more than a hundred years"),
        ("soon", "a whole number of days, or nothing"),
        ("1.5", "a whole number of days, or nothing"),
    ],
)
def test_days_that_make_no_sense_are_refused_in_words(settings_page, days, words):
    answer = save(settings_page, days)

    assert words in unescape(answer.content.decode())
    assert not DiscussionPolicy.objects.exists()


@pytest.mark.parametrize("article_type", ["auth.user", "", "<script>"])
def test_only_types_of_article_have_policies(settings_page, article_type):
    save(settings_page, "30", article_type)

    assert not DiscussionPolicy.objects.exists()


def test_second_policy_for_a_type_is_refused_in_words(settings_page):
    save(settings_page, "30")

    answer = save(settings_page, "60")

    assert "has a policy already" in answer.content.decode()
    assert DiscussionPolicy.objects.get().closes_after_days == 30
