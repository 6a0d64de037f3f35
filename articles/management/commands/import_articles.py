"""`manage.py import_articles`: files in, articles out."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.actions.waiving import REASON_LENGTH
from articles.exchange.importing import REASON, Options, files_in, import_file
from articles.exchange.report import FileReport


class Command(BaseCommand):
    """Imports plain text as copied from a web page. One bad file never stops the others."""

    help = "Import articles from text files or folders of them. Importing the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file, or a folder of .txt files.")
        parser.add_argument("--format", choices=["auto", "text"], default="auto", help="How to read the files.")
        parser.add_argument("--author", default="", metavar="NAME", help="The author of files that name none.")
        parser.add_argument(
            "--topic", default="", metavar="NAME", help="The topic; made if there is none of this name."
        )
        parser.add_argument("--publish", action="store_true", help="Publish at once; drafts otherwise.")
        parser.add_argument(
            "--reason", default=REASON, metavar="TEXT", help="Why warnings do not keep it from being published; kept."
        )
        parser.add_argument("--dry-run", action="store_true", help="Recognize and report everything, write nothing.")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="Write what was recognized as JSON.")

    def handle(self, *, paths: list[Path], report: Path | None, **choices: Any) -> None:
        """Import every file; exit code 1 if one was refused."""
        options = Options(
            author=choices["author"],
            topic=choices["topic"],
            publish=choices["publish"],
            reason=choices["reason"].strip()[:REASON_LENGTH] or REASON,
            dry_run=choices["dry_run"],
        )
        if report is not None and not report.absolute().parent.is_dir():
            raise CommandError(f"The report cannot be written: there is no folder {report.absolute().parent}.")
        files = list(files_in(paths))
        reports = []
        for number, path in enumerate(files, start=1):
            reports.append(import_file(path, options))
            self._tell(number, len(files), reports[-1])
        if report is not None:
            self._write(report, reports)
        if not files or any(found.status == "refused" for found in reports):
            if not files:
                self.stderr.write("There is no .txt file in this folder.")
            raise SystemExit(1)

    def _tell(self, number: int, total: int, found: FileReport) -> None:
        line = f"[{number}/{total}] {found.status}: {found.path}"
        if found.status == "refused":
            self.stderr.write(self.style.ERROR(f"{line}: {found.reason}"))
            return
        assert found.recognized is not None  # noqa: S101  (only a refused file has nothing recognized)
        self.stdout.write(f"{line} → {found.url or 'not written'} ({len(found.recognized.blocks)} blocks)")
        if found.reason:
            self.stdout.write(f"      {found.reason}")
        for sentence in found.missing:
            self.stdout.write(f"      missing: {sentence}")
        for sentence in found.waived:
            self.stdout.write(f"      published in spite of: {sentence}")
        for block in found.recognized.blocks:
            if block.confirm:
                self.stdout.write(f"      line {block.first}, {block.kind}: {block.confirm}")

    def _write(self, target: Path, reports: list[FileReport]) -> None:
        text = json.dumps({"files": [found.as_json() for found in reports]}, ensure_ascii=False, indent=2)
        # Written beside and moved into place: nobody reads half a report.
        beside = target.with_name(f"{target.name}.part")
        beside.write_text(text + "\n", encoding="utf-8")
        os.replace(beside, target)
