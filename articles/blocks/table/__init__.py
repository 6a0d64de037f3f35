"""A table to compare things."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from articles import markdown
from articles.blocks.base import ArticleStructBlock


class TableBlock(ArticleStructBlock):
    """Rows and columns with a caption. On a narrow screen each row becomes a card that names its columns."""

    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text"), required=False))],
        label=_("Table"),
        help_text=_("Without column headings the table has no header row."),
    )
    header_column = blocks.BooleanBlock(
        label=_("The first column names the row"),
        required=False,
        default=True,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Evidence")
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
        headings = [column["heading"] for column in value["table"].columns]
        context["headings"] = headings if any(headings) else []
        context["rows"] = [
            [{"heading": heading, "text": cell} for heading, cell in zip(headings, row["values"], strict=True)]
            for row in value["table"].row_data
        ]
        return context

    def lacks(self, value: blocks.StructValue) -> list[str]:
        """Return "caption" and "header" where the table has none."""
        table = value["table"]
        has_header = bool(table) and any(column["heading"] for column in table.columns)
        return [name for name, has in (("caption", table and table.caption), ("header", has_header)) if not has]

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the caption in bold, and the table."""
        table = value["table"]
        headings = [markdown.escaped(column["heading"] or "") for column in table.columns]
        rows = [[markdown.escaped(str(cell or "")) for cell in row["values"]] for row in table.row_data]
        return markdown.together(markdown.strong(table.caption or ""), markdown.table(headings, rows))
