"""Who may do what with articles: every cell of the table “At the editors’ desk” in `docs/permissions.md`."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from articles.actions import sign_off
from articles.models import ArticlePage, Contributor, SignOff, Source
from authors.models import AuthorIndexPage, AuthorPage
from tests.articles.review.conftest import paragraph
from tests.articles.review.desk_matrix import ACTIONS, DONE, REFUSED, lines
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

LINES = list(lines())
GROUPS = {
    "moderator": "Comment moderators",
    "writer": "Writers",
    "reviewer": "Medical reviewers",
    "editor": "Editors",
    "administrator": "Administrators",
}


class TakenBack(Exception):
    """Raised to take back what was done."""


@pytest.fixture
def objects(make_article, make_user, author):
    """Return a function that makes what the table speaks of, around somebody."""

    def article(title: str, page: AuthorPage, *, live: bool = False, steps: int = 0) -> ArticlePage:
        made = make_article(title, live=False, owner=page.account, body=[paragraph("Steam needs room.")])
        made.contributors = [Contributor(author=page)]
        revision = made.save_revision(user=page.account)
        if live:
            revision.publish()
        if steps:
            made.get_workflow().start(made, page.account)
        for _ in range(steps - 1):
            made.current_workflow_task_state.approve()
        return ArticlePage.objects.get(pk=made.pk)

    def signed(page: ArticlePage, reviewer: AuthorPage) -> SignOff:
        kind = SignOff.Kind.EDITORIAL
        return sign_off(article=page, reviewer=reviewer, kind=kind, signed_by=None, today=NOON.date())

    def person(user: User) -> AuthorPage:
        page = AuthorPage(title=user.username.title(), account=user)
        AuthorIndexPage.objects.get().add_child(instance=page)
        return page

    def make(user: User) -> dict[str, Any]:
        mine, other = person(user), person(make_user("other", "Writers"))
        theirs = article("Another’s Article", other, live=True)
        return {
            "–": None,
            "their own draft": article("Own Draft", mine),
            "another’s draft": article("Another’s Draft", other),
            "their own article": article("Own Article", mine, live=True),
            "another’s article": theirs,
            "their own, at an editor’s": article("Own at an Editor’s", mine, steps=1),
            "another’s, at an editor’s": article("At an Editor’s", other, steps=1),
            "their own, at a reviewer’s": article("Own at a Reviewer’s", mine, steps=2),
            "another’s, at a reviewer’s": article("At a Reviewer’s", other, steps=2),
            "their own sign-off": signed(theirs, mine),
            "another’s sign-off": signed(theirs, author),
            "a writer": other.account,
            "a superuser": make_user("root", is_superuser=True),
            "a source": Source.objects.create(title="On Kettles"),
        }

    return make


def test_table_tries_everything_and_names_every_role():
    assert {line.action for line in LINES} == set(ACTIONS)
    assert {tuple(line.outcomes) for line in LINES} == {tuple(GROUPS)}


@pytest.mark.parametrize("role", GROUPS)
def test_everybody_may_do_what_the_table_says_and_nothing_else(role, make_user, objects):
    user = make_user("somebody", GROUPS[role])
    made, client = objects(user), Client()
    client.force_login(user)
    wrong = {}
    for line in LINES:
        try:
            with transaction.atomic():
                outcome = DONE if ACTIONS[line.action](client, made[line.on]) else REFUSED
                raise TakenBack
        except TakenBack:
            if outcome != line.outcomes[role]:
                wrong[f"{line.action}: {line.on}"] = outcome

    assert wrong == {}
