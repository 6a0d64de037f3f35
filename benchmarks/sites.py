"""A site of production to measure, empty and with all its data in one folder."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import tell
from benchmarks.running import ROOT


def empty_site(folder: Path, database: str) -> dict[str, str]:
    """Make a site with its data in `folder` and at the address `database`; return the environment in which it runs."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "ALMANAC_DATA": str(folder),
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALMANAC_URL": "https://almanac.example.org",
        "BEHIND_PROXY": "1",
        # So wide that nobody reaches them; at 0 they would not be asked at all, and that costs less.
        "READER_LIMITS_SCALE": "1000",
        "KEEP_PAGES": "1",
        "WARNINGS_NEED_A_REASON": "0",
    }
    tell("Making an empty site")
    (folder / "static").mkdir(parents=True)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)  # noqa: S603 (our own words)
    return environment
