"""Development: everything on this machine, nothing secret."""

from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, LOGGING, env

DEBUG = True
SECRET_KEY = env.str("SECRET_KEY", default="development-only-and-known-to-everyone")
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
# Every page that the demo makes would be a line or two, and hide the address at which the site runs.
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
