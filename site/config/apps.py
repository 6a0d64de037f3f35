from django.apps import AppConfig
from django.db.backends.signals import connection_created

from config.database import refuse_unsafe_sqlite


class ProjectConfig(AppConfig):
    """The project itself, as an app, so that it can watch how its database is opened."""

    name = "config"
    verbose_name = "Almanac"

    def ready(self) -> None:
        """Check every new database connection, and the settings for readers."""
        from config import checks  # noqa: F401

        connection_created.connect(refuse_unsafe_sqlite, dispatch_uid="refuse-unsafe-sqlite")
