"""What the editor's form refuses to publish, where it says so, and what it keeps."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import ArticleIndexPage, ArticlePage, Waiver
from tests.articles.editor.posting import QUOTE_ID, article_form, quote, signed_in
from tests.articles.test_body import CRASH

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "action-publish"}


def edit(article: ArticlePage) -> str:
    return f"/admin/pages/{article.pk}/edit/"


def add() -> str:
    return f"/admin/pages/add/articles/articlepage/{ArticleIndexPage.objects.get().pk}/"


def panel(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").select_one("[data-readiness]")


def reason_fields(answer) -> list[str]:
    return [field["name"] for field in panel(answer).select("textarea")]


class TestRefusedPublication:
    def test_error_is_said_at_its_block_and_in_the_panel_and_nothing_typed_is_lost(self, editor, make_article):
        draft = make_article(live=False)
        answer = signed_in(editor).post(edit(draft), article_form(draft, quote("TODO: what she said.")) | PUBLISH)

        assert answer.status_code == 200
        form = answer.context["form"]
        [refusal] = form.errors.as_data()["body"]
        assert refusal.as_json_data()["blockErrors"][0]["messages"] == [
            "“TODO” is a placeholder: something was to come here."
        ]
        assert panel(answer).select_one(f"a[href='#block-{QUOTE_ID}-section']").text == "Go to “Quote, block 1”"
        assert "TODO: what she said." in answer.content.decode()
        assert not ArticlePage.objects.get(pk=draft.pk).live

    def test_error_in_a_field_is_said_at_the_field(self, editor, make_article):
        draft = make_article(live=False)

        answer = signed_in(editor).post(edit(draft), article_form(draft, summary="TK") | PUBLISH)

        assert answer.context["form"].errors["summary"] == ["“TK” is a placeholder: something was to come here."]
        assert panel(answer).select_one("a[href='#id_summary']")

    def test_unfinished_block_is_in_the_panel_too(self, editor, make_article):
        draft = make_article(live=False)

        answer = signed_in(editor).post(edit(draft), article_form(draft, quote("")) | PUBLISH)

        assert f"#block-{QUOTE_ID}-section" in [link["href"] for link in panel(answer).select("a")]

    def test_new_article_is_not_made(self, editor):
        answer = signed_in(editor).post(add(), article_form(None, quote("TODO")) | PUBLISH)

        assert answer.status_code == 200
        assert not ArticlePage.objects.exists()

    def test_draft_with_the_same_errors_is_saved(self, editor, make_article):
        draft = make_article(live=False)

        answer = signed_in(editor).post(edit(draft), article_form(draft, quote(""), summary="TK"))

        assert answer.status_code == 302
        assert draft.revisions.latest("pk").as_object().summary == "TK"


class TestWarnings:
    @pytest.fixture(autouse=True)
    def _warnings_hold_up(self, settings):
        settings.WARNINGS_NEED_A_REASON = True

    def test_article_is_published_once_each_has_a_reason(self, editor, make_article):
        draft = make_article(live=False)
        client = signed_in(editor)

        refused = client.post(edit(draft), article_form(draft) | PUBLISH)
        reasons = dict.fromkeys(reason_fields(refused), "It is a test.")
        assert reasons
        assert client.post(edit(draft), article_form(draft) | PUBLISH | reasons).status_code == 302

        assert ArticlePage.objects.get(pk=draft.pk).live
        kept = set(Waiver.objects.values_list("article", "reason", "waived_by"))
        assert kept == {(draft.pk, "It is a test.", editor.pk)}
        assert Waiver.objects.count() == len(reasons)

    def test_new_article_is_published_with_its_reasons(self, editor):
        client = signed_in(editor)
        refused = client.post(add(), article_form() | PUBLISH)
        assert not ArticlePage.objects.exists()

        answer = client.post(add(), article_form() | PUBLISH | dict.fromkeys(reason_fields(refused), "It is a test."))

        assert answer.status_code == 302
        assert ArticlePage.objects.get().live

    def test_one_without_a_reason_holds_up_and_the_other_reason_stays_typed(self, editor, make_article):
        draft = make_article(live=False)
        client = signed_in(editor)
        first, *others = reason_fields(client.get(edit(draft)))

        answer = client.post(edit(draft), article_form(draft) | PUBLISH | {first: "Only this."})

        assert others
        assert not ArticlePage.objects.get(pk=draft.pk).live
        assert panel(answer).select_one(f"textarea[name={first}]").text == "Only this."

    def test_errors_are_not_waived(self, editor, make_article):
        draft = make_article(live=False)
        client = signed_in(editor)
        refused = client.post(edit(draft), article_form(draft, summary="TK") | PUBLISH)
        reasons = dict.fromkeys(reason_fields(refused), "It is a test.")

        client.post(edit(draft), article_form(draft, summary="TK") | PUBLISH | reasons)

        assert not ArticlePage.objects.get(pk=draft.pk).live

    def test_reason_is_kept_with_a_draft_saved_by_hand_and_not_by_an_autosave(self, editor, make_article):
        draft = make_article(live=False)
        client = signed_in(editor)
        first = reason_fields(client.get(edit(draft)))[0]

        saved = client.post(
            edit(draft), article_form(draft) | {first: "Half a sen"}, headers={"Accept": "application/json"}
        )
        assert saved.json()["success"]
        assert not Waiver.objects.exists()
        client.post(edit(draft), article_form(draft) | {first: "A whole sentence."})

        assert Waiver.objects.get().reason == "A whole sentence."


def test_string_that_breaks_parsers_is_typed_saved_and_found(editor, make_article):
    draft = make_article(live=False)
    crash = f"vinegar {CRASH} after"
    fields = article_form(draft, quote(crash), title=f"Crash {CRASH}", summary=crash)

    assert signed_in(editor).post(edit(draft), fields | PUBLISH).status_code == 302

    article = ArticlePage.objects.get(pk=draft.pk)
    assert article.live
    assert article.body[0].value["text"] == crash
    assert article.url in Client().get("/search/", {"q": "vinegar"}).content.decode()
