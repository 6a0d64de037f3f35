"""No cell of a file is a formula, whoever wrote it."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from prose.spreadsheets import SafeExportMixin, csv_answer, safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            '"=1',
            "'=1",
            "\u00a0=1",
            "\ufeff=1",
            "\u200b=1",
        ),
        *("＝1", "＋1", "－1", "＠A", "−1", "﹢1", "=cmd|' /C calc'!A0"),
        *("\tplain", "\rplain"),
    ],
)
def test_what_a_spreadsheet_could_take_for_a_formula_gets_an_apostrophe(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Ruth", "a=1", "3 - 2", "", "“Quoted”", "ß", "12 %"])
def test_other_words_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


def test_numbers_stay_numbers():
    assert [safe_cell(-1), safe_cell(-0.5), safe_cell(None)] == ["-1", "-0.5", ""]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_file_has_every_cell_in_its_place(cells):
    text = b"".join(csv_answer("file", ["a", "b"], cells)).decode("utf-8-sig", "surrogatepass")

    read = list(csv.reader(StringIO(text, newline="")))
    assert read == [["a", "b"], *([safe_cell(cell) for cell in row] for row in cells)]


@pytest.mark.parametrize(("export_format", "written"), [("csv", "'=1+1"), ("xlsx", "=1+1")])
def test_export_of_wagtail_is_safe_too(export_format, written):
    """Wagtail itself stores texts as texts in XLSX, where an apostrophe would be shown."""
    assert issubclass(SafeExportMixin, SpreadsheetExportMixin)
    assert SafeExportMixin().preprocess_field_value("title", "=1+1", export_format) == written
