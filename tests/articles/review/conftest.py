"""People around an article that goes through the workflow."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from articles.comparing import fingerprint
from articles.models import Contributor, ReviewState
from articles.what_changed import passages_of
from authors.models import AuthorIndexPage, AuthorPage

NEXT_YEAR = timedelta(days=365)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen(article) -> str:
    """What the screen of the review tells of the newest draft."""
    return fingerprint(passages_of(article.get_latest_revision_as_object()))


def paragraph(text: str, name: str = "1") -> dict:
    return {"type": "text", "id": f"{name:0>8}-0000-4000-8000-000000000000", "value": f"<p>{text}</p>"}


def post_review(client: Client, article, **fields):
    due_on = timezone.localdate() + NEXT_YEAR
    return client.post(f"/admin/articles/{article.pk}/review/", {"due_on": due_on, "seen": seen(article)} | fields)


def step(article) -> str:
    """The step of the workflow that `article` stands at."""
    state = article.current_workflow_task_state
    return state.task.name if state else ""


@pytest.fixture
def people(make_user, author, editor):
    """A writer, a reviewer and an editor; writer and reviewer have pages of their own."""
    writer, reviewer = make_user("writer", "Writers"), make_user("reviewer", "Medical reviewers")
    written_by = AuthorPage(title="Wilma Hart", account=writer)
    AuthorIndexPage.objects.get().add_child(instance=written_by)
    AuthorPage.objects.filter(pk=author.pk).update(account=reviewer)
    return SimpleNamespace(writer=writer, reviewer=reviewer, editor=editor, wilma=written_by, ada=author)


@pytest.fixture
def submitted(people, make_article):
    """An article by the writer, handed over: it waits for an editor."""
    article = make_article(live=False, owner=people.writer, body=[paragraph("Steam needs room.")])
    article.contributors = [Contributor(author=people.wilma)]
    article.save_revision(user=people.writer)
    article.get_workflow().start(article, people.writer)
    return article


@pytest.fixture
def waiting(people, submitted):
    """The same article, edited: it waits for the reviewer."""
    submitted.current_workflow_task_state.approve(user=people.editor)
    return submitted


@pytest.fixture
def signed(people, waiting) -> ReviewState:
    """The same article, signed: it waits for an editor to publish it."""
    assert post_review(signed_in(people.reviewer), waiting, reviewer=people.ada.pk).status_code == 302
    return ReviewState.objects.get()
