"""The form in which an editor uploads a picture."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from pictures.reading import check_readable


class PictureField(WagtailImageField):
    """Wagtail's field, which knows our limits and reads the file whole: what it accepts can be shown."""

    def check_image_pixel_size(self, f: Any) -> None:
        """Raise ValidationError, in a sentence, if the picture cannot be shown; Wagtail lets errors of Pillow pass."""
        check_readable(f.image.f)


class PictureForm(BaseImageForm):
    """The form of a picture, for the one, for many at once, and in the chooser."""

    file = PictureField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])
