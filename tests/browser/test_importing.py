"""“New article from…” by keyboard, without scripts, and as axe sees it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import ArticlePage, ImportItem, ImportRun
from tests.articles.importing.conftest import TEXT, zipped
from tests.browser.test_readers_and_moderators import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NEW = "/admin/articles/import/"
GOOGLE_DOCS = """<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">
<h1>Why Kettles Whistle</h1>
<p><span style="font-weight:400">Steam needs a way out.</span></p><h2>At Home</h2><ul><li>Lift the lid.</li>
<li>Wait.</li></ul></b>"""
PASTE = """(field, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


def violations(page: Page) -> list[object]:
    found = Axe().run(page, context="main").response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def at_line(number: int) -> re.Pattern[str]:
    return re.compile(f"#line-{number}$")


def kind_at(page: Page, number: int):
    return page.locator(f"#line-{number} .import-kind strong")


def test_paste_with_formatting_is_reviewed_by_keys(open_page, editor):
    page = open_page(NEW)
    sign_in(page, "editor")
    page.goto(NEW)
    field = page.get_by_label("Paste a text")
    field.evaluate(PASTE, GOOGLE_DOCS)
    expect(page.get_by_text("Pasted with formatting")).to_be_visible()
    page.get_by_role("button", name="Take the plain text only").click()
    expect(page.get_by_text("Pasted with formatting")).to_be_hidden()
    expect(field).to_be_focused()

    field.fill("Why Kettles Whistle")
    field.select_text()
    field.evaluate(PASTE, GOOGLE_DOCS)
    page.get_by_role("button", name="Read it").click()
    expect(kind_at(page, 1)).to_have_text("Title")
    kinds = [row.inner_text() for row in page.locator("[data-block] .import-kind strong").all()]
    assert kinds[:2] == ["Text", "Heading"]

    first = page.locator("[data-block]").first
    line = int(first.get_attribute("id").removeprefix("line-"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("t")
    expect(kind_at(page, line)).to_have_text("Tip")
    expect(page.locator(f"#line-{line}")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator(f"#line-{line}")).to_contain_text("Left out by an editor")
    expect(page.locator(f"#line-{line}")).to_be_focused()
    page.keyboard.press("u")
    expect(kind_at(page, line)).to_have_text("Tip")
    page.get_by_role("button", name="Make the draft").click()

    expect(page).to_have_url(re.compile("/edit/$"))
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert [block.block_type for block in draft.body][:2] == ["tip", "heading"]


def test_whole_way_without_scripts(open_page, editor):
    page = open_page(NEW, java_script_enabled=False)
    sign_in(page, "editor")
    page.goto(NEW)
    page.get_by_label("Paste a text").fill(TEXT)
    page.get_by_role("button", name="Read it").click()

    row = page.locator("#line-7")
    row.get_by_role("combobox").select_option("quote")
    row.get_by_role("button", name="Change").click()
    expect(page).to_have_url(at_line(7))
    expect(kind_at(page, 7)).to_have_text("Quote")
    page.locator("#line-9").get_by_role("link", name="Columns…").click()
    boxes = page.get_by_role("group", name="Line 9").get_by_role("checkbox")
    boxes.first.check()
    page.get_by_role("button", name="Make the table").click()
    expect(page.locator("#line-9 .import-shown thead")).to_have_text("KettleMaterial")
    page.get_by_role("button", name="Make the draft").click()

    expect(page.get_by_text("“Why Kettles Whistle” is a draft now.")).to_be_visible()
    assert ImportItem.objects.get().state == "created"


@pytest.mark.parametrize(("color_scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_is_cut_off(open_page, editor, color_scheme, width):
    page = open_page(NEW, color_scheme=color_scheme, viewport={"width": width, "height": 844})
    sign_in(page, "editor")

    def looks_right(where: str) -> None:
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where

    page.goto(NEW)
    looks_right("new")
    page.get_by_label("Paste a text").fill(f"{TEXT}\n\n★ 5.0 (40 reviews)\n")
    page.get_by_role("button", name="Read it").click()
    looks_right("review")
    page.locator("#line-9").get_by_role("link", name="Columns…").click()
    looks_right("columns")
    page.goto(NEW)
    page.get_by_label("Or upload a file").set_input_files(
        {"name": "kettles.zip", "mimeType": "application/zip", "buffer": zipped("# One\n\nText.", "# Two\n\nText.")}
    )
    page.get_by_role("button", name="Read it").click()
    looks_right("import")
    page.get_by_role("button", name="Make drafts of all 2 articles").click()
    expect(page.get_by_text("Finished.")).to_be_visible()
    page.get_by_role("link", name="One").click()
    looks_right("report")
    page.goto("/admin/articles/imports/")
    looks_right("imports")
    assert ImportRun.objects.count() == 2
