"""`manage.py export_comments`: readers' comments out."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from articles.models import ArticlePage
from ratings.exchange.writing import comments_of, write_lines, write_wxr


class Command(BaseCommand):
    """Writes readers' comments: all of them, or those of some articles."""

    help = "Export readers' comments as lines of JSON, which come back without a loss, or as XML for WordPress."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument(
            "articles", nargs="*", metavar="ARTICLE", help="Its slug or its number; all if none is given."
        )
        parser.add_argument("--format", choices=["ndjson", "wxr"], default="ndjson", help="How to write them.")
        parser.add_argument("--output", type=Path, metavar="PATH", help="Where to; the standard output otherwise.")
        parser.add_argument(
            "--with-addresses", action="store_true", help="Write the e-mail addresses too, which nobody may publish."
        )

    def handle(self, *, articles: list[str], output: Path | None, with_addresses: bool, **options: Any) -> None:
        """Write the comments. Raises CommandError for an article that does not exist."""
        comments = comments_of(_found(articles) if articles else None)
        write = write_wxr if options["format"] == "wxr" else write_lines
        pieces = write(comments, with_addresses=with_addresses)
        if output is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        # Written beside and moved into place: nobody reads half an export, and others on the machine none.
        beside = output.with_name(f"{output.name}.part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(pieces)
        os.replace(beside, output)


def _found(names: list[str]) -> list[ArticlePage]:
    found = []
    for name in names:
        wanted = Q(slug=name) | (Q(pk=int(name)) if name.isdecimal() else Q())
        articles = list(ArticlePage.objects.filter(wanted).defer("body"))
        if not articles:
            raise CommandError(f"There is no article {name}.")
        found += articles
    return found
