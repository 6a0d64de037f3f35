"""Production: secrets and the public address are required, and every cookie and answer is for HTTPS."""

from config.logs import logging_settings
from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, STORAGES, env

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALMANAC_URL = env.str("ALMANAC_URL").rstrip("/")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Behind a proxy that ends TLS: it must set this header itself and drop what a client sends.
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
READER_COOKIE_NAME = "__Host-reader"

# Static files carry a digest in their name, are compressed ahead, and are served also without a web server.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
KEEP_PAGES = env.bool("KEEP_PAGES", default=True)
CHECK_SOURCE_LINKS = env.bool("CHECK_SOURCE_LINKS", default=True)
LOGGING = logging_settings("json")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="almanac@localhost")
