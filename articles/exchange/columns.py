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

from articles.exchange.cell_starts import CONNECTING, Row, evidence_in, inside_parentheses, start_of
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

NEVER_LAST_IN_HEADING = listed(
    """what how when why where who which best better worst good bad likely possible potential probable simple easy
    quick common typical usual average normal main key major minor primary ideal recommended suggested safe daily
    weekly monthly annual total new old high low long short first second next more less most least no you it"""
)
"""Words after which a heading is not finished: another word of the same cell must follow."""
ENDS_HEADING = listed(
    """level cost price time risk loss fix reason cause effect rating temperature frequency duration range meaning
    action strength length size quality difficulty value amount"""
)
ENDS_LABEL = listed("type types group name level method area stage range part size health of")
"""Words that go on with the heading of the first column."""
STARTS_HEADING = listed("what how when why where who which best typical possible likely recommended average")
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
    if not _starts_match(header, body):
        return None
    attempts = [attempt for count in range(2, MOST_COLUMNS + 1) if (attempt := _attempt(header, body, count))]
    if not attempts:
        return None
    _, cuts = max(attempts, key=lambda attempt: attempt[0])
    return [[" ".join(cell) for cell in _cells(row, at)] for row, at in zip(rows, cuts, strict=True)]


def _starts_match(header: Row, body: Sequence[Row]) -> bool:
    """Whether all rows start alike. Rows in small letters could be prose: only a header of two like halves vouches."""
    small = [start_of(row[0]) == "small" for row in body]
    if not any(small):
        return True
    halves = (_cells(header, (cut,)) for cut in range(1, len(header)))
    return all(small) and start_of(header[0]) == "capital" and any(_parallelism(cells) > 0 for cells in halves)


def _attempt(header: Row, body: Sequence[Row], count: int) -> tuple[float, list[Cuts]] | None:
    """Cut all rows into `count` cells; return how well that works for each row, and the cuts of header and body."""
    if len(header) < count or any(len(row) < count for row in body):
        return None
    evidence = [evidence_in(row) for row in body]
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
        0.8 * column.starts[start_of(cell[0])] / column.starts.total()
        + 0.6 * (column.first_words[cell[0].casefold()] > 1)
        + 0.6 * (column.last_words[cell[-1].casefold()] > 1)
        - min(1.5, 0.25 * abs(len(cell) - column.length))
    )


def _header_cuts(header: Row, count: int, columns: Sequence[_Column]) -> Cuts | None:
    """Return the best cuts of the header, every cell of which starts with a capital or a number; None without any."""
    evidence, inside = evidence_in(header), inside_parentheses(header)
    in_title_case = all(start_of(word) != "small" or word in CONNECTING or word[0] == "(" for word in header)
    starts = [
        at
        for at in range(1, len(header))
        if start_of(header[at]) != "small"
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
        likeness = sum(map(_heading_likeness, cells, columns)) + _label_likeness(cells)
        return told - 0.4 * lengths + _parallelism(cells) + likeness

    return max(combinations(starts, count - 1), key=worth, default=None)


def _parallelism(cells: Sequence[Row]) -> float:
    """Return how much the cells of a header match: "Benign Cracking" and "Potentially Concerning Cracking"."""
    firsts = Counter(cell[0].casefold() for cell in cells)
    lasts = Counter(cell[-1].casefold() for cell in cells)
    return 2.0 * (max(firsts.values()) - 1) + 2.0 * (max(lasts.values()) - 1)


def _label_likeness(cells: Sequence[Row]) -> float:
    """Return how well the first of three or more headings names the rows: mostly in one word, or as "Skin Type"."""
    first = cells[0]
    if len(cells) < 3:
        return 0.0
    return 0.8 if len(first) == 1 or first[1].casefold() in ENDS_LABEL else 0.0


def _heading_likeness(cell: Row, column: _Column) -> float:
    """Return how well `cell` heads `column`: it does not break off in the middle of a phrase, and may share a word."""
    first, last = cell[0].casefold(), cell[-1].casefold()
    # A title capitalizes even a small word when it is the last: "Instead Of".
    breaks_off = cell[-1] in CONNECTING or last in NEVER_LAST_IN_HEADING or last.endswith("ly")
    goes_on = first in CONNECTING or first in ("required", "needed", "used")
    swallows_question = any(word.endswith("?") for word in cell[:-1])
    shares_word = any(word.casefold() in column.all_words for word in cell)
    plural = [_is_plural(word) for word in cell]
    runs_on = sum(1 for here, after in zip(plural, cell[1:], strict=False) if here and not _qualifies(after))
    too_long = max(0, len(cell) - USUAL_HEADING)
    asks = cell[-1].endswith("?")
    noun = len(cell) > 1 and (last in ENDS_HEADING) - (first in ENDS_HEADING)
    return (
        0.6 * plural[-1]
        - 0.6 * runs_on
        - 2.0 * (breaks_off + swallows_question)
        - 1.0 * goes_on
        - 0.8 * too_long
        + 0.5 * (first in STARTS_HEADING)
        + 0.8 * shares_word
        + 2.0 * asks
        + 0.6 * noun
    )


def _is_plural(word: str) -> bool:
    """Whether `word` looks like a noun in the plural, which mostly ends a phrase."""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))


def _qualifies(word: str) -> bool:
    """Whether `word` may follow a plural in the same phrase: "Hours of Sleep", "Calories Burned"."""
    return word in CONNECTING or word.endswith("ed")


def _column(cells: Sequence[Row]) -> _Column:
    return _Column(
        length=mean(len(cell) for cell in cells),
        starts=Counter(start_of(cell[0]) for cell in cells),
        first_words=Counter(cell[0].casefold() for cell in cells),
        last_words=Counter(cell[-1].casefold() for cell in cells),
        all_words=frozenset(word.casefold() for cell in cells for word in cell),
    )


def _cells_by_column(rows: Sequence[Row], cuts: Sequence[Cuts]) -> list[tuple[Row, ...]]:
    return list(zip(*(_cells(row, at) for row, at in zip(rows, cuts, strict=True)), strict=True))


def _cells(row: Row, cuts: Cuts) -> list[Row]:
    return [row[start:end] for start, end in zip((0, *cuts), (*cuts, len(row)), strict=True)]
