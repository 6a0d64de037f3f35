"""The settings, started as an operator starts them: in a process of their own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "ALMANAC_URL": "https://almanac.example.org"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
    )


def test_check_deploy_says_nothing_in_production(tmp_path):
    secret = secrets.token_urlsafe(64)
    found = manage(
        "check", "--deploy", "--fail-level", "INFO", **PRODUCTION, SECRET_KEY=secret, ALMANAC_DATA=str(tmp_path)
    )

    assert (found.returncode, found.stderr) == (0, "")
    assert "0 silenced" in found.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALMANAC_URL"])
def test_production_does_not_start_without(missing, tmp_path):
    environment = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(64), "ALMANAC_DATA": str(tmp_path)}
    del environment[missing]

    found = manage("check", **environment)

    assert found.returncode != 0
    assert missing in found.stderr


def test_no_migration_is_missing(tmp_path):
    found = manage("makemigrations", "--check", "--dry-run", ALMANAC_DATA=str(tmp_path))

    assert found.returncode == 0, found.stdout


def test_tracebacks_reach_the_console_with_debug_off(tmp_path):
    code = (
        "import logging; logging.getLogger('django.request').error('Server Error', exc_info=ValueError('the reason'))"
    )
    found = manage("shell", "-c", code, DJANGO_SETTINGS_MODULE="config.settings.test")

    assert "ValueError: the reason" in found.stderr


def test_site_folder_is_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()
