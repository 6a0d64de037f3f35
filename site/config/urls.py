"""Every address of the site."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from delivery import urls as delivery_urls
from delivery.media import media_urls
from delivery.views import serve
from pages import urls as pages_urls
from ratings import urls as ratings_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *media_urls(),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", api.urls),
    path("", include(delivery_urls)),
    path("", include(pages_urls)),
    path("", include(ratings_urls)),
    # Wagtail's own patterns; the last of them takes every address that is left.
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]

handler400 = "delivery.errors.bad_request"
handler403 = "delivery.errors.permission_denied"
handler404 = "delivery.errors.not_found"
handler500 = "delivery.errors.server_error"
