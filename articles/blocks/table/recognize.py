"""Recognizing tables: cells parted by tabs, bars or wide gaps, or by nothing but the shape of the rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from articles.exchange.columns import recovered_rows
from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.labels import Label
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import bare, made
from articles.exchange.source import Given

ORDER = 300

MOST_COLUMNS = 12
WIDEST = 30
"""Columns that a table may have that somebody cuts by hand."""
MOST_LINES = 500
MOST_LINES_WITHOUT_SIGNS = 40
LONGEST_CAPTION = 250
LONGEST_ROW = 220
MOST_WORDS_IN_NAME = 5

CAPTION = Label(r"table(?: ?\d{1,3}[a-z]?)?", colon=r"[*_]*\s?[:.–—-][*_]*\s+")
BAR = re.compile(r"(?<!\\)\|")
GAP = re.compile(r" {2,}")
SENTENCE_BEFORE_GAP = re.compile(r"[.!?][\"”’')]? {2}")
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER_FIRST = re.compile(r"[~<>≈±$€£¥+-]?\s?\d")
CONFIRM = "The text shows no column boundaries; they were recovered from the shape of the rows. Please confirm them."


@dataclass(frozen=True)
class _Reading:
    """The rows of a table as cells, the number of its last line, and what is known of its header."""

    rows: list[list[str]]
    last: int
    ruled: bool = False
    recovered: bool = False

    @property
    def header(self) -> list[str] | None:
        """The cells of the header: the first row, unless it holds the same sort of values as the others."""
        first, *others = self.rows
        if not any(first):
            return None
        return first if self.ruled or self.recovered or not _holds_values(first, others) else None

    @property
    def body(self) -> list[list[str]]:
        """The rows below the header."""
        return self.rows if self.header is None and any(self.rows[0]) else self.rows[1:]


def recognize(passage: Passage) -> Found | None:
    """Recognize a table, with the caption above it if that says "Table" or is marked by a colon before it."""
    start: Passage | None = passage
    caption = ""
    if passage.line.text.startswith(": ") and passage.below:
        caption, start = plain_line(passage.line.text[2:]), passage.following
    elif len(passage.line.text) <= LONGEST_CAPTION and (
        CAPTION.read(passage.line)
        or (passage.line.stands_out and _is_ruled(passage.following))
        or _stands_above_tabs(passage)
    ):
        caption, start = plain_line(passage.line.plain), passage.following
    if start is None or start.line.item or not _may_start(start, below_caption=bool(caption)):
        return None
    for read in (_with_bars, _with_tabs, _with_gaps, _without_signs):
        reading = read(start)
        if reading and reading.body:
            return _found(passage, caption, reading)
    return None


def _stands_above_tabs(passage: Passage) -> bool:
    """Whether the line is a short one that begins a paragraph, and rows with tabs follow directly: their title."""
    line = passage.line
    if not passage.opens or line.item or line.is_prose or "\t" in line.text or "|" in line.text:
        return False
    rows = passage.lines[passage.position + 1 : passage.position + 3]
    return len(rows) == 2 and all(row.text.count("\t") > 0 and not row.item for row in rows)


def _is_ruled(passage: Passage | None) -> bool:
    """Whether a table with a ruled header starts at the passage, as Markdown sets them."""
    below = passage.below if passage else None
    return passage is not None and "|" in passage.line.text and below is not None and _is_rule(below)


def named(value: dict[str, Any], heading: str) -> dict[str, Any]:
    """Return `value` with the heading above as the caption, if there is none."""
    table = value["table"]
    return value | {"table": table | {"caption": table["caption"] or heading}}


def _may_start(passage: Passage, *, below_caption: bool) -> bool:
    """Whether a table may start here: not in the middle of a paragraph."""
    above, last = passage.above, passage.last_found
    below_heading = last is not None and last.kind == "heading"
    return below_caption or passage.opens or below_heading or (above is not None and above.text.endswith(":"))


def _found(passage: Passage, caption: str, reading: _Reading) -> Found:
    header, body = reading.header, reading.body
    return Found(
        kind="table",
        value=_value(caption, header, body),
        first=passage.line.number,
        last=reading.last,
        confidence=0.6 if reading.recovered else 0.95,
        text=passage.text(reading.last),
        facts={
            "rows": len(body),
            "columns": len(body[0]),
            "header": [plain_line(heading) for heading in header] if header else None,
        },
        confirm=CONFIRM if reading.recovered else "",
    )


def _value(caption: str, header: Sequence[str] | None, body: Sequence[Sequence[str]]) -> dict[str, Any]:
    headings = header or [""] * len(body[0])
    return {
        "table": {
            "columns": [{"type": "text", "heading": plain_line(heading)} for heading in headings],
            "rows": [{"values": [plain_line(cell) for cell in row]} for row in body],
            "caption": caption,
        },
        "header_column": _has_header_column(header, body),
    }


def _with_bars(passage: Passage) -> _Reading | None:
    lines = _lines_from(passage, lambda line: "|" in line.text or _is_rule(line))
    rows = [_cells_between_bars(line.text) for line in lines if not _is_rule(line)]
    ruled = len(lines) > 1 and _is_rule(lines[1])
    return _reading(rows, lines, ruled=ruled)


def _with_tabs(passage: Passage) -> _Reading | None:
    lines = _lines_from(passage, lambda line: "\t" in line.raw.strip(" "))
    return _reading([line.raw.strip(" ").split("\t") for line in lines], lines)


def _with_gaps(passage: Passage) -> _Reading | None:
    lines = _lines_from(passage, lambda line: bool(GAP.search(line.text)) and not SENTENCE_BEFORE_GAP.search(line.text))
    rows = [GAP.split(line.text) for line in lines]
    if len(rows) > 1 and len(rows[0]) == len(rows[1]) - 1 and lines[0].indent > lines[1].indent:
        rows[0].insert(0, "")
    return _reading(rows, lines) if len({len(row) for row in rows}) == 1 else None


def _without_signs(passage: Passage) -> _Reading | None:
    header = passage.line

    def can_be_row(line: Line) -> bool:
        return _can_be_row(line, never_last=".!:;," if line is header else ".!?:;,")

    lines = _lines_from(passage, can_be_row, most=MOST_LINES_WITHOUT_SIGNS)
    rows = recovered_rows([line.text for line in lines]) if passage.line.text[0] not in '"“„«' else None
    return _Reading(rows, lines[-1].number, recovered=True) if rows else None


def _lines_from(passage: Passage, belongs: Callable[[Line], bool], most: int = MOST_LINES) -> list[Line]:
    """Return the lines from the passage on that follow each other without a blank one and belong to the table."""
    lines: list[Line] = []
    for line in passage.lines[passage.position : passage.position + most]:
        if line.blank or not belongs(line):
            break
        lines.append(line)
    return lines


def _reading(rows: list[list[str]], lines: Sequence[Line], *, ruled: bool = False) -> _Reading | None:
    """Return `rows` as a reading, all of the same width and without columns that are empty throughout."""
    rows = [[cell.strip() for cell in row] for row in rows]
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or any(len(row) < 2 for row in rows):
        return None
    padded = [row + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in padded)]
    if not 2 <= len(used) <= MOST_COLUMNS:
        return None
    return _Reading([[row[column] for column in used] for row in padded], lines[-1].number, ruled)


def _is_rule(line: Line) -> bool:
    """Whether the line only rules the header off, as Markdown's `|---|---|` does."""
    return not set(line.text) - set("|:+-=— \t") and ("--" in line.text or "==" in line.text or "-|" in line.text)


def _cells_between_bars(text: str) -> list[str]:
    return [cell.replace("\\|", "|") for cell in BAR.split(text.removeprefix("|").removesuffix("|"))]


def _can_be_row(line: Line, *, never_last: str) -> bool:
    text = line.text
    starts = text[0].isalnum() or text[0] in "~<>$€£"
    return (
        starts
        and len(text) <= LONGEST_ROW
        and line.item is None
        and not line.heading_level
        and text[-1] not in never_last
    )


def _holds_values(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the first row is a number as the cells below it are; years may head columns of numbers."""
    return any(
        NUMBER_FIRST.match(cell) and not YEAR.fullmatch(cell) and all(NUMBER_FIRST.match(row[column]) for row in others)
        for column, cell in enumerate(first)
    )


def _has_header_column(header: Sequence[str] | None, body: Sequence[Sequence[str]]) -> bool:
    """Whether the first column names the rows: its head is empty, or it is short and two more columns follow."""
    if header and not header[0]:
        return True
    names = [row[0] for row in body]
    return len(body[0]) > 2 and all(names) and all(len(name.split()) <= MOST_WORDS_IN_NAME for name in names)


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a table with a row a line, cut where `given.cuts` say, else as `cuts_of` proposes; None for no words.

    An uncut first line that says "Table", or is marked as a heading, is the caption.
    """
    cuts = given.cuts or cuts_of(lines)
    rows = [
        (line, _cut(row_words(line), cuts[index] if index < len(cuts) else ()))
        for index, line in enumerate(lines)
        if not line.blank and not _is_rule(line)
    ]
    caption = ""
    if len(rows) > 1 and len(rows[0][1]) == 1 and _is_caption(rows[0][0]):
        caption = plain_line(rows.pop(0)[0].plain.removeprefix(": "))
    width = max((len(cells) for _, cells in rows), default=0)
    padded = [cells + [""] * (width - len(cells)) for _, cells in rows]
    used = [column for column in range(width) if any(row[column] for row in padded)]
    table = [[row[column] for column in used] for row in padded]
    if not used or len(used) > WIDEST or len(table) > MOST_LINES:
        return None
    ruled = any(_is_rule(line) for line in lines)
    reading = _Reading(table, lines[-1].number, ruled)
    body = reading.body or table
    return made("table", _value(caption, reading.header if reading.body else None, body), lines)


def row_words(line: Line) -> list[str]:
    """Return the words of `line` between which a table can be cut: what blanks, tabs and bars part."""
    text = bare(line) if line.item and line.item.number is None else line.text
    return [word.replace("\\|", "|") for word in BAR.sub(" ", text).split()]


def cuts_of(lines: Sequence[Line]) -> tuple[tuple[int, ...], ...]:
    """Return where each of `lines` is cut into cells: before how many words (see `row_words`) another cell begins.

    By bars, tabs or wide gaps, else as the shape of the rows tells; nowhere if nothing tells. Equal numbers are empty
    cells.
    """
    written = [line for line in lines if not line.blank and not _is_rule(line)]
    rows: list[list[str]] = []
    if any(BAR.search(line.text) for line in written):
        rows = [_cells_between_bars(line.text) for line in written]
    elif any("\t" in line.raw.strip(" ") for line in written):
        rows = [line.raw.strip(" ").split("\t") for line in written]
    elif any(GAP.search(line.text) for line in written):
        rows = [GAP.split(line.text) for line in written]
    else:
        rows = _rows_without_signs(written)
    counts = {
        line.number: _positions(cells, len(row_words(line))) for line, cells in zip(written, rows, strict=bool(rows))
    }
    return tuple(counts.get(line.number, ()) for line in lines)


def _rows_without_signs(lines: Sequence[Line]) -> list[list[str]]:
    """Return the cells of `lines`, below a caption if there is one, whose boundaries nothing shows."""
    caption = [[lines[0].text]] if lines and _is_caption(lines[0]) else []
    texts = [line.text for line in lines[len(caption) :]]
    if len(texts) > MOST_LINES_WITHOUT_SIGNS or any(len(text) > LONGEST_ROW for text in texts):
        return []
    recovered = recovered_rows(texts)
    return [*caption, *recovered] if recovered else []


def _positions(cells: Sequence[str], count: int) -> tuple[int, ...]:
    """Return before how many of the `count` words of a row each of its `cells` but the first begins."""
    lengths = [len(cell.split()) for cell in cells]
    missing = sum(lengths) - count  # the bullet before the first cell
    return tuple(max(0, sum(lengths[:index]) - missing) for index in range(1, len(cells)))


def _cut(words: Sequence[str], cuts: Sequence[int]) -> list[str]:
    ends = sorted(min(max(cut, 0), len(words)) for cut in cuts)
    return [" ".join(words[start:end]) for start, end in zip((0, *ends), (*ends, len(words)), strict=True)]


def _is_caption(line: Line) -> bool:
    marked = CAPTION.read(line) or line.heading_level or line.stands_out or line.leads_in or line.text[:2] == ": "
    return bool(marked) and len(line.text) <= LONGEST_CAPTION
