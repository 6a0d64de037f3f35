"""The smallest Django project that a peer runs in."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
"""Almanac's own, so that what differs is the package and not the database."""


def start(*applications: str, urls: str, **others: Any) -> None:
    """Start Django with the peer's `applications` and make the tables in the database that DATABASE_URL names."""
    settings.configure(
        SECRET_KEY="peers",  # noqa: S106 - nothing here is secret
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=urls,
        SITE_ID=1,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={"default": _database(os.environ["DATABASE_URL"])},
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            # Its pages stand in for articles: they have a title, a text and an address.
            "django.contrib.flatpages",
            *applications,
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ]
                },
            }
        ],
        **others,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname,
        "PORT": parts.port or "",
    }
