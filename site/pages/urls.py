"""The addresses of the site as a whole that are no pages of the tree."""

from django.urls import URLPattern

app_name = "pages"
urlpatterns: list[URLPattern] = []
