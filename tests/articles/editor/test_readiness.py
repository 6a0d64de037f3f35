"""“Ready to publish?” as the editor's script and a person without scripts use it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from articles.models import Waiver
from tests.articles.editor.posting import signed_in

pytestmark = pytest.mark.django_db


def address(article) -> str:
    return f"/admin/articles/{article.pk}/readiness/"


def items(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_reason_is_kept_shown_and_taken_back(editor, make_article):
    draft = make_article(live=False)
    client = signed_in(editor)
    field = items(client.get(address(draft))).select_one("textarea")["name"]

    assert client.post(address(draft), {field: "  It is a test. "}).status_code == 302

    page = items(client.get(address(draft)))
    assert "It is a test." in page.select_one(".readiness__why").text
    assert page.select_one(f"textarea[name={field}]") is None
    again = page.select_one("button[name=ask-again]")
    client.post(address(draft), {"ask-again": again["value"]})
    assert items(client.get(address(draft))).select_one(f"textarea[name={field}]")
    assert not Waiver.objects.exists()
    history = client.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    assert "A warning is fine" in history
    assert "A warning asks again" in history


def test_fragment_tells_of_the_latest_draft(editor, make_article):
    draft = make_article(live=False)
    draft.summary = "TK"
    draft.save_revision()

    fragment = items(signed_in(editor).get(f"{address(draft)}?fragment=1"))

    assert fragment.select_one("a[href='#id_summary'][data-jump]")
    assert "1 error," in fragment.select_one("[data-summary]")["data-summary"]
    assert fragment.select_one("html") is None


@pytest.mark.parametrize("reason", ["x" * 1001])
def test_reason_beyond_what_is_kept_is_refused_in_words(editor, make_article, reason):
    draft = make_article(live=False)
    client = signed_in(editor)
    field = items(client.get(address(draft))).select_one("textarea")["name"]

    answer = client.post(f"{address(draft)}?fragment=1", {field: reason})

    assert answer.status_code == 409
    assert "1000 characters" in answer.content.decode()
    assert not Waiver.objects.exists()


def test_answer_to_what_is_not_asked_changes_nothing(editor, make_article):
    draft = make_article(live=False)
    client = signed_in(editor)

    assert client.post(address(draft), {"waive-0123": "No such warning."}).status_code == 302
    assert client.post(address(draft), {"ask-again": "0123"}).status_code == 409
    assert not Waiver.objects.exists()


def test_only_who_may_edit_the_article_reads_and_answers(moderator, make_article):
    draft = make_article(live=False)
    client = signed_in(moderator)

    for answer in (client.get(address(draft)), client.post(address(draft), {"waive-0123": "Yes."})):
        assert answer["Location"] == "/admin/"


def test_editor_of_a_new_article_reads_what_the_panel_is_for(editor, article):
    index = article.get_parent()

    page = items(signed_in(editor).get(f"/admin/pages/add/articles/articlepage/{index.pk}/"))

    assert page.select_one("[data-readiness-summary]").text == "Not written yet."
    assert page.select_one("[data-readiness] textarea") is None
