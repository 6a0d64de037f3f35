"""Judge the learned spam model on labelled comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ratings.moderation.spam.evaluate import UnusableFile, evaluate, read_examples


class Command(BaseCommand):
    """Judge the learned spam model on a file of labelled comments; print JSON."""

    help = (
        "Judge the learned spam model. FILE.csv is UTF-8 and has the columns text, spam (0 or 1) and group (what it "
        "was a comment on). The groups are halved, about evenly and always alike; the model learns from one half, "
        "together with the texts that come with the product, and is tried on the other, both ways. Prints JSON with "
        "the means of both directions: auc; recall_at_precision_99, the greatest recall on the half that was not "
        "learned while the precision is at least 0.99; false_alarms and recall, the shares of benign comments and "
        "of spam there that the model calls spam at the threshold that it chose from the half that it learned. Then "
        "each direction's own."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Print the figures. Raises CommandError if the file cannot be used. Nothing is stored."""
        try:
            figures = evaluate(read_examples(file))
        except UnusableFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(figures, indent=2))
