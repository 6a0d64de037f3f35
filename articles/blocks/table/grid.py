"""What a table holds, and the field in which an editor writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import CharBlockComparison

from articles.blocks.table.widget import GridInput
from articles.description import Description, Schema, describe

MOST_COLUMNS = 30
MOST_ROWS = 500
LONGEST_TEXT = 2_000
"""Characters in a cell, a heading or the caption."""
MOST_CHARACTERS = 200_000
MOST_FILLED = 1_000_000
"""Cells. A few long rows among many short ones would fill the memory; beyond it they stay the text that they are."""

UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Controls and halves of characters, which no database and no page takes."""


@dataclass(frozen=True)
class Table:
    """Plain text in rows and columns: each row has as many cells as there are headings."""

    caption: str = ""
    headings: tuple[str, ...] = ()
    """Those of the columns. Where all are empty there is no header row."""
    rows: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        """Return the words as lines, cells parted by tabs."""
        lines = (self.caption, *("\t".join(cells) for cells in (self.headings, *self.rows)))
        return "\n".join(line for line in lines if line.strip())

    @property
    def texts(self) -> list[str]:
        """Everything that is written in it, in reading order."""
        cells = (cell for row in (self.headings, *self.rows) for cell in row)
        return [text for text in (self.caption, *cells) if text]

    @property
    def has_header(self) -> bool:
        """Whether a column has a heading."""
        return any(self.headings)

    def trimmed(self) -> Table:
        """Return it without the rows at its end, and the columns at its side, in which nothing is written."""
        width = max(
            (number for row in (self.headings, *self.rows) for number, cell in enumerate(row, 1) if cell), default=0
        )
        height = max((number for number, row in enumerate(self.rows, 1) if any(row)), default=0)
        rows = tuple(row[:width] for row in self.rows[:height])
        return replace(self, headings=self.headings[:width], rows=rows)


def read(stored: Any) -> Table:
    """Return the table that `stored` describes: JSON of the shape that `written` returns.

    Never raises. What has another shape is kept as text: short rows are filled up, long ones get columns of their own.
    """
    parts = stored if isinstance(stored, dict) else {"rows": stored or None}
    headings = [_text(each.get("heading") if isinstance(each, dict) else each) for each in _list(parts.get("columns"))]
    rows = [
        [_text(cell) for cell in _list(each.get("values") if isinstance(each, dict) else each)]
        for each in _list(parts.get("rows"))
    ]
    width = max(len(cells) for cells in (headings, *rows))
    if width * len(rows) > MOST_FILLED:
        headings, rows, width = [], [[_text(stored)]], 1
    return Table(
        caption=_text(parts.get("caption")),
        headings=_filled(headings, width),
        rows=tuple(_filled(row, width) for row in rows),
    )


def written(table: Table) -> dict[str, Any]:
    """Return `table` as it is stored: `{"caption", "columns": [{"type", "heading"}], "rows": [{"values"}]}`."""
    return {
        "caption": table.caption,
        "columns": [{"type": "text", "heading": heading} for heading in table.headings],
        "rows": [{"values": list(row)} for row in table.rows],
    }


class GridBlock(blocks.FieldBlock):
    """A table of plain text, written in a grid of cells."""

    def __init__(self, *, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        most = {"columns": MOST_COLUMNS, "rows": MOST_ROWS, "text": LONGEST_TEXT}
        self.field = forms.CharField(required=required, help_text=help_text, widget=GridInput(most))
        super().__init__(**kwargs)

    def normalize(self, value: Any) -> Table:
        """Return `value`, a table or its JSON, as a table."""
        return value if isinstance(value, Table) else read(value)

    def to_python(self, value: Any) -> Table:
        """Return the table that is stored as `value`."""
        return read(value)

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Return what is stored of the table `value`."""
        return written(self.normalize(value))

    def value_for_form(self, value: Any) -> str:
        """Return the table `value` as the text that the grid sends."""
        return json.dumps(self.get_prep_value(value), ensure_ascii=False)

    def value_from_form(self, value: Any) -> Table:
        """Return the table that the grid sent; of what is no JSON, a table with that text in it."""
        try:
            return read(json.loads(value or "null"))
        except (ValueError, RecursionError):
            return read([value])

    def clean(self, value: Table) -> Table:
        """Return the table without its empty end; refuse one over the limits, and outside of a draft an empty one."""
        table = value.trimmed()
        if problem := _over_limit(table):
            raise ValidationError(problem)
        if self.required and not table.rows:
            raise ValidationError(_("Write something into the table, or delete it."), code="required")
        return table

    def get_searchable_content(self, value: Table) -> list[str]:
        """Return all that is written in the table."""
        return value.texts

    def get_comparison_class(self) -> type[CharBlockComparison]:
        """Compare tables as texts: rows are lines."""
        return CharBlockComparison

    class Meta:
        icon = "table"


@describe.register(GridBlock)
def _described(block: GridBlock) -> Description:
    def data(table: Table) -> dict[str, Any]:
        return {
            "caption": table.caption,
            "columns": [{"heading": heading} for heading in table.headings],
            "rows": [list(row) for row in table.rows],
        }

    def schema() -> Schema:
        text = {"type": "string"}
        column = {"type": "object", "properties": {"heading": text}, "required": ["heading"]}
        properties = {
            "caption": text,
            "columns": {"type": "array", "items": column | {"additionalProperties": False}},
            "rows": {"type": "array", "items": {"type": "array", "items": text}},
        }
        return {
            "type": "object",
            "properties": properties,
            "required": [*properties],
            "additionalProperties": False,
        }

    return Description(data=data, schema=schema)


def _over_limit(table: Table) -> str:
    """Return why `table` is too large, in a sentence with what to do about it; else nothing."""
    if len(table.headings) > MOST_COLUMNS:
        return _("This table has %(number)s columns; up to %(most)s are possible. Split it in two.") % {
            "number": len(table.headings),
            "most": MOST_COLUMNS,
        }
    if len(table.rows) > MOST_ROWS:
        return _("This table has %(number)s rows; up to %(most)s are possible. Split it in two.") % {
            "number": len(table.rows),
            "most": MOST_ROWS,
        }
    longest = max(table.texts, key=len, default="")
    if len(longest) > LONGEST_TEXT:
        return _("“%(start)s…” is too long for a table: up to %(most)s characters are possible in a cell.") % {
            "start": longest[:40],
            "most": LONGEST_TEXT,
        }
    if sum(map(len, table.texts)) > MOST_CHARACTERS:
        return _("This table has more than %(most)s characters. Split it in two.") % {"most": MOST_CHARACTERS}
    return ""


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        try:
            value = json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            value = "…"
    return UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ").strip()


def _filled(cells: Iterable[str], width: int) -> tuple[str, ...]:
    found = tuple(cells)
    return found + ("",) * (width - len(found))
