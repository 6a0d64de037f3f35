from django.apps import AppConfig
from django.db.models.signals import post_delete


class PicturesConfig(AppConfig):
    """Pictures with a credit, shown only in sizes that exist already."""

    name = "pictures"
    verbose_name = "Pictures"

    def ready(self) -> None:
        """Have the sizes of a picture made again when Wagtail deletes them, as it does when the file is replaced."""
        from pictures.actions import remake_renditions
        from pictures.models import Rendition

        post_delete.connect(remake_renditions, sender=Rendition, dispatch_uid="remake-renditions")
