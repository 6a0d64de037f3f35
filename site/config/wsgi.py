"""The WSGI entry point: `config.wsgi:application`, with `site/` on the Python path."""

import os
import sys
from pathlib import Path

# The repository itself joins the path too: the apps beside `site/` live there.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.charset import utf8_over_wsgi

application = utf8_over_wsgi(get_wsgi_application())

if settings.KEEP_PAGES:
    # Only now: it needs the apps, which the line above has loaded.
    from delivery.kept.serving import KeptPages

    application = KeptPages(application)
