"""The project's own image model: Wagtail's, with a credit."""

from functools import cached_property
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from pictures.metadata import without_metadata
from pictures.sizes import SPECS
from prose.fields import AddressField


class Picture(AbstractImage):
    """An uploaded picture. `description` (Wagtail's) is its default alternative text."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, as it should be named beside it.")
    )
    license_url = AddressField(
        _("license"), blank=True, help_text=_("The address of the license under which it may be used.")
    )
    source_url = AddressField(
        _("source"), blank=True, help_text=_("Where it came from, and where a license can be had.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "license_url", "source_url")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @cached_property
    def made_sizes(self) -> list["Rendition"]:
        """The renditions that exist, one a width (a small picture has several of its own), the narrowest first."""
        made: list[Rendition] = [rendition for rendition in self.renditions.all() if rendition.filter_spec in SPECS]
        # Sorted by name too, so that of one width it is always the same.
        made.sort(key=lambda rendition: (rendition.width, rendition.filter_spec))
        return list({rendition.width: rendition for rendition in made}.values())

    @property
    def largest(self) -> "Picture | Rendition":
        """The largest size that exists, or else the picture as it was uploaded."""
        return self.made_sizes[-1] if self.made_sizes else self

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the picture; a new file is stored without its metadata, and takes the place of all sizes of the old one.

        (Deleting the sizes has them made again, see `pictures.apps`.)
        """
        is_new = _clean_upload(self)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                self.renditions.all().delete()


class Rendition(AbstractRendition):
    """One size and format of a picture, made ahead by `pictures.actions.make_renditions`."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]


def _clean_upload(picture: Any) -> bool:
    """Take the metadata out of the file that `picture` is about to store; return whether there is one.

    Django marks a file that was assigned and not stored yet as not committed. (`picture` is Any, since Wagtail, which
    declares the file, is untyped.)
    """
    if not picture.file or picture.file._committed:
        return False
    picture.file = without_metadata(picture.file.file)
    picture._set_image_file_metadata()
    return True
