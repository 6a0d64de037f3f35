from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from delivery.views import robots

urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
