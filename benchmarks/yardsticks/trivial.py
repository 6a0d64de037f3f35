"""A Django view that does nothing: 30 kB, through all the middleware of production."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = "<p>Steam needs room, and a kettle that sings has found some.</p>\n" * 480


def view(request: HttpRequest) -> HttpResponse:
    """Answer with the page."""
    return HttpResponse(PAGE)


urlpatterns = [path("", view)]
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
