"""A table to compare things."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown, semantic
from articles.blocks.base import ArticleStructBlock
from articles.blocks.table.grid import GridBlock


class TableBlock(ArticleStructBlock):
    """Rows and columns with a caption. On a narrow screen each row becomes a card that names its columns."""

    table = GridBlock(label=_("Table"))
    header_column = blocks.BooleanBlock(
        label=_("The first column names the row"),
        required=False,
        default=True,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Evidence")
        rank = 32
        template = "blocks/table/block.html"
        label_format = _("Table")
        description = _("A table with a caption, a header row and a header column.")
        preview_value = {
            "table": {
                "caption": "Two kettles beside each other",
                "columns": [
                    {"type": "text", "heading": ""},
                    {"type": "text", "heading": "On the stove"},
                    {"type": "text", "heading": "Electric"},
                ],
                "rows": [
                    {"values": ["Whistles", "Yes", "No"]},
                    {"values": ["Stops by itself", "No", "Yes"]},
                ],
            },
            "header_column": True,
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the header cells (an empty list without a header row) and the rows of cells with their headings."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        table = value["table"]
        context["headings"] = table.headings if table.has_header else ()
        context["rows"] = [
            [{"heading": heading, "text": cell} for heading, cell in zip(table.headings, row, strict=True)]
            for row in table.rows
        ]
        return context

    def lacks(self, value: blocks.StructValue) -> list[str]:
        """Return "caption" and "header" where the table has none."""
        table = value["table"]
        return [name for name, has in (("caption", table.caption), ("header", table.has_header)) if not has]

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the caption in bold, and the table."""
        table = value["table"]
        rows = [[markdown.escaped(cell) for cell in row] for row in table.rows]
        headings = [markdown.escaped(heading) for heading in table.headings]
        return markdown.together(markdown.strong(table.caption), markdown.table(headings, rows))

    def html(self, value: blocks.StructValue) -> str:
        """Return the table with its caption, its head and the heads of its rows."""
        table = value["table"]
        return semantic.table(table.caption, table.headings, table.rows, header_column=bool(value["header_column"]))
