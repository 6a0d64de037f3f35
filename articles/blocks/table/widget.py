"""The grid of cells in the admin: what its scripts (`editor.js` and its parts) are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

SCRIPTS = ("clipboard", "sheet", "phone", "editor")


class GridInput(forms.HiddenInput):
    """A hidden field that holds the table as JSON; the script puts a grid before it."""

    input_type = "hidden"
    is_hidden = False  # its label and its errors are shown

    def __init__(self, most: dict[str, int], attrs: dict[str, Any] | None = None) -> None:
        self.most = most
        super().__init__(attrs)

    @cached_property
    def media(self) -> forms.Media:
        """Return the scripts and the styles of the grid."""
        return forms.Media(
            js=[versioned_static(f"blocks/table/{name}.js") for name in SCRIPTS],
            css={"all": [versioned_static("blocks/table/editor.css")]},
        )


class GridInputAdapter(WidgetAdapter):
    """Hands the widget to the script."""

    js_constructor = "articles.TableGrid"

    def js_args(self, widget: GridInput) -> list[Any]:
        """Return the limits, the stylesheets of the phone preview, and every sentence that the grid may say."""
        return [widget.most, [static("bundles/site.css"), static("bundles/article.css")], sentences()]


def sentences() -> dict[str, str]:
    """Return what the grid may say. `{0}`, `{1}` are numbers."""
    return {
        "caption": _("Caption"),
        "captionHelp": _("What the table shows, in a line. It is needed before the article is published."),
        "firstRow": _("The first row holds the headings"),
        "header": _("The headings changed."),
        "grid": _("Cells of the table"),
        "row": _("Row"),
        "column": _("Column"),
        "table": _("Table"),
        "heading": _("Heading of column {0}"),
        "cell": _("Row {0}, column {1}"),
        "addRow": _("Add row"),
        "rowUp": _("Move row up"),
        "rowDown": _("Move row down"),
        "deleteRow": _("Delete row"),
        "addColumn": _("Add column"),
        "columnBack": _("Move column back"),
        "columnForth": _("Move column forth"),
        "deleteColumn": _("Delete column"),
        "undo": _("Undo"),
        "phone": _("Phone preview"),
        "phoneTitle": _("The table on a phone"),
        "help": _("Keys and pasting"),
        "keys": "\n".join(
            [
                _("Tab, Shift+Tab: next and previous cell"),
                _("Enter: the cell below; after the last row, a new one"),
                _("Shift+Enter: a new line in the cell"),
                _("Alt+arrow: move the row or the column"),
                _("Alt+Shift+arrow: add a row or a column on that side"),
                _("Alt+Delete: delete the row; Alt+Shift+Delete: the column"),
                _("Ctrl+Z: undo"),
                _("Escape: to the buttons above the cells"),
                _("Paste from Excel, Sheets, Word or a web page: the cells begin where the cursor is."),
            ]
        ),
        "pasted": _("Pasted: {0} rows, {1} columns."),
        "tooManyRows": _("Nothing was changed: it would make {0} rows, and a table has {1} at most."),
        "tooManyColumns": _("Nothing was changed: it would make {0} columns, and a table has {1} at most."),
        "tooLong": _("Nothing was changed: a cell would hold {0} characters, and {1} are possible."),
        "moved": _("Moved."),
        "added": _("Added."),
        "rowDeleted": _("Row deleted. Undo brings it back."),
        "columnDeleted": _("Column deleted. Undo brings it back."),
        "undone": _("Undone."),
    }


register(GridInputAdapter(), GridInput)
