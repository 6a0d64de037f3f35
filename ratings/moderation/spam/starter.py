"""What the model knows before the first decision: texts that were written for it, spam and benign."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ratings.moderation.spam.learning import Example, train
from ratings.moderation.spam.model import Model

FILE = Path(__file__).with_name("starter.tsv")
"""Two columns: spam (0 or 1) and text."""

WEIGHT = 0.1
"""Of a text that came with the product, beside 1 for a decision that was made here."""


@cache
def starter_examples() -> tuple[Example, ...]:
    """Return the texts that came with the product."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Example(text=row["text"], spam=row["spam"] == "1", weight=WEIGHT) for row in rows)


def train_with_starter(decisions: Iterable[Example] = ()) -> Model:
    """Return the model learned from the texts that came with the product and from `decisions`, if there are any."""
    return train([*starter_examples(), *decisions])
