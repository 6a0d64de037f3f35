from django.apps import AppConfig


class FreshnessConfig(AppConfig):
    """What has changed, for everything that keeps what it once made."""

    name = "freshness"
    verbose_name = "Freshness"
