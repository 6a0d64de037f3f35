"""Who may open which door of the admin. Each account also tries the doors of the other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Task, Workflow

from articles.models import ArticleIndexPage, ArticlePage, TopicPage
from authors.models import AuthorIndexPage
from pages.models import HomePage, InformationPage
from ratings.models import Comment, State

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opens(client: Client, address: str) -> bool:
    """Return whether the door opens; the admin answers a closed one by leading back to its home page."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 403, 404}, address
    return answer.status_code == 200


@pytest.fixture
def addresses(article, author) -> dict[str, str]:
    def add(parent_model, model: str) -> str:
        return f"/admin/pages/add/{model}/{parent_model.objects.first().pk}/"

    return {
        "home of the admin": "/admin/",
        "write an article": add(ArticleIndexPage, "articles/articlepage"),
        "edit an article": f"/admin/pages/{article.pk}/edit/",
        "unpublish an article": f"/admin/pages/{article.pk}/unpublish/",
        "history of an article": f"/admin/pages/{article.pk}/history/",
        "write an author": add(AuthorIndexPage, "authors/authorpage"),
        "edit an author": f"/admin/pages/{author.pk}/edit/",
        "images": "/admin/images/",
        "edit the home page": f"/admin/pages/{HomePage.objects.get().pk}/edit/",
        "edit the privacy page": f"/admin/pages/{InformationPage.objects.get().pk}/edit/",
        "edit a topic": f"/admin/pages/{TopicPage.objects.get().pk}/edit/",
        "reader comments": "/admin/reader-comments/",
        "accounts": "/admin/users/",
        "groups": "/admin/groups/",
        "sites": "/admin/sites/",
        "redirects": "/admin/redirects/",
        "workflows": "/admin/workflows/list/",
        "collections": "/admin/collections/",
        "site history": "/admin/reports/site-history/",
    }


EDITORS_DOORS = {
    "home of the admin",
    "write an article",
    "edit an article",
    "unpublish an article",
    "history of an article",
    "write an author",
    "edit an author",
    "images",
    "redirects",
    "site history",
}
MODERATORS_DOORS = {"home of the admin", "reader comments", "site history"}
"""Wagtail opens the site history to everybody in the admin, and shows each account what it may edit: nothing, here."""


def test_editor_opens_articles_and_authors_and_no_other_door(editor, addresses):
    client = signed_in(editor)

    assert {name for name, address in addresses.items() if opens(client, address)} == EDITORS_DOORS


def test_moderator_opens_reader_comments_and_no_other_door(moderator, addresses):
    client = signed_in(moderator)

    assert {name for name, address in addresses.items() if opens(client, address)} == MODERATORS_DOORS


def test_administrator_opens_every_door(admin, addresses):
    client = signed_in(admin)

    assert {name for name, address in addresses.items() if not opens(client, address)} == set()


def test_nobody_opens_a_door_without_signing_in(addresses):
    client = Client()

    assert {name for name, address in addresses.items() if opens(client, address)} == set()


def test_site_history_shows_a_moderator_nothing_and_an_editor_the_articles(moderator, editor, article):
    def history(user) -> str:
        return signed_in(user).get("/admin/reports/site-history/").content.decode()

    assert article.title not in history(moderator)
    assert article.title in history(editor)


def test_moderator_cannot_publish_by_a_direct_post(moderator, make_article):
    draft = make_article("A Draft", live=False)

    signed_in(moderator).post(f"/admin/pages/{draft.pk}/edit/", {"title": "Mine", "action-publish": "1"})
    signed_in(moderator).post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}")

    draft.refresh_from_db()
    assert (draft.live, draft.title) == (False, "A Draft")


@pytest.mark.parametrize("to", ["published", "rejected", "spam"])
def test_editor_cannot_decide_by_a_direct_post(editor, article, to):
    from ratings import actions
    from ratings.models import Reader
    from ratings.moderation.judge import Verdict
    from tests.conftest import NOON

    comment = actions.comment(
        article=article,
        reader=Reader.objects.create(),
        name="Ruth",
        email="",
        text="Hello",
        verdict=Verdict(state=State.PENDING),
        now=NOON,
    )

    signed_in(editor).post(f"/admin/reader-comments/{comment.pk}/decide/", {"to": to, "version": 1})

    assert Comment.objects.get().state == State.PENDING


def test_wagtails_sample_groups_workflow_and_page_are_gone():
    ours = {"Writers", "Editors", "Medical reviewers", "Comment moderators", "Administrators"}
    assert set(Group.objects.values_list("name", flat=True)) == ours
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Write, edit, review, publish"]
    assert set(Task.objects.values_list("name", flat=True)) == {"Edit", "Medical review", "Publish"}
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert ArticlePage.objects.count() == 0
