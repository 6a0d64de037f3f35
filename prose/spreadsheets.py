"""Tables as CSV (RFC 4180) in which a spreadsheet finds words and numbers, and no formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA = frozenset("=+-−@")
"""What a formula begins with, in any width (https://owasp.org/www-community/attacks/CSV_Injection)."""

UNSEEN = ("Z", "C")
"""Categories of characters that some programs skip before they look for a formula: spaces, controls, marks."""


class _Line:
    """A file for `csv.writer` that hands each line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(cell: object) -> str:
    """Return `cell` as text; what a spreadsheet could take for a formula gets an apostrophe in front. Numbers do not.

    Whitespace, controls and quotes before the first character do not hide it.
    """
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float):
        return text
    first = next(
        (letter for letter in text if letter not in "\"'" and unicodedata.category(letter)[0] not in UNSEEN), ""
    )
    is_formula = unicodedata.normalize("NFKC", first)[:1] in FORMULA if first else False
    return f"'{text}" if is_formula or text[:1] in ("\t", "\r", "\n") else text


class SafeExportMixin(SpreadsheetExportMixin):
    """Wagtail's export of a listing or a report, whose CSV holds no formula; its XLSX stores texts as texts."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return `value` as Wagtail writes it; in CSV, as text that no spreadsheet takes for a formula."""
        written = super().preprocess_field_value(field, value, export_format)
        return safe_cell(written) if export_format == self.FORMAT_CSV else written


def csv_answer(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Return `rows` below `header` as a file to keep, sent line by line."""
    answer = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    # The mark by which Excel knows UTF-8.
    yield "\ufeff" + writer.writerow(map(safe_cell, header))
    for row in rows:
        yield writer.writerow(map(safe_cell, row))
