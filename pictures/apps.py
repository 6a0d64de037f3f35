from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """Pictures with a credit, shown only in sizes that exist already."""

    name = "pictures"
    verbose_name = "Pictures"
