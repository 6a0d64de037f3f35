"""What a table keeps, repairs and refuses, whoever wrote it."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.blocks.registry import kinds
from articles.blocks.table.grid import (
    LONGEST_TEXT,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    GridBlock,
    Table,
    read,
    written,
)

STORED = {
    "caption": "Two kettles",
    "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "Minutes"}],
    "rows": [{"values": ["Stove", "9"]}, {"values": ["Electric", "4"]}],
}
TABLE = Table("Two kettles", ("", "Minutes"), (("Stove", "9"), ("Electric", "4")))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.sampled_from([*STORED, "values", "x"]), parts),
)


def grid() -> GridBlock:
    return kinds()["table"].child_blocks["table"]


def test_stored_table_is_read_and_written_as_it_always_was():
    assert read(STORED) == TABLE
    assert written(TABLE) == STORED


@given(anything)
def test_no_json_breaks_the_reading_and_what_was_read_stays_the_same(stored):
    table = read(stored)

    assert {len(row) for row in table.rows} <= {len(table.headings)}
    assert read(json.loads(json.dumps(written(table)))) == table


@pytest.mark.parametrize(
    ("stored", "headings", "rows"),
    [
        ({"columns": [{"heading": "A"}], "rows": [{"values": ["1", "2"]}, {}]}, ("A", ""), (("1", "2"), ("", ""))),
        ({"columns": ["A", None], "rows": [[1, True], "x"]}, ("A", ""), (("1", "true"), ("x", ""))),
        ({"columns": 7, "rows": {"values": [{"deep": [1]}]}}, ("7",), (('{"deep": [1]}',),)),
        ("a text", ("",), (("a text",),)),
        ({"rows": [{"values": ["a\x00b\ud800", " c\r\nd\te "]}]}, ("", ""), (("ab", "c\nd e"),)),
    ],
    ids=["ragged rows", "other types", "other shapes", "no table at all", "what no database takes"],
)
def test_what_has_another_shape_is_kept_as_text(stored, headings, rows):
    table = read(stored)

    assert (table.headings, table.rows) == (headings, rows)


@pytest.mark.parametrize("sent", ["[" * 100_000, "{", '{"columns": NaN', "null", None, "", "[]"])
def test_grid_takes_whatever_a_form_sends(sent):
    table = grid().value_from_datadict({"table": sent} if sent is not None else {}, {}, "table")

    assert table.texts == ([sent] if sent and sent[0] in "[{" and sent != "[]" else [])


def test_a_few_long_rows_among_many_short_ones_do_not_fill_the_memory():
    table = read({"columns": [], "rows": [[], ["x"] * 20_000] + [[]] * 20_000})

    assert (len(table.headings), len(table.rows)) == (1, 1)
    with pytest.raises(ValidationError, match="too long for a table"):
        grid().clean(table)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (Table(headings=("x",) * (MOST_COLUMNS + 1)), "31 columns; up to 30"),
        (Table(headings=("",), rows=(("x",),) * (MOST_ROWS + 1)), "501 rows; up to 500"),
        (Table(headings=("",), rows=(("x" * (LONGEST_TEXT + 1),),)), "too long"),
        (Table(headings=("",), rows=(("x" * LONGEST_TEXT,),) * (MOST_CHARACTERS // LONGEST_TEXT + 1)), "200000 char"),
    ],
    ids=["columns", "rows", "a cell", "all in all"],
)
def test_too_much_is_refused_in_words_in_a_draft_too(table, sentence):
    block = grid()
    block.defer_required_validation()
    try:
        with pytest.raises(ValidationError, match=sentence):
            block.clean(table)
    finally:
        block.restore_deferred_validation()


def test_empty_table_is_a_draft_and_no_more():
    block = grid()
    with pytest.raises(ValidationError, match="Write something"):
        block.clean(Table(headings=("", ""), rows=(("", ""),)))
    block.defer_required_validation()
    try:
        assert block.clean(Table(headings=("", ""), rows=(("", ""),))) == Table()
    finally:
        block.restore_deferred_validation()


def test_rows_and_columns_that_nobody_filled_are_left_out_at_the_end_alone():
    table = Table("", ("A", "", ""), (("", "", ""), ("", "x", ""), ("", "", "")))

    assert grid().clean(table) == Table("", ("A", ""), (("", ""), ("", "x")))


def test_words_of_a_cell_are_no_markup_and_its_lines_stay_lines():
    block = kinds()["table"]
    value = block.to_python({"table": {**STORED, "rows": [{"values": ["<b>Stove</b>", "9\n10"]}]}})
    page = BeautifulSoup(block.render(value), "html.parser")

    assert page.select_one("tbody th").get_text() == "<b>Stove</b>"
    assert str(page.select_one("tbody td")) == '<td data-label="Minutes">9<br/>10</td>'
    assert "9 10 |" in block.markdown(value)


@pytest.mark.parametrize(
    ("caption", "heading", "lacks"),
    [("", "", ["caption", "header"]), ("Kettles", "A", []), ("Kettles", "", ["header"])],
)
def test_table_says_what_readers_miss(caption, heading, lacks):
    block = kinds()["table"]
    table = {"caption": caption, "columns": [{"heading": heading}], "rows": [["x"]]}

    assert block.lacks(block.to_python({"table": table})) == lacks
