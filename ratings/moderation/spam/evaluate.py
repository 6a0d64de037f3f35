"""Judging the model on labelled comments of which it has learned only one half."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from ratings.moderation.spam.folds import parted
from ratings.moderation.spam.learning import Example
from ratings.moderation.spam.measures import area_under_curve, recall_at_precision
from ratings.moderation.spam.starter import train_with_starter

COLUMNS = ("text", "spam", "group")
LARGEST_FIELD = 1_000_000
"""Characters of one field of a file, at most."""


class UnusableFile(ValueError):
    """A file cannot be used for judging; the message tells where and why."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How a model did on the half that it had not seen."""

    learned_from: int
    """Texts of the file that it learned from, besides those that come with the product."""
    tried_on: int
    spam: int
    """How many of those tried are spam."""
    auc: float
    recall_at_precision_99: float
    false_alarms: float
    """The share of benign texts that the model calls spam, at the threshold that it chose before it saw them."""
    recall: float
    """The share of spam that it calls spam, at the same threshold."""
    seconds_of_training: float
    milliseconds_per_score: float


def evaluate(examples: Sequence[Example]) -> dict[str, Any]:
    """Return how well a model that learned from half of the groups does on the other half, both ways.

    Each half is learned as the site's own decisions are: together with the texts that come with the product. The means
    of both directions come first, then each direction's own figures. Raises UnusableFile if the groups cannot be halved
    so that each half has both spam and benign texts.
    """
    half_of = parted([example.group for example in examples], 2)
    halves = [
        [example for example, its_half in zip(examples, half_of, strict=True) if its_half == half] for half in (0, 1)
    ]
    if not all(halves):
        raise UnusableFile("There are fewer than two groups: nothing is left to try the model on.")
    if any(len({example.spam for example in half}) < 2 for half in halves):
        raise UnusableFile("Each half of the groups needs both spam and benign texts.")
    directions = [_tried(learned, tried) for learned, tried in (halves, halves[::-1])]
    means = ("auc", "recall_at_precision_99", "false_alarms", "recall", "milliseconds_per_score")
    return {
        **{name: round(fmean(getattr(figures, name) for figures in directions), 5) for name in means},
        "texts": len(examples),
        "spam": sum(example.spam for example in examples),
        "groups": len({example.group for example in examples}),
        "directions": [asdict(figures) for figures in directions],
    }


def read_examples(path: Path) -> list[Example]:
    """Return the examples in the CSV file at `path`: columns text, spam (0 or 1) and group, in any order, in UTF-8.

    Other columns are ignored. Raises UnusableFile if it cannot be read or has other contents.
    """
    try:
        # A larger field is not worth memory. The limit is one for the whole process, so it goes back.
        limit = csv.field_size_limit(LARGEST_FIELD)
        try:
            with path.open("rb") as file:
                return list(_examples(csv.reader(_lines(file))))
        finally:
            csv.field_size_limit(limit)
    except OSError as error:
        raise UnusableFile(f"{path} cannot be read: {error.strerror}.") from error


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of `file`, without a byte order mark. Raises UnusableFile at one that is no text."""
    for number, line in enumerate(file, start=1):
        try:
            decoded = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UnusableFile(f"Line {number} is not UTF-8: {error.reason} at byte {error.start + 1}.") from error
        if "\0" in decoded:
            raise UnusableFile(f"Line {number} holds a NUL character.")
        yield decoded


def _examples(rows: Any) -> Iterator[Example]:
    """Yield an example for each of `rows` after the first, which names the columns."""
    try:
        names = [name.strip() for name in next(rows, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise UnusableFile(
                f"The first row has to name the columns text, spam and group; missing: {', '.join(missing)}."
            )
        text, spam, group = map(names.index, COLUMNS)
        for row in rows:
            if not row:
                continue
            if len(row) != len(names):
                raise UnusableFile(f"Line {rows.line_num}: {len(row)} fields instead of {len(names)}.")
            if row[spam].strip() not in {"0", "1"}:
                raise UnusableFile(f"Line {rows.line_num}: spam has to be 0 or 1, not {row[spam][:20]!r}.")
            yield Example(text=row[text], spam=row[spam].strip() == "1", group=row[group].strip())
    except csv.Error as error:
        raise UnusableFile(f"Line {rows.line_num}: {error}.") from error


def _tried(learned: Sequence[Example], tried: Sequence[Example]) -> Figures:
    """Return how a model that learned from `learned` does on `tried`."""
    started = time.perf_counter()
    model = train_with_starter(learned)
    trained = time.perf_counter()
    scores = [model.score(example.text) for example in tried]
    scored = time.perf_counter()
    labels = [example.spam for example in tried]
    called = [model.calls_spam(score) for score in scores]
    right = sum(verdict and label for verdict, label in zip(called, labels, strict=True))
    return Figures(
        learned_from=len(learned),
        tried_on=len(tried),
        spam=sum(labels),
        auc=round(area_under_curve(labels, scores), 5),
        recall_at_precision_99=round(recall_at_precision(labels, scores), 5),
        false_alarms=round((sum(called) - right) / (len(labels) - sum(labels)), 5),
        recall=round(right / sum(labels), 5),
        seconds_of_training=round(trained - started, 2),
        milliseconds_per_score=round((scored - trained) * 1000 / len(tried), 4),
    )
