"""Tests: a file database in a temporary folder, so that locks, WAL and several processes are the real ones."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES, env

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
ALMANAC_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = ALMANAC_URL
CSRF_TRUSTED_ORIGINS = [ALMANAC_URL]

# One folder a run, named by the process that starts it; the race tests name it to the processes that they start.
TEST_FOLDER = Path(env.str("ALMANAC_TEST_FOLDER", default=f"{tempfile.gettempdir()}/almanac-tests-{os.getpid()}"))
DATA = TEST_FOLDER
MEDIA_ROOT = TEST_FOLDER / "media"
STATIC_ROOT = TEST_FOLDER / "static"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] = str(TEST_FOLDER / "unused.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FOLDER / "test.sqlite3")}

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Wagtail caches renditions by the picture's key, which the next test uses again after a rollback.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Fast and worthless: the tests log in often and protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Articles in tests are as short as can be; what concerns the gate asks for reasons itself.
WARNINGS_NEED_A_REASON = False
