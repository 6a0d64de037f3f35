"""The settings of the site that a request is for."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Site

from pages.models import SiteSettings

KEPT = "_almanac_site_settings"


def current_settings(request: HttpRequest | None) -> SiteSettings:
    """Return the settings of the site that `request` is for (without one: of the default site), or the defaults.

    One query a request, which writes nothing: Wagtail's own `for_request` would make a missing row.
    """
    found: SiteSettings | None = getattr(request, KEPT, None)
    if found is None:
        stored = SiteSettings.objects.select_related("logo")
        if request is None:
            found = stored.filter(site__is_default_site=True).first() or SiteSettings()
        else:
            found = stored.filter(site=Site.find_for_request(request)).first() or SiteSettings()
            setattr(request, KEPT, found)
    return found
