"""What machines ask for at fixed addresses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from delivery.icons import icon
from pages.site import current_settings

WEEK = 7 * 24 * 60 * 60


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer what a crawler should leave alone, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /"]
    if not current_settings(request).is_unlisted:
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /responses/",
            "Disallow: /search/suggestions/",
            f"Sitemap: {settings.ALMANAC_URL}/sitemap.xml",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=WEEK)
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer the mark for browsers that ask for it without reading the page."""
    return HttpResponse(icon(size=48, kind="ICO"), content_type="image/x-icon")


@require_safe
@cache_control(public=True, max_age=WEEK)
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Answer the mark for the home screens of telephones."""
    return HttpResponse(icon(size=180, kind="PNG"), content_type="image/png")
