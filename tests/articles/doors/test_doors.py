"""Every door by which an article can come to readers: each lets through what is ready, and says of the rest why not."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from wagtail.api.v3.urls import api
from wagtail.models import APIToken, GroupApprovalTask, Workflow, WorkflowState, WorkflowTask

from articles.models import ArticleIndexPage, ArticlePage
from articles.readiness.gate import NotReady
from tests.articles.doors.conftest import BODIES, SENTENCES

pytestmark = pytest.mark.django_db

# What an operator may add to the addresses of the site.
urlpatterns = [path("api/v3/", api.urls), path("", include("config.urls"))]

Door = Callable[[ArticlePage, Client], "HttpResponse | None"]

TOMORROW = timedelta(days=1)


def code(article: ArticlePage, desk: Client) -> None:
    article.get_latest_revision().publish()


def live_row(article: ArticlePage, desk: Client) -> None:
    article.live = True
    article.save()


def bulk(article: ArticlePage, desk: Client) -> HttpResponse:
    return publish_pages(desk, article.pk)


def bulk_with_descendants(article: ArticlePage, desk: Client) -> HttpResponse:
    return publish_pages(desk, ArticleIndexPage.objects.get().pk, include_descendants="on")


def workflow(article: ArticlePage, desk: Client) -> HttpResponse:
    """Approve the last step; the article became what it is after it was handed over."""
    state = handed_over(article)
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.current_task_state_id])
    return desk.post(address, follow=True)


def workflow_dialog(article: ArticlePage, desk: Client) -> HttpResponse:
    """Approve with a comment, in the dialog: it gets an address to go on to."""
    state = handed_over(article)
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.current_task_state_id])
    answer = desk.post(address, {"comment": "Fine."}, headers={"X-Requested-With": "XMLHttpRequest"})
    return desk.get(json.loads(answer.content)["redirect"])


def api_of_the_admin(article: ArticlePage, desk: Client) -> HttpResponse:
    return desk.post(f"/admin/api/main/pages/{article.pk}/action/publish/")


def api_publish(article: ArticlePage, desk: Client) -> HttpResponse:
    return ask_api(desk, "post", f"{article.pk}/actions/publish/")


def api_update(article: ArticlePage, desk: Client) -> HttpResponse:
    meta = {"type": "articles.ArticlePage", "action": "publish"}
    return ask_api(desk, "patch", f"{article.pk}/", {"meta": meta, "title": article.title})


ANSWERS: dict[Door, int | None] = {
    code: None,
    live_row: None,
    bulk: 200,
    bulk_with_descendants: 200,
    workflow: 200,
    workflow_dialog: 200,
    api_of_the_admin: 400,
    api_publish: 422,
    api_update: 422,
}
"""The doors, with the status that comes with a refusal in words; code gets the exception."""


def publish_pages(desk: Client, *keys: int, **choices: str) -> HttpResponse:
    """Publish pages from the explorer."""
    chosen = "&".join(f"id={key}" for key in keys)
    return desk.post(
        f"/admin/bulk/wagtailcore/page/publish/?{chosen}&next=/admin/reports/locked/", choices, follow=True
    )


def handed_over(article: ArticlePage) -> WorkflowState:
    """Hand `article` over while it is finished, and give it back what it has."""
    step = GroupApprovalTask.objects.create(name="Look at it")
    step.groups.add(Group.objects.get(name="Editors"))
    steps = Workflow.objects.create(name="One step")
    WorkflowTask.objects.create(workflow=steps, task=step)
    draft = article.get_latest_revision_as_object()
    body, draft.body = draft.body, BODIES["finished"]
    draft.save_revision()
    state = steps.start(draft, None)
    draft.body = body
    draft.save_revision()
    return state


def ask_api(desk: Client, method: str, address: str, data: object = None) -> HttpResponse:
    """Ask Wagtail's API as the administrator of `desk`."""
    secret = APIToken.generate_token()
    account = int(desk.session["_auth_user_id"])
    APIToken.objects.create(user_id=account, name="t", key_hash=APIToken.candidate_key_hashes(secret)[0], prefix="w")
    ask = getattr(Client(headers={"Authorization": f"Bearer {secret}"}), method)
    return ask(f"/api/v3/pages/{address}", data, content_type="application/json")


def said(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture(autouse=True)
def _addresses(settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("door", ANSWERS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("state", ["finished", "answered"])
def test_what_is_ready_goes_through(make_draft, desk, door, state):
    article = make_draft(state)

    door(article, desk)

    article.refresh_from_db()
    assert article.live


@pytest.mark.parametrize("door", ANSWERS, ids=lambda door: door.__name__)
@pytest.mark.parametrize("state", ["unfinished", "wrong", "doubtful"])
def test_what_is_not_ready_stays_and_the_door_says_why(make_draft, desk, door, state):
    article = make_draft(state)

    if ANSWERS[door]:
        answer = door(article, desk)
        assert answer.status_code == ANSWERS[door]
        told = said(answer)
    else:
        with pytest.raises(NotReady) as refusal:
            door(article, desk)
        told = " ".join(refusal.value.messages)
    assert SENTENCES[state] in told
    article.refresh_from_db()
    assert (article.live, article.live_revision, article.first_published_at) == (False, None, None)
    assert not WorkflowState.objects.exclude(status="in_progress").exists()
