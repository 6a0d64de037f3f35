"""Telling by which code pages are made, so that none of an older one is kept after new code was put in place."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

ENDINGS = {".html", ".py", ".mo", ".txt"}
"""What pages are made by. Styles and scripts are known by the digests in their names."""
ELSEWHERE = {"benchmarks", "tests"}
"""Packages that make no pages."""
SEEN_IN_PAGES = ("ALMANAC_URL", "STATIC_URL", "MEDIA_URL", "LANGUAGE_CODE", "TIME_ZONE", "WAGTAIL_SITE_NAME")


@cache
def maker() -> str:
    """Return a value that differs for other code, templates, names of static files, or settings that pages show.

    It is taken once a process, as it starts: later it would tell of code that this process does not run.
    """
    digest = hashlib.sha256(f"{django.VERSION} {wagtail.VERSION}".encode())
    for name in SEEN_IN_PAGES:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    digest.update(repr(sorted(getattr(staticfiles_storage, "hashed_files", {}).items())).encode())
    # The libraries that make HTML are among them.
    digest.update((settings.ROOT / "requirements.txt").read_bytes())
    for file in _files():
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    packages = {file.parent for file in settings.ROOT.glob("*/__init__.py")}
    folders = [settings.ROOT / "site", *(folder for folder in packages if folder.name not in ELSEWHERE)]
    return sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in ENDINGS)
