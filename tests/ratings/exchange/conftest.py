"""Importing files by the command, as an operator does."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from django.core.management import call_command


@pytest.fixture
def bring_in(tmp_path):
    """Return a function that imports files, and returns the report of the last and what was quarantined."""

    def run(*paths, **options):
        quarantine, report = tmp_path / "quarantine.ndjson", tmp_path / "report.json"
        with suppress(SystemExit):  # some were refused
            call_command("import_comments", *paths, quarantine=quarantine, report=report, verbosity=0, **options)
        files = json.loads(report.read_text())["files"]
        return files[str(paths[-1])], [json.loads(line) for line in quarantine.read_text().splitlines()]

    return run
