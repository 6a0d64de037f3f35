from django.apps import AppConfig


class AuthorsConfig(AppConfig):
    """Authors and their credentials."""

    name = "authors"
    verbose_name = "Authors"
