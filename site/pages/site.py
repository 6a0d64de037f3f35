"""The settings of the site that a request is for."""

from __future__ import annotations

from copy import deepcopy

from django.http import HttpRequest
from wagtail.models import Site

from freshness.memory import remembered
from pages.models import SiteSettings

KEPT = "_almanac_site_settings"


def current_site(request: HttpRequest) -> Site | None:
    """Return the site that `request` is for, or None if there is none; from memory where that is allowed."""
    if not hasattr(request, "_wagtail_site"):
        host = request._get_raw_host()  # type: ignore[attr-defined]  # where Wagtail, too, reads it
        # A copy: Wagtail has the first page remember all of itself, and that changes when the site does not.
        site = deepcopy(_site(host, request.get_port()))
        request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail looks
    found: Site | None = Site.find_for_request(request)
    return found


def current_settings(request: HttpRequest | None) -> SiteSettings:
    """Return the settings of the site that `request` is for (without one: of the default site), or the defaults.

    One query a request, which writes nothing: Wagtail's own `for_request` would make a missing row.
    """
    found: SiteSettings | None = getattr(request, KEPT, None)
    if found is None:
        site = current_site(request) if request else None
        found = _settings(site.pk if site else None, is_default=request is None)
        if request is not None:
            setattr(request, KEPT, found)
    return found


@remembered
def _site(host: str, port: str) -> Site | None:
    request = HttpRequest()
    request.META = {"HTTP_HOST": host, "SERVER_PORT": port}
    found: Site | None = Site.find_for_request(request)
    return found


@remembered
def _settings(site: int | None, *, is_default: bool) -> SiteSettings:
    stored = SiteSettings.objects.select_related("logo")
    of_site = stored.filter(site__is_default_site=True) if is_default else stored.filter(site=site)
    return of_site.first() or SiteSettings()
