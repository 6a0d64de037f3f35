from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pages.address import site_follows_address


class PagesConfig(AppConfig):
    """The site as a whole."""

    name = "pages"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let Wagtail's site row follow the public address whenever the database was migrated."""
        post_migrate.connect(site_follows_address, sender=self, dispatch_uid="site-follows-address")
