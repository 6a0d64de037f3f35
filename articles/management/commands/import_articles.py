"""`manage.py import_articles`: files in, articles out."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.actions.waiving import REASON_LENGTH
from articles.exchange.formats import formats, number_of_entries
from articles.exchange.importing import REASON, Options, import_path
from articles.exchange.report import EntryReport

ORDER = ("created", "updated", "unchanged", "refused", "ignored")
INTERRUPTED = 130


class Command(BaseCommand):
    """Imports articles from files of any format. One bad file or entry never stops the others.

    Interrupted or killed at any point, the same command goes on where it stood: what is there already is unchanged.
    """

    help = "Import articles from files, folders or archives. Importing the same again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file, an archive or a folder.")
        parser.add_argument(
            "--format", choices=["auto", *formats()], default="auto", help="How to read the files; auto looks at them."
        )
        parser.add_argument("--author", default="", metavar="NAME", help="The author of articles that name none.")
        parser.add_argument(
            "--topic", default="", metavar="NAME", help="The topic of articles without one; made if there is none."
        )
        parser.add_argument("--publish", action="store_true", help="Publish at once; drafts otherwise.")
        parser.add_argument(
            "--reason", default=REASON, metavar="TEXT", help="Why warnings do not keep it from being published; kept."
        )
        parser.add_argument("--download", action="store_true", help="Fetch pictures from public web addresses.")
        parser.add_argument("--dry-run", action="store_true", help="Print what would become of each, write nothing.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write what was recognized as JSON.")

    def handle(self, *, paths: list[Path], report: Path | None, **choices: Any) -> None:
        """Import every file; exit code 1 if anything was refused, 130 if somebody interrupted it."""
        options = Options(
            author=choices["author"],
            topic=choices["topic"],
            publish=choices["publish"],
            reason=choices["reason"].strip()[:REASON_LENGTH] or REASON,
            download=choices["download"],
            trusted=True,
            dry_run=choices["dry_run"],
        )
        if report is not None and not report.absolute().parent.is_dir():
            raise CommandError(f"The report cannot be written: there is no folder {report.absolute().parent}.")
        told: Counter[str] = Counter()
        try:
            with ExitStack() as stack:
                written = stack.enter_context(_Report(report)) if report else None
                for found in self._imported(paths, options, choices["format"]):
                    told[found.status] += found.count
                    self._tell(found, verbosity=choices["verbosity"])
                    if written:
                        written.add(found)
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What is imported stays; run the same command again to go on.")
            self._sum_up(told, options)
            raise SystemExit(INTERRUPTED) from None
        self._sum_up(told, options)
        if not set(told) - {"ignored"}:
            self.stderr.write("There is nothing in it that could become an article.")
        if told["refused"] or not set(told) - {"ignored"}:
            raise SystemExit(1)

    def _imported(self, paths: list[Path], options: Options, format_name: str) -> Iterator[EntryReport]:
        """Yield what becomes of each entry, with a bar on a terminal."""
        total = sum(number_of_entries(path, format_name) for path in paths) if sys.stderr.isatty() else None
        with tqdm(total=total, unit=" articles", disable=not sys.stderr.isatty()) as bar:
            for path in paths:
                for found in import_path(path, options, format_name=format_name, root=path.parent):
                    yield found
                    bar.update(found.status != "ignored")

    def _tell(self, found: EntryReport, *, verbosity: int) -> None:
        """Print a line an entry and its remarks; on a terminal, where a bar goes on below, the remarks alone."""
        detailed = verbosity > 1 or not sys.stderr.isatty()
        where = f"{found.path}, {found.place}" if found.place and found.place != found.path.name else str(found.path)
        line = f"{found.status}: {where}"
        if found.status == "refused":
            self._write(self.style.ERROR(f"{line}: {found.reason}"), self.stderr)
            return
        if verbosity == 0:
            return
        if found.status == "ignored":
            self._write(f"{line}: {found.reason}" + (f" ({found.count})" if found.count > 1 else ""), self.stdout)
            return
        if detailed:
            blocks = f" ({len(found.recognized.blocks)} blocks)" if found.recognized else ""
            self._write(f"{line}: {found.title} → {found.url or 'not written'}{blocks}", self.stdout)
        for sentence in _remarks(found):
            self._write(f"      {sentence}" if detailed else f"{where}: {sentence}", self.stdout)

    def _write(self, text: str, stream: Any) -> None:
        with tqdm.external_write_mode(file=sys.stderr):
            stream.write(text)

    def _sum_up(self, told: Counter[str], options: Options) -> None:
        counts = ", ".join(f"{told[status]:,} {status}" for status in ORDER if told[status])
        self.stdout.write(f"{'Would be' if options.dry_run else 'Done'}: {counts or 'nothing'}.")


def _remarks(found: EntryReport) -> Iterator[str]:
    """Yield what an operator should know of an article that was imported, a sentence each."""
    if found.reason:
        yield found.reason
    yield from found.differences
    yield from found.notes
    for sentence in found.missing:
        yield f"missing: {sentence}"
    for sentence in found.waived:
        yield f"published in spite of: {sentence}"
    for removed in found.document.removed if found.document else ():
        yield f"left out: {removed.what}" + (f" ({removed.count})" if removed.count > 1 else "")
    for block in found.recognized.blocks if found.recognized else ():
        if block.confirm:
            yield f"line {block.first}, {block.kind}: {block.confirm}"


class _Report:
    """The report, written entry by entry beside its place and moved there in the end: nobody reads half a report."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._beside = target.with_name(f"{target.name}.part")
        self._file: TextIO
        self._separator = "\n"

    def __enter__(self) -> _Report:
        self._file = self._beside.open("w", encoding="utf-8")
        self._file.write('{"files": [')
        return self

    def add(self, found: EntryReport) -> None:
        """Add what became of one entry."""
        self._file.write(self._separator + json.dumps(found.as_json(), ensure_ascii=False))
        self._separator = ",\n"

    def __exit__(self, *error: object) -> None:
        self._file.write("\n]}\n")
        self._file.close()
        os.replace(self._beside, self._target)
