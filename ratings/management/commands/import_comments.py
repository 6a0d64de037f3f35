"""`manage.py import_comments`: readers' comments of other systems in."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from articles.exchange.source import Refused
from ratings.exchange.formats import formats, read_comments
from ratings.exchange.importing import CommentsReport, Import
from ratings.exchange.records import Entry


class Command(BaseCommand):
    """Imports readers' comments. One bad record never stops the others."""

    help = (
        "Import readers' comments from the exports of Disqus, WordPress, Isso or Remark42, or from our own. Importing "
        "the same again changes nothing; what was stopped goes on when it is run again. Records that cannot be "
        "comments are listed with their places, and with --quarantine kept, so that they can be mended and imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file.")
        parser.add_argument("--format", choices=["auto", *formats()], default="auto", help="How to read the files.")
        parser.add_argument("--dry-run", action="store_true", help="Read and report everything, write nothing.")
        parser.add_argument("--quarantine", type=Path, metavar="FILE.ndjson", help="Keep the refused records there.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write what became of them as JSON.")

    def handle(
        self, *, paths: list[Path], dry_run: bool, quarantine: Path | None, report: Path | None, **options: Any
    ) -> None:
        """Import every file; exit code 1 if one was refused, or a record in it."""
        for target in (quarantine, report):
            if target is not None and not target.absolute().parent.is_dir():
                raise CommandError(f"There is no folder {target.absolute().parent}.")
            if target is not None and any(target.resolve() == path.resolve() for path in paths):
                raise CommandError(f"{target} is to be read, so it cannot be written.")
        failed = False
        told: dict[str, Any] = {}
        with ExitStack() as stack:
            kept = stack.enter_context(_private(quarantine)) if quarantine else None
            for path in paths:
                bars = stack.enter_context(_Bars(path.name))
                run = Import(now=timezone.now(), dry_run=dry_run, quarantine=kept, tell=bars.tell)
                try:
                    found = run.bring_in(_entries(path, options["format"]))
                except Refused as error:
                    failed = True
                    told[str(path)] = {"refused": error.reason}
                    self.stderr.write(self.style.ERROR(f"{path}: {error.reason}"))
                    continue
                bars.close()
                failed = failed or bool(found.refused)
                told[str(path)] = found.as_json()
                self._tell(path, found)
        if report is not None:
            with _private(report) as file:
                json.dump({"dry_run": dry_run, "files": told}, file, ensure_ascii=False, indent=2)
        if failed:
            raise SystemExit(1)

    def _tell(self, path: Path, found: CommentsReport) -> None:
        numbers = ", ".join(f"{found.numbers[status]:,} {status}" for status in sorted(found.numbers))
        self.stdout.write(f"{path}: {numbers or 'nothing'}")
        for what, number in (*found.ignored.items(), *found.notes.items()):
            self.stdout.write(f"  {number:,} × {what}")
        for refused in found.refused:
            self.stderr.write(f"  {refused['place']}: {refused['reason']}")


def _entries(path: Path, format_name: str) -> Iterator[Entry]:
    yield from read_comments(path, format_name=format_name)


def _private(path: Path) -> TextIO:
    """Open a file for writing that others on the machine cannot read: e-mail addresses may stand in it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8")


class _Bars:
    """A bar for each thing that is done, on a terminal only."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bars: dict[str, tqdm[Any]] = {}

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def tell(self, what: str, number: int) -> None:
        if what not in self.bars:
            self.bars[what] = tqdm(desc=f"{self.name}, {what}", unit=" comments", disable=None, mininterval=0.5)
        self.bars[what].update(number)

    def close(self) -> None:
        for bar in self.bars.values():
            bar.close()
