"""The public address of the site, and Wagtail's row that repeats it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def site_follows_address(**kwargs: Any) -> None:
    """Write host and port of `settings.ALMANAC_URL` into Wagtail's default site, if they differ."""
    from wagtail.models import Site

    address = urlsplit(settings.ALMANAC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()
