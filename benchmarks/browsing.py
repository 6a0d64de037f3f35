"""The settings of a benchmark whose requests come from a browser on the same machine, over plain HTTP."""

from benchmarks.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, READER_COOKIE_NAME = "session", "csrf", "reader"
WHITENOISE_USE_FINDERS = True
