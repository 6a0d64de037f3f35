"""Recovering the columns of a table whose cells are run together by single blanks.

Copying a table from a page often leaves one line a row without any sign between the cells. What is left is the shape:
a cell starts with a capital letter in the middle of a line, or with a number; the cells of one column resemble each
other in length, in how they begin and in how they end; and the header, where every word is capitalized, is cut so that
its pieces match each other and the columns below.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from articles.exchange.vocabulary import listed

FEWEST_ROWS = 3
MOST_COLUMNS = 4
MOST_WORDS = 30
MOST_WORDS_IN_HEADER = 16
USUAL_HEADING = 2
"""How many words most headings of a column have at most."""
MOST_CANDIDATES = 7
"""In one row, only so many of the likeliest places are tried as boundaries."""

ROUNDS = 2
"""The first round cuts each row by itself, the others by what the rows have in common."""

CLEAR = 3.0
"""Evidence for a boundary at a capital letter behind a small one; all other evidence is measured against it."""
FORBIDDEN = -100.0
COST_OF_COLUMN = 1.2
"""How much evidence each boundary must bring for another column to pay off."""
WEAK = 0.5
STRONG = 1.5
MOST_WEAK_ROWS = 0.25
MOST_ROWS_WITHOUT_STRONG = 0.5
"""In at most so many rows, a boundary may rest on weak evidence, or none on strong evidence: names and titles are
capitalized throughout too."""
COST_OF_SAMENESS = 2.0
"""A column whose cells are all the same is part of the one beside it ("Week 1", "Week 2")."""

CONNECTING = listed(
    """a an and are as at but by for from in into is its nor of on onto or per than that the their to upon via vs vs.
    was with without your my our his her & + – /"""
)
"""Words that neither end a cell nor, in small letters, start one."""
NEVER_LAST_IN_HEADING = listed(
    """what how when why where who which best better worst good bad likely possible potential probable simple easy
    quick common typical usual average normal main key major minor primary ideal recommended suggested safe daily
    weekly monthly annual total new old high low long short first second next more less most least no you it"""
)
"""Words after which a heading is not finished: another word of the same cell must follow."""
STARTS_HEADING = listed("what how when why where who which best typical possible likely recommended average")
ALONE = listed("✓ ✔ ✅ ✗ ✘ ❌ — – n/a")
"""Cells that are one sign."""
BEFORE_NAMES = listed("dr. dr mr. mrs. ms. prof. st. mt.")

Row = tuple[str, ...]
Cuts = tuple[int, ...]


@dataclass(frozen=True)
class _Column:
    """What the cells of a column have in common after a first attempt."""

    length: float
    starts: Counter[str]
    first_words: Counter[str]
    last_words: Counter[str]
    all_words: frozenset[str]


def recovered_rows(lines: Sequence[str]) -> list[list[str]] | None:
    """Return `lines`, the header first, cut into cells; None if they do not fall into the same columns throughout."""
    rows = [tuple(line.split()) for line in lines]
    if len(rows) < FEWEST_ROWS or not all(2 <= len(row) <= MOST_WORDS for row in rows):
        return None
    header, *body = rows
    if len(header) > MOST_WORDS_IN_HEADER:
        return None
    attempts = [attempt for count in range(2, MOST_COLUMNS + 1) if (attempt := _attempt(header, body, count))]
    if not attempts:
        return None
    _, cuts = max(attempts, key=lambda attempt: attempt[0])
    return [[" ".join(cell) for cell in _cells(row, at)] for row, at in zip(rows, cuts, strict=True)]


def _attempt(header: Row, body: Sequence[Row], count: int) -> tuple[float, list[Cuts]] | None:
    """Cut all rows into `count` cells; return how well that works for each row, and the cuts of header and body."""
    if len(header) < count or any(len(row) < count for row in body):
        return None
    evidence = [_evidence(row) for row in body]
    columns: list[_Column] = []
    cuts: list[Cuts] = []
    for _ in range(ROUNDS):
        cuts = [_best_cuts(row, at, count, columns) for row, at in zip(body, evidence, strict=True)]
        weakest = [min(at[cut] for cut in row) for at, row in zip(evidence, cuts, strict=True)]
        strongest = [max(at[cut] for cut in row) for at, row in zip(evidence, cuts, strict=True)]
        if _share(weakest, below=WEAK) > MOST_WEAK_ROWS or _share(strongest, below=STRONG) > MOST_ROWS_WITHOUT_STRONG:
            return None
        columns = [_column(cells) for cells in _cells_by_column(body, cuts)]
    head = _header_cuts(header, count, columns)
    if head is None:
        return None
    gain = mean(sum(at[cut] - COST_OF_COLUMN for cut in row) for at, row in zip(evidence, cuts, strict=True))
    same = sum(1 for cells in _cells_by_column(body, cuts) if len(set(cells)) == 1)
    return gain - COST_OF_SAMENESS * same, [head, *cuts]


def _share(values: Sequence[float], *, below: float) -> float:
    return sum(1 for value in values if value < below) / len(values)


def _evidence(row: Row) -> list[float]:
    """Return, for each word of `row`, how likely a cell starts with it, going by the word and its neighbors."""
    inside = _inside_parentheses(row)
    return [_evidence_at(row, at) if at and not inside[at] else FORBIDDEN for at in range(len(row))]


def _inside_parentheses(row: Row) -> list[bool]:
    depth = 0
    inside = []
    for word in row:
        inside.append(depth > 0)
        depth = max(0, depth + word.count("(") - word.count(")"))
    return inside


def _evidence_at(row: Row, position: int) -> float:
    before, word = row[position - 1], row[position]
    after = row[position + 1] if position + 1 < len(row) else ""
    if before[-1] in ",;:&/–-" or before.casefold() in CONNECTING | BEFORE_NAMES:
        return FORBIDDEN
    if word.casefold() in ALONE:
        return 2.0
    start = _start_of(word)
    if start == "small":
        return FORBIDDEN if word in CONNECTING else -1.0
    first_word_only = position == 1
    if start == "number":
        return 1.5 if first_word_only or _start_of(before) == "number" else 2.0
    if word == "I":
        return 0.6
    if word in ("AM", "PM", "F", "C"):
        return FORBIDDEN
    behind_name = _start_of(before) == "capital" and not (len(before) == 1 and position > 1)
    likely = CLEAR if not behind_name else 1.4 if first_word_only else 0.5
    if after and _start_of(after) == "small":
        likely += 0.5
    if len(word) == 1 and not (word == "A" and _start_of(after) == "small"):
        likely -= 1.5
    return likely


def _start_of(word: str) -> str:
    """Return how `word` starts: with a capital, a small letter or a number, whatever marks stand before these."""
    first = next((character for character in word if character.isalnum()), "")
    return "number" if first.isdigit() else "capital" if first.isupper() else "small"


def _best_cuts(row: Row, evidence: Sequence[float], count: int, columns: Sequence[_Column]) -> Cuts:
    """Return the cuts of `row` into `count` cells that its words speak for and, if `columns` are known, the others."""
    likeliest = sorted(range(1, len(row)), key=lambda position: -evidence[position])[:MOST_CANDIDATES]
    possible = combinations(sorted(likeliest), count - 1)

    def worth(cuts: Cuts) -> float:
        told = sum(evidence[cut] for cut in cuts)
        cells = _cells(row, cuts)
        if not columns:
            return told - 0.1 * (max(map(len, cells)) - min(map(len, cells)))
        return told + sum(_likeness(cell, column) for cell, column in zip(cells, columns, strict=True))

    return max(possible, key=worth, default=tuple(range(1, count)))


def _likeness(cell: Row, column: _Column) -> float:
    """Return how much `cell` resembles the others of its column: in start, first and last word, and length."""
    return (
        0.8 * column.starts[_start_of(cell[0])] / column.starts.total()
        + 0.6 * (column.first_words[cell[0].casefold()] > 1)
        + 0.6 * (column.last_words[cell[-1].casefold()] > 1)
        - min(1.5, 0.25 * abs(len(cell) - column.length))
    )


def _header_cuts(header: Row, count: int, columns: Sequence[_Column]) -> Cuts | None:
    """Return the best cuts of the header, every cell of which starts with a capital or a number; None without any."""
    evidence, inside = _evidence(header), _inside_parentheses(header)
    in_title_case = all(_start_of(word) != "small" or word in CONNECTING for word in header)
    starts = [
        at
        for at in range(1, len(header))
        if _start_of(header[at]) != "small"
        and not inside[at]
        and (evidence[at] >= STRONG or (in_title_case and header[at - 1] not in CONNECTING))
    ]
    total = sum(column.length for column in columns)

    def worth(cuts: Cuts) -> float:
        cells = _cells(header, cuts)
        lengths = sum(
            abs(len(cell) - len(header) * column.length / total) for cell, column in zip(cells, columns, strict=True)
        )
        told = 0.0 if in_title_case else sum(evidence[cut] for cut in cuts)
        return told - 0.4 * lengths + _parallelism(cells) + sum(map(_heading_likeness, cells, columns))

    return max(combinations(starts, count - 1), key=worth, default=None)


def _parallelism(cells: Sequence[Row]) -> float:
    """Return how much the cells of a header match: "Benign Cracking" and "Potentially Concerning Cracking"."""
    firsts = Counter(cell[0].casefold() for cell in cells)
    lasts = Counter(cell[-1].casefold() for cell in cells)
    return 2.0 * (max(firsts.values()) - 1) + 2.0 * (max(lasts.values()) - 1)


def _heading_likeness(cell: Row, column: _Column) -> float:
    """Return how well `cell` heads `column`: it does not break off in the middle of a phrase, and may share a word."""
    first, last = cell[0].casefold(), cell[-1].casefold()
    # A title capitalizes even a small word when it is the last: "Instead Of".
    breaks_off = cell[-1] in CONNECTING or last in NEVER_LAST_IN_HEADING or last.endswith("ly")
    goes_on = first in CONNECTING
    shares_word = any(word.casefold() in column.all_words for word in cell)
    too_long = max(0, len(cell) - USUAL_HEADING)
    return -2.0 * breaks_off - 0.5 * goes_on - 0.8 * too_long + 0.5 * (first in STARTS_HEADING) + 0.8 * shares_word


def _column(cells: Sequence[Row]) -> _Column:
    return _Column(
        length=mean(len(cell) for cell in cells),
        starts=Counter(_start_of(cell[0]) for cell in cells),
        first_words=Counter(cell[0].casefold() for cell in cells),
        last_words=Counter(cell[-1].casefold() for cell in cells),
        all_words=frozenset(word.casefold() for cell in cells for word in cell),
    )


def _cells_by_column(rows: Sequence[Row], cuts: Sequence[Cuts]) -> list[tuple[Row, ...]]:
    return list(zip(*(_cells(row, at) for row, at in zip(rows, cuts, strict=True)), strict=True))


def _cells(row: Row, cuts: Cuts) -> list[Row]:
    return [row[start:end] for start, end in zip((0, *cuts), (*cuts, len(row)), strict=True)]
