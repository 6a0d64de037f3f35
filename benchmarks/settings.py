"""The settings of production, but for what a benchmark has no use for."""

from urllib.parse import urlsplit

from config.settings.production import *  # noqa: F403
from config.settings.production import ALMANAC_URL, LOGGING, STORAGES

HOST = urlsplit(ALMANAC_URL).hostname

# Hashing and compressing a thousand static files takes half a minute, and no figure depends on it.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
