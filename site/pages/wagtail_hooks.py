"""What the site as a whole adds to the Wagtail admin: each module registers its own hooks."""

from pages import missing_report
from pages.search import admin as search

__all__ = ["missing_report", "search"]
