"""The addresses of the site as a whole that are no pages of the tree."""

from django.urls import URLPattern, path

from pages.search import views as search
from pages.style_guide import style_guide

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("style-guide/", style_guide, name="style_guide"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
]
