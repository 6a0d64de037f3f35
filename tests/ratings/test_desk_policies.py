"""Discussion policies in the admin: saved in words, and what holds for an article."""

from __future__ import annotations

from datetime import time
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.models import TopicPage
from ratings.models import DiscussionPolicy
from ratings.models.policy import article_types

pytestmark = pytest.mark.django_db

ARTICLE = "articles.articlepage"
NEW = "/admin/discussion-policies/new/"
HOLDS = "/admin/discussion-policies/what-holds/"


@pytest.fixture
def policies(client, admin) -> Client:
    client.force_login(admin)
    return client


def save(client: Client, address: str = NEW, **fields: str):
    return client.post(address, fields)


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_administrator_finds_the_policies_in_the_menu(policies):
    assert "/admin/discussion-policies/" in policies.get("/admin/").content.decode()


def test_only_who_has_the_permissions_of_the_model_comes_in(client, moderator):
    client.force_login(moderator)
    assert [client.get(address).status_code for address in (NEW, HOLDS)] == [302, 302]
    moderator.user_permissions.add(Permission.objects.get(codename="add_discussionpolicy"))
    assert [client.get(address).status_code for address in (NEW, HOLDS)] == [200, 200]


def test_form_offers_every_type_and_topic(policies):
    topic = TopicPage.objects.first()
    page = policies.get(NEW).content.decode()

    assert topic is not None
    assert f'<option value="{topic.pk}">' in page
    assert all(f'value="{article_type}"' in page for article_type, _label in article_types())


def test_all_values_are_stored_and_told_in_sentences(policies):
    fields = {
        "article_type": ARTICLE,
        "mode": "after",
        "holds_first": "False",
        "trusted_after": "3",
        "links_new": "0",
        "links_trusted": "5",
        "hold_from": "40",
        "hide_from_reports": "1",
        "closes_after_days": "30",
        "closed_from": "22:00",
        "closed_until": "7:00",
    }
    assert save(policies, **fields).status_code == 302

    policy = DiscussionPolicy.objects.get()
    assert (policy.mode, policy.holds_first, policy.links_new, policy.closed_until) == ("after", False, 0, time(7))
    listed = text_of(policies.get("/admin/discussion-policies/"))
    for sentence in (
        "A comment does not wait because it is the reader’s first.",
        "A reader is trusted after 3 approved comments.",
        "A new reader may give 0 links.",
        "A trusted reader may give 5 links.",
        "With 40 points a comment waits.",
        "1 report hides a comment.",
        "Comments close after 30 days.",
        "No comments are taken each day from 10:00 PM to 7:00 AM",
    ):
        assert sentence in listed


@pytest.mark.parametrize(("sent", "stored"), [("", None), ("True", True), ("False", False)])
def test_first_comments_are_held_or_not_or_as_elsewhere(policies, sent, stored):
    save(policies, holds_first=sent)

    policy = DiscussionPolicy.objects.get()
    assert policy.holds_first is stored
    edit = policies.get(f"/admin/discussion-policies/edit/{policy.pk}/").content.decode()
    assert f'<option value="{sent}" selected>' in edit


def test_policy_is_changed(policies):
    policy = DiscussionPolicy.objects.create(article_type=ARTICLE, closes_after_days=30)
    save(policies, f"/admin/discussion-policies/edit/{policy.pk}/", article_type=ARTICLE, closes_after_days="7")

    policy.refresh_from_db()
    assert policy.closes_after_days == 7


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"closes_after_days": "0"}, "Comments are open for at least one day."),
        ({"closes_after_days": "9" * 30}, "more than a hundred years"),
        ({"closes_after_days": "1.5"}, "a whole number of days, or nothing"),
        ({"closed_from": "22:00"}, "Please give both hours, or none."),
        ({"closed_from": "7:00", "closed_until": "7:00"}, "Both hours are the same."),
        ({"hold_from": "0"}, "greater than or equal to 1"),
        ({"article_type": "auth.user"}, "Select a valid choice"),
        ({"mode": "never"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(policies, fields, words):
    answer = save(policies, **fields)

    assert words in text_of(answer)
    assert not DiscussionPolicy.objects.exists()


def test_second_policy_for_a_topic_and_type_is_refused_in_words(policies):
    topic = str(TopicPage.objects.values_list("pk", flat=True).first())
    for fields in ({}, {"topic": topic}, {"article_type": ARTICLE}, {"topic": topic, "article_type": ARTICLE}):
        assert save(policies, links_new="1", **fields).status_code == 302
        assert "have a policy already" in text_of(save(policies, links_new="2", **fields))

    assert set(DiscussionPolicy.objects.values_list("links_new", flat=True)) == {1}


class TestWhatHolds:
    def test_each_value_says_which_policy_it_comes_from(self, policies, article):
        site = DiscussionPolicy.objects.create(links_new=2)
        kind = DiscussionPolicy.objects.create(article_type=ARTICLE, hide_from_reports=5)

        page = " ".join(policies.get(f"{HOLDS}?article={article.pk}").content.decode().split())

        for sentence, policy in (
            ("A new reader may give 2 links.", site),
            ("5 reports hide a comment.", kind),
        ):
            assert f'{sentence}</td><td><a href="/admin/discussion-policies/edit/{policy.pk}/">' in page
        assert "Nobody becomes trusted.</td><td>Nobody: this is how the site was shipped.</td>" in page

    def test_topic_and_type_are_asked_without_an_article(self, policies):
        topic = TopicPage.objects.first()
        DiscussionPolicy.objects.create(topic=topic, links_new=7)

        assert "A new reader may give 7 links." in text_of(policies.get(f"{HOLDS}?topic={topic.pk}"))
        assert "A new reader may give 7 links." not in text_of(policies.get(HOLDS))

    def test_words_of_a_title_lead_to_the_article(self, policies, article):
        page = policies.get(f"{HOLDS}?title=kettle").content.decode()

        assert f'<a href="?article={article.pk}">' in page

    @pytest.mark.parametrize("query", ["article=0", "article=x", "topic=x", "article_type=x", "title=%00"])
    def test_what_there_is_not_is_said(self, policies, query):
        assert policies.get(f"{HOLDS}?{query}").status_code == 200
