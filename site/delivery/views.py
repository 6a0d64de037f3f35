"""Pages, and what machines ask for at fixed addresses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from delivery.icons import icon
from delivery.lookup import article_at
from freshness.memory import remembering
from pages.site import current_settings, current_site

WEEK = 7 * 24 * 60 * 60


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer the page at `path`: an article that anybody may see by one look, all else as Wagtail finds it.

    Wagtail's hooks are called for either.
    """
    with remembering():
        site = current_site(request)
        article = article_at(site, path) if site else None
        if article is not None:
            request._wagtail_route_for_request = RouteResult(article)  # type: ignore[attr-defined]  # where it looks
        answer: HttpResponseBase = wagtail_serve(request, path)
        if isinstance(answer, SimpleTemplateResponse):
            answer.render()
        return answer


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
