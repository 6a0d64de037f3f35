"""The models of the site as a whole."""

from pages.models.card import SocialCard
from pages.models.counts import MissingAddress, SearchTerm
from pages.models.pages import HomePage, InformationPage
from pages.models.search import SearchWord, Synonyms
from pages.models.settings import SiteSettings

__all__ = [
    "HomePage",
    "InformationPage",
    "MissingAddress",
    "SearchTerm",
    "SearchWord",
    "SiteSettings",
    "SocialCard",
    "Synonyms",
]
