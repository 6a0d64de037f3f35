"""The project's own image model: Wagtail's, with a credit."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from freshness import tags
from freshness.collecting import depends_on
from pictures.metadata import without_metadata
from pictures.sizes import MODERN, SPECS
from prose.fields import AddressField

NAME_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Picture(AbstractImage):
    """An uploaded picture. `description` (Wagtail's) is its default alternative text."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, as it should be named beside it.")
    )
    license = models.CharField(
        _("license"),
        max_length=100,
        blank=True,
        help_text=_("Under what it may be used, for example “CC BY 4.0” or “Our own work”."),
    )
    license_url = AddressField(
        _("address of the license"), blank=True, help_text=_("Where the text of the license can be read.")
    )
    source_url = AddressField(
        _("source"), blank=True, help_text=_("Where it came from, and where a license can be had.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "license", "license_url", "source_url")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def made_sizes(self) -> list[Rendition]:
        """The sizes that exist, the narrowest first, in the format that every reader of pictures understands.

        Whatever page asks is made anew when they change.
        """
        depends_on(tags.picture(self.pk))
        return self._made_sizes

    @cached_property
    def _made_sizes(self) -> list[Rendition]:
        made: list[Rendition] = [rendition for rendition in self.renditions.all() if rendition.filter_spec in SPECS]
        return sorted(made, key=lambda rendition: rendition.width)

    def forget_made_sizes(self) -> None:
        """Look again, the next time that somebody asks for the sizes that exist."""
        self.__dict__.pop("_made_sizes", None)

    @property
    def largest(self) -> Picture | Rendition:
        """The largest size that exists, or else the picture as it was uploaded."""
        sizes = self.made_sizes
        return sizes[-1] if sizes else self

    @property
    def sizes_name(self) -> str:
        """What the names of the files of its sizes begin with: short, since a page names nine, and never used again."""
        return f"sizes/{self.pk}-{PurePosixPath(self.file.name).stem[:40]}"

    def get_upload_to(self, filename: str) -> str:
        """Return a name for a new file, of which only the ending is taken from the one that it was uploaded under."""
        ending = PurePosixPath(filename).suffix.lower().removeprefix(".")
        name = f"original_images/{get_random_string(8, NAME_LETTERS)}"
        return f"{name}.{ending}" if ending in settings.WAGTAILIMAGES_EXTENSIONS else name

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
    """One size of a picture, made ahead by `pictures.actions.make_renditions`; or one of those that the admin shows."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]

    @property
    def modern_names(self) -> dict[str, str]:
        """The names of the files of the same size in the formats of `MODERN`, by the media type of each."""
        beside = PurePosixPath(self.file.name)
        return {media_type: str(beside.with_suffix(f".{ending}")) for ending, media_type in MODERN.items()}


class PictureOrigin(models.Model):
    """The file that a picture was imported from, so that the same file becomes one picture however often it comes.

    `digest` is the SHA-256 of the file as it came, in hexadecimal digits; what is stored has lost its metadata.
    """

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="origins")

    def __str__(self) -> str:
        return f"{self.digest[:12]}: {self.picture_id}"


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
