"""An editor writes a table: pasted from elsewhere, by keyboard alone, with nothing lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Locator, Page, expect

from articles.blocks.table.grid import MOST_ROWS
from articles.models import ArticlePage
from tests.browser.test_readers_and_moderators import sign_in

CLIPBOARD = Path(__file__).with_name("clipboard")
PASTE = """
([html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}
"""


def copied_from(program: str) -> str:
    """Return what `program` puts on the clipboard as HTML when cells are copied."""
    return (CLIPBOARD / f"{program}.html").read_text(encoding="utf-8")


# What is on the clipboard


@pytest.fixture(scope="module")
def reading(browser):
    """An empty page with nothing but the script that reads the clipboard."""
    page = browser.new_page()
    page.add_script_tag(path=finders.find("blocks/table/clipboard.js"))
    yield page
    page.close()


@pytest.mark.parametrize(
    ("program", "rows", "has_header", "caption"),
    [
        pytest.param(
            "excel",
            [
                ["Kettle", "Minutes", "Minutes"],
                ["On the stove", "9", "with\nlid"],
                ["On the stove", "A note that hangs over", ""],
            ],
            False,
            "",
            id="Excel, whose merged cells stand in every place that they span",
        ),
        pytest.param(
            "sheets",
            [["Tea", "Steeps for"], ["Green & white", "2–3 min\nbelow 80 °C"], ["Black", "4 min"]],
            False,
            "",
            id="Sheets, whose line breaks stay",
        ),
        pytest.param(
            "word",
            [["Sign", "What to do"], ["No whistle", "Wait\nUse vinegar"]],
            True,
            "",
            id="Word, whose paragraphs are lines, without its bullets",
        ),
        pytest.param(
            "page",
            [["", "Stove", "Electric"], ["Whistles", "Yes", "No"], ["Parts", "Spout\nLid", "Cord\nPlug"]],
            True,
            "Kettles compared",
            id="a web page, with its caption and without its scripts",
        ),
    ],
)
def test_table_is_read_from(reading, program, rows, has_header, caption):
    read = reading.evaluate("html => window.pastedTable(html, '')", copied_from(program))

    assert read == {"rows": rows, "hasHeader": has_header, "caption": caption}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\t"with a\ttab"\n"say ""hum"""\tb', [["two\nlines", "with a tab"], ['say "hum"', "b"]]),
        ('5" wide\t"unclosed\n\t\nx\ty\t\n\n', [['5" wide', '"unclosed'], ["", ""], ["x", "y"]]),
        ("no tabs\nin here", None),
        ("", None),
        ("\t\t\n\t", None),
    ],
    ids=["lines", "quotes", "stray quotes and empty ends", "a text", "nothing", "empty cells alone"],
)
def test_text_with_tabs_is_a_table_and_any_other_is_none(reading, text, rows):
    read = reading.evaluate("text => window.pastedTable('', text)", text)

    assert (read and read["rows"]) == rows


# The grid


@pytest.fixture
def open_grid(open_page, editor, make_article):
    """Return a function that opens an article with an empty table, and returns its grid."""

    def open_grid(**options) -> Locator:
        article = make_article(
            "Kettles", live=False, body=[{"type": "table", "value": {"table": {}, "header_column": True}}]
        )
        page = open_page(f"/admin/pages/{article.pk}/edit/", **options)
        sign_in(page, "editor")
        grid = page.locator(".table-grid")
        grid.wait_for()
        return grid

    return open_grid


def cell(grid: Locator, row: int, column: int) -> Locator:
    return grid.get_by_label(f"Row {row}, column {column}", exact=True)


def texts(grid: Locator) -> list[list[str]]:
    """Return what the grid shows, its headings first."""
    return grid.locator("tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.firstChild.value))"
    )


def paste(grid: Locator, html: str = "", text: str = "") -> None:
    grid.page.evaluate(PASTE, [html, text])


def saved(page: Page) -> dict:
    """Save the draft and return the table that it holds."""
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")
    return ArticlePage.objects.get(title="Kettles").get_latest_revision_as_object().body.raw_data[0]["value"]["table"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_table_is_written_moved_and_undone_by_keyboard_alone(open_grid):
    grid = open_grid()
    keys = grid.page.keyboard
    grid.get_by_label("Heading of column 1").focus()
    for key in ("Kettle", "Tab", "Minutes", "Enter", "9", "Enter", "4", "Alt+ArrowUp", "Alt+ArrowLeft"):
        keys.press(key) if key in ("Tab", "Enter") or key.startswith("Alt") else keys.type(key)
    assert texts(grid) == [["Minutes", "Kettle", ""], ["4", "", ""], ["9", "", ""], ["", "", ""]]
    expect(cell(grid, 1, 1)).to_be_focused()

    keys.press("Alt+Delete")
    assert texts(grid)[1] == ["9", "", ""]
    expect(grid.get_by_role("status")).to_have_text("Row deleted. Undo brings it back.")
    keys.press("Control+z")
    keys.press("Alt+Shift+ArrowDown")
    keys.type("new")
    keys.press("Alt+Shift+ArrowRight")
    assert texts(grid)[1:4] == [["4", "", "", ""], ["new", "", "", ""], ["9", "", "", ""]]
    keys.press("Alt+Shift+Delete")
    keys.press("Escape")
    expect(grid.get_by_role("button", name="Add row")).to_be_focused()

    assert saved(grid.page) == {
        "caption": "",
        "columns": [{"type": "text", "heading": "Minutes"}, {"type": "text", "heading": "Kettle"}],
        "rows": [{"values": ["4", ""]}, {"values": ["new", ""]}, {"values": ["9", ""]}],
    }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pasted_table_grows_the_grid_keeps_its_headings_and_can_be_undone(open_grid):
    grid = open_grid()
    cell(grid, 1, 1).click()
    paste(grid, copied_from("page"))
    assert texts(grid) == [["", "Stove", "Electric"], ["Whistles", "Yes", "No"], ["Parts", "Spout\nLid", "Cord\nPlug"]]
    expect(grid.get_by_label("Caption")).to_have_value("Kettles compared")

    cell(grid, 2, 3).click()
    paste(grid, text="1\t2\n3\t4")
    assert texts(grid)[2:] == [["Parts", "Spout\nLid", "1", "2"], ["", "", "3", "4"]]
    cell(grid, 1, 1).click()
    paste(grid, text="x\ty\n" * (MOST_ROWS + 1))
    expect(grid.get_by_role("status")).to_contain_text("Nothing was changed")
    assert len(texts(grid)) == 4

    grid.get_by_role("button", name="Undo").click()
    grid.get_by_role("checkbox").uncheck()
    assert texts(grid)[0] == ["", "Stove", "Electric"]  # a row like the others now
    assert saved(grid.page)["rows"][0]["values"] == ["", "Stove", "Electric"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_phone_preview_stacks_the_rows_as_the_site_does(open_grid):
    grid = open_grid()
    cell(grid, 1, 1).click()
    paste(grid, copied_from("page"))
    grid.get_by_role("button", name="Phone preview").click()
    phone = grid.get_by_title("The table on a phone").content_frame

    expect(phone.get_by_role("rowheader", name="Whistles")).to_be_visible()
    expect(phone.locator("td").first).to_have_css("display", "grid")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_axe_finds_nothing_in_the_grid(open_grid, color_scheme):
    grid = open_grid(color_scheme=color_scheme)
    grid.get_by_text("Keys and pasting").click()
    cell(grid, 1, 1).click()
    paste(grid, text="1\t2\n3\t4")

    found = Axe().run(grid.page, context={"include": [[".table-grid"]]})
    assert found.response["violations"] == []
