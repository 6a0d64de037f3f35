from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Own articles, people and responses, to look at and to test with."""

    name = "demo"
    verbose_name = "Demo"
