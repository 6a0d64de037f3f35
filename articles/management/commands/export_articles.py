"""`manage.py export_articles`: articles out, with everything that belongs to them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.exchange.writing import Format, formats
from articles.exchange.writing.piece import Piece
from articles.exchange.writing.selection import Selection
from articles.exchange.writing.target import write_file, write_folder, write_zip
from articles.models import ArticlePage


class Command(BaseCommand):
    """Writes the whole site or chosen articles. What is written is moved into place when it is whole."""

    help = "Export articles, with people, topics, pictures and sources. docs/export.md tells of the formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument(
            "pages", nargs="*", metavar="PAGE", help="An article by its id, slug or path; the whole site without any."
        )
        parser.add_argument("--format", choices=sorted(formats()), default="json", help="In which format to write.")
        parser.add_argument(
            "--output", type=Path, metavar="PATH", help="A file, a folder or a .zip; standard output without it."
        )

    def handle(self, *, pages: list[str], output: Path | None, **options: Any) -> None:
        """Write the export; raises CommandError, and leaves nothing behind, if it cannot be written."""
        writer = formats()[options["format"]]
        chosen = tuple(_key(page) for page in pages) if pages else None
        with tqdm(disable=None, unit=" articles") as bar:
            selection = Selection(chosen=chosen, progress=bar.update)
            bar.total = len(selection.keys())
            try:
                self._write(writer, selection, output)
            except FileExistsError as error:
                raise CommandError(f"There is something in {output} already. Name a new or an empty folder.") from error
            except OSError as error:
                raise CommandError(f"The export could not be written: {error}") from error

    def _write(self, writer: Format, selection: Selection, output: Path | None) -> None:
        is_text = output is None or output.suffix == writer.ENDING
        if is_text and not writer.IS_ONE_FILE and len(selection.keys()) != 1:
            raise CommandError("These are many files: name a folder or a .zip with --output, or a single article.")
        if output is None:
            for data in _texts(writer, selection):
                # Through Django's own stream, so that whoever calls the command can have it.
                self.stdout.write(data.decode(), ending="")
        elif output.suffix == writer.ENDING:
            write_file(output, (Piece(output.name, data) for data in _texts(writer, selection)))
        elif output.suffix == ".zip":
            write_zip(output, writer.pieces(selection, with_media=True))
        else:
            write_folder(output, writer.pieces(selection, with_media=True))
        if output is not None and sys.stderr.isatty():
            self.stderr.write(f"Written: {output}")


def _texts(writer: Format, selection: Selection) -> Iterator[bytes]:
    """Yield the one text of the export."""
    return (piece.data for piece in writer.pieces(selection, with_media=False))


def _key(page: str) -> int:
    """Return the key of the article that `page` names; raises CommandError if there is none, or more than one."""
    articles = ArticlePage.objects.filter(alias_of=None)
    slug = urlsplit(page).path.strip("/").rpartition("/")[2]
    found = articles.filter(pk=int(page)) if page.isdecimal() and len(page) < 19 else articles.filter(slug=slug)
    keys = list(found.values_list("pk", flat=True)[:2])
    if len(keys) != 1:
        raise CommandError(f"There is no article “{page}”." if not keys else f"Several articles are called “{page}”.")
    return keys[0]
