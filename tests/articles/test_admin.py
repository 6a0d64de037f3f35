"""What the admin shows to whom."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from articles.models import ArticleIndexPage
from pictures.actions import store_picture
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db

CANARY = "Unseen Canary"


@pytest.fixture
def choosers(make_article) -> list[str]:
    draft = make_article(CANARY, live=False)
    return [
        "/admin/choose-page/",
        f"/admin/choose-page/{ArticleIndexPage.objects.get().pk}/",
        f"/admin/choose-page/{draft.pk}/",
        "/admin/choose-page/?page_type=articles.ArticlePage",
        "/admin/choose-page/search/?q=Unseen",
    ]


def shown(user, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address, headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()


def test_moderator_who_edits_no_page_finds_none_in_the_page_chooser(moderator, choosers):
    assert [address for address in choosers if CANARY in shown(moderator, address)] == []


def test_editor_and_administrator_find_the_draft(editor, admin, choosers):
    for user in (editor, admin):
        found = [CANARY in shown(user, address) for address in choosers]
        # The topmost list holds the home page alone.
        assert found == [False, True, True, True, True]


@pytest.mark.parametrize("address", ["/admin/images/chooser/", "/admin/images/chooser/results/?q=Unseen"])
def test_moderator_who_may_choose_no_picture_is_offered_none(moderator, editor, address):
    store_picture(title=CANARY, name="canary.png", data=photograph("PNG"))

    assert CANARY not in shown(moderator, address)
    assert CANARY in shown(editor, address)


@pytest.mark.parametrize("address", ["/admin/documents/chooser/", "/admin/documents/chooser/results/?q=Unseen"])
def test_moderator_who_may_choose_no_document_is_offered_none(moderator, editor, address):
    document = get_document_model()(title=CANARY)
    document.file.save("canary.txt", ContentFile(b"canary"))

    assert CANARY not in shown(moderator, address)
    assert CANARY in shown(editor, address)
