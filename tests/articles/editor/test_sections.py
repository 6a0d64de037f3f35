"""An editor of one section and the history of another's pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from articles.models import ArticlePage
from authors.models import AuthorIndexPage
from tests.articles.editor.posting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(make_user):
    """Somebody who edits and publishes the authors' pages, and nothing else."""
    group = Group.objects.create(name="Authors’ desk")
    group.permissions.add(*Group.objects.get(name="Editors").permissions.filter(codename="access_admin"))
    for permission in ("add", "change", "publish"):
        GroupPagePermission.objects.create(group=group, page=AuthorIndexPage.objects.get(), permission_type=permission)
    return make_user("stranger", "Authors’ desk")


def test_revisions_of_another_section_are_closed(stranger, editor, article):
    article.save_revision()
    first, second = article.revisions.order_by("pk").values_list("pk", flat=True)[:2]
    there = f"/admin/pages/{article.pk}"
    closed = [
        f"{there}/edit/",
        f"{there}/edit/preview/",
        f"{there}/history/",
        f"{there}/revisions/{first}/view/",
        f"{there}/revisions/compare/{first}...{second}/",
        f"{there}/revisions/{first}/revert/",
        f"{there}/copy/",
        f"/admin/articles/{article.pk}/readiness/",
        f"/admin/articles/{article.pk}/card.png",
    ]

    reached = {address: signed_in(editor).get(address).status_code for address in closed}
    refused = {address: signed_in(stranger).get(address) for address in closed}

    assert reached == dict.fromkeys(closed, 200)
    # The admin leads whoever may not go on back to its home, with a sentence.
    assert {(answer.status_code, answer["Location"]) for answer in refused.values()} == {(302, "/admin/")}


def test_copy_into_or_out_of_another_section_makes_nothing(stranger, article):
    answer = signed_in(stranger).post(
        f"/admin/pages/{article.pk}/copy/",
        {"new_title": "Mine", "new_slug": "mine", "new_parent_page": str(article.get_parent().pk)},
    )

    assert answer["Location"] == "/admin/"
    assert ArticlePage.objects.count() == 1
