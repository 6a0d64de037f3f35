"""What the site as a whole adds to the Wagtail admin: each module registers its own hooks."""

from pages import accounts, missing_report
from pages.cards import preview as cards
from pages.desk import calendar, home, listing
from pages.search import admin as search

__all__ = ["accounts", "calendar", "cards", "home", "listing", "missing_report", "search"]
