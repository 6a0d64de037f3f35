"""Starting further processes on the database of the tests."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]

START_DJANGO = (
    "import os\n"
    "from django.conf import settings\n"
    "settings.DATABASES['default']['NAME'] = os.environ['ALMANAC_RACE_DATABASE']\n"
    "import django\n"
    "django.setup()\n"
)
"""Python that opens the database of the tests, not the one that the settings name."""


def environment() -> dict[str, str]:
    """Return the environment of a process that works on the database of the tests."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "ALMANAC_TEST_FOLDER": str(settings.TEST_FOLDER),
        "ALMANAC_RACE_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
