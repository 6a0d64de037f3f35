from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.signals import page_published

from pages.address import site_follows_address
from pages.search.keeping import index_again


class PagesConfig(AppConfig):
    """The site as a whole."""

    name = "pages"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let Wagtail's site row follow the public address, and the search index what is published."""
        post_migrate.connect(site_follows_address, sender=self, dispatch_uid="site-follows-address")
        page_published.connect(index_again, dispatch_uid="search-index-again")
