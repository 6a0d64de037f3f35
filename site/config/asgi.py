"""The ASGI entry point: `config.asgi:application`, with `site/` on the Python path."""

import os
import sys
from pathlib import Path

# The repository itself joins the path too: the apps beside `site/` live there.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.core.asgi import get_asgi_application

from config.charset import utf8_over_asgi

application = utf8_over_asgi(get_asgi_application())
