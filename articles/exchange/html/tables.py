"""Tables in HTML as rows of cells, and telling those with data from those that only arrange a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from articles.exchange.html.blocks import Block

MOST_SPANNED = 50
MOST_CELLS = 20_000
"""In a larger table no cell reaches over others."""
DEEPEST_LOOKED_INTO = 5
"""Tables in so many tables arrange a page."""
NESTED = "table, iframe, form, article, section, figure"
"""What no table with data holds in its cells."""
ARRANGED = "h1, h2, h3, h4, h5, h6, blockquote"
"""What it does not hold without a header."""


@dataclass(frozen=True)
class Cell:
    """The text of a cell, and over how many columns and rows it reaches."""

    text: str
    is_header: bool = False
    is_bold: bool = False
    columns: int = 1
    rows: int = 1


def holds_data(table: LexborNode, depth: int) -> bool:
    """Whether `table`, which stands in `depth` others, has rows and columns of data."""
    if depth >= DEEPEST_LOOKED_INTO or (table.attributes.get("role") or "") in ("presentation", "none"):
        return False
    rows = [sum(1 for cell in _children(row) if cell.tag in ("td", "th")) for row in _rows(table)]
    if len([row for row in rows if row]) < 2 or max(rows) < 2:
        return False
    arranged = NESTED if table.css_first("th") is not None else f"{NESTED}, {ARRANGED}"
    return table.css_first(f":is(td, th) :is({arranged})") is None


def table_blocks(rows: Sequence[Sequence[Cell]], header_rows: int, caption: str) -> list[Block]:
    """Return a table of `rows`, of which the first `header_rows` stand in its head, with its caption above it."""
    grid = _grid(rows)
    filled = [index for index, row in enumerate(grid) if any(row)]
    if not filled:
        return [Block("paragraph", [caption])] if caption else []
    if not caption and len(filled) > 2 and _is_title(rows[filled[0]], grid[filled[0]]):
        caption = next(text for text in grid[filled[0]] if text)
        filled = filled[1:]
        header_rows -= 1
    in_head = [index for index in filled if index < header_rows]
    if not in_head and _reads_as_header([rows[index] for index in filled]):
        in_head = filled[:1]
    lines = [f": {caption}"] if caption else []
    body = [grid[index] for index in filled if index not in in_head]
    if in_head:
        head = [" ".join(text for text in column if text) for column in zip(*(grid[i] for i in in_head), strict=True)]
        lines += [_line(head), _line(["---"] * len(head))]
    return [Block("table", [*lines, *(_line(row) for row in body)])]


def span(value: str | None) -> int:
    """Return over how many columns or rows a cell reaches."""
    return (
        min(max(int(value), 1), MOST_SPANNED) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
    )


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts of the cells, each in the first of the places over which it reaches: no word twice."""
    widest = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if widest * len(rows) > MOST_CELLS:
        rows = [[replace(cell, columns=1, rows=1) for cell in row] for row in rows]
    grid: list[list[str]] = []
    reaching: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        below: dict[int, int] = {column: count - 1 for column, count in reaching.items() if count > 1}
        for cell in row:
            while len(texts) in reaching:
                texts.append("")
            for column in range(len(texts), len(texts) + cell.columns):
                if cell.rows > 1:
                    below[column] = cell.rows - 1
            texts += [cell.text, *[""] * (cell.columns - 1)]
        grid.append(texts)
        reaching = below
    width = max((len(row) for row in grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]


def _reads_as_header(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row is set apart from the others: by its cells, or by its letters."""
    first, *others = rows
    if all(cell.is_header or not cell.text for cell in first):
        return True
    bold = all(cell.is_bold or not cell.text for cell in first)
    return bold and any(not cell.is_bold for row in others for cell in row if cell.text)


def _is_title(cells: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether a row says one thing over all columns."""
    return len(cells) == 1 and cells[0].columns == len(texts) > 1


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in _children(child) if row.tag == "tr")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next
