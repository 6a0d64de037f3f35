"""Every address of the site."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from delivery import urls as delivery_urls
from pages import urls as pages_urls
from ratings import urls as ratings_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", api.urls),
    path("", include(delivery_urls)),
    path("", include(pages_urls)),
    path("", include(ratings_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    # Wagtail's own patterns take every address that is left.
    path("", include(wagtail_urls)),
]

handler400 = "delivery.errors.bad_request"
handler403 = "delivery.errors.permission_denied"
handler404 = "delivery.errors.not_found"
handler500 = "delivery.errors.server_error"
