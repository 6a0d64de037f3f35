"""The public address of the site, and Wagtail's row that repeats it."""

import logging
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

logger = logging.getLogger(__name__)


def site_follows_address(**kwargs: Any) -> None:
    """Write host and port of `settings.ALMANAC_URL` into Wagtail's default site, if they differ.

    Called after every migration and whenever a server starts; before the first migration there is no site yet.
    """
    from wagtail.models import Site

    address = urlsplit(settings.ALMANAC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        site = Site.objects.filter(is_default_site=True).first()
    except DatabaseError:
        logger.warning("The database has no sites yet; `manage.py migrate` makes them.")
        return
    if site is not None and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()
