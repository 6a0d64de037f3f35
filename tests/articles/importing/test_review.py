"""A text that is pasted, reviewed block by block, and made a draft."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from articles.desk.importing.looking import look_at
from articles.models import ArticlePage, ImportItem, ImportRun
from articles.models.import_run import private_storage
from tests.articles.importing.conftest import TEXT, address, decide, paste, the_item

pytestmark = pytest.mark.django_db


def blocks(item: ImportItem) -> list[tuple[str, int, int]]:
    """Return the blocks of an item as it stands: kind, first line, last line."""
    item.refresh_from_db()
    recognized = look_at(item).recognized
    return [(found.kind, found.first, found.last) for found in recognized.blocks]


def shown(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


class TestSending:
    def test_text_leads_to_its_review(self, by_editor):
        response = paste(by_editor)

        item = the_item()
        assert response.url == address(item)
        page = shown(by_editor.get(response.url))
        lines = [line.select_one("span[dir]").text for line in page.select(".import-line")]
        assert lines == [line for line in TEXT.splitlines() if line]
        assert [row["id"] for row in page.select("[data-block]")] == ["line-3", "line-5", "line-7", "line-9"]

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, "Paste a text, or choose a file."),
            ({"text": "  \n "}, "Paste a text, or choose a file."),
            ({"text": "A\0B"}, "Null characters are not allowed."),
        ],
    )
    def test_bad_input_comes_back_in_the_form(self, by_editor, fields, sentence):
        response = by_editor.post("/admin/articles/import/", fields | {"author": "Ada Brook"})

        assert response.status_code == 422
        assert sentence in shown(response).text
        assert shown(response).select_one("[name=author]")["value"] == "Ada Brook"
        assert not ImportRun.objects.exists()

    def test_file_that_cannot_be_read_leaves_nothing_behind(self, by_editor):
        response = paste(by_editor, "x" * 120_000 + "\n" * 30_000 + "x")

        assert response.status_code == 422
        assert "lines" in shown(response).select_one(".w-field__errors, .error-message").text
        assert not ImportRun.objects.exists()

    def test_text_without_a_title_gets_one(self, by_editor):
        paste(by_editor, "- Steam needs a way out.\n- A narrow one makes it sing.")
        item = the_item()

        refused = shown(by_editor.get(address(item)))
        decide(by_editor, item, "details", title="Why Kettles Whistle")

        assert refused.select_one("[data-make]") is None
        assert blocks(item)[0][1:] == (3, 4)
        assert look_at(item).recognized.title == "Why Kettles Whistle"


class TestDeciding:
    @pytest.fixture
    def item(self, by_editor) -> ImportItem:
        paste(by_editor)
        return the_item()

    def test_kind_is_changed_and_comes_back_by_undo(self, by_editor, item):
        before = blocks(item)

        decide(by_editor, item, "as", 7, 7, kind="quote")
        assert ("quote", 7, 7) in blocks(item)

        decide(by_editor, item, "undo")
        assert blocks(item) == before

    def test_blocks_are_merged_and_split(self, by_editor, item):
        decide(by_editor, item, "merge", 3, 3)
        assert blocks(item)[0] == ("text", 3, 5)

        decide(by_editor, item, "split:5", 3, 5)
        assert blocks(item)[:2] == [("text", 3, 3), ("text", 5, 5)]

    def test_what_is_left_out_is_still_shown_and_comes_back(self, by_editor, item):
        before = blocks(item)
        decide(by_editor, item, "drop", 7, 7)

        item.refresh_from_db()
        left_out = shown(by_editor.get(address(item))).select_one("#line-7")
        assert "Left out by an editor" in left_out.text
        assert look_at(item).recognized.words.lost == ()

        decide(by_editor, item, "bring_back", 7, 7)
        assert blocks(item) == before

    def test_columns_are_split_by_hand(self, by_editor, item):
        page = shown(by_editor.get(address(item, "columns/9-12/")))
        assert [word.text for word in page.select(".import-words")[1].select("bdi")] == ["Copper", "Heats", "fast"]

        cuts = ["9-1", "10-1", "10-2", "11-1", "12-1"]
        decide(by_editor, item, "cut", 9, 12, cut=cuts)

        item.refresh_from_db()
        table = look_at(item).recognized.blocks[-1].value["table"]
        assert [column["heading"] for column in table["columns"]] == ["Kettle", "Material", ""]
        assert table["rows"][0]["values"] == ["Copper", "Heats", "fast"]

    def test_second_editor_is_told_what_the_first_decided(self, by_editor, admin, as_user, item):
        decide(by_editor, item, "as", 7, 7, kind="quote")

        response = decide(as_user(admin), item, "drop", 7, 7)

        assert response.status_code == 409
        assert "editor has decided meanwhile: “Lines 7 to 7: Quote”" in shown(response).text
        assert ("quote", 7, 7) in blocks(item)

    @pytest.mark.parametrize(
        ("do", "first", "last", "fields"),
        [
            ("as", 7, 7, {"kind": "no-such-kind"}),
            ("as", 7, 8, {"kind": "tip"}),
            ("split:99", 3, 3, {}),
            ("merge", 9, 12, {}),
            ("drop", 1, 1, {}),
            ("cut", 9, 12, {"cut": ["9-0", "x-1"]}),
            ("no-such-decision", 3, 3, {}),
        ],
    )
    def test_what_cannot_be_decided_is_told_and_changes_nothing(self, by_editor, item, do, first, last, fields):
        response = decide(by_editor, item, do, first, last, **fields)

        assert response.status_code == 422
        item.refresh_from_db()
        assert item.version == 1


class TestMaking:
    def test_draft_has_what_was_decided_and_the_report_stays(self, by_editor, editor):
        paste(by_editor)
        item = the_item()
        stored = item.run.file.name
        decide(by_editor, item, "drop", 7, 7)
        item.refresh_from_db()
        decide(by_editor, item, "details", title="Why They Whistle", author="Ada Brook", topic="")
        item.refresh_from_db()

        response = decide(by_editor, item, "make")

        article = ArticlePage.objects.get()
        draft = article.get_latest_revision_as_object()
        item.refresh_from_db()
        assert response.url == f"/admin/pages/{article.pk}/edit/"
        assert (draft.title, article.live, article.owner) == ("Why They Whistle", False, editor)
        assert [person.author.title for person in draft.contributors.all()] == ["Ada Brook"]
        assert [block.block_type for block in draft.body] == ["text", "tip", "table"]
        assert (item.state, item.run.state) == ("created", "finished")
        assert "The whistle is a resonance" in shown(by_editor.get(address(item))).text
        assert by_editor.get(response.url).status_code == 200
        assert stored

    def test_upload_is_deleted_when_all_is_done(self, by_editor, django_capture_on_commit_callbacks):
        paste(by_editor)
        item = the_item()
        stored = item.run.file.name
        assert private_storage().exists(stored)

        with django_capture_on_commit_callbacks(execute=True):
            decide(by_editor, item, "make")

        assert not private_storage().exists(stored)

    def test_same_text_again_changes_nothing(self, by_editor):
        for _time in range(2):
            paste(by_editor)
            decide(by_editor, ImportItem.objects.order_by("-pk").first(), "make")

        assert ArticlePage.objects.count() == 1
        assert ImportItem.objects.order_by("-pk").first().state == "unchanged"

    def test_twice_makes_one_article(self, by_editor):
        paste(by_editor)
        item = the_item()

        answers = [decide(by_editor, item, "make").status_code for _time in range(2)]

        assert answers == [302, 409]
        assert ArticlePage.objects.count() == 1
