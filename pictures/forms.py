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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the description is for: Wagtail does not."""
        super().__init__(*args, **kwargs)
        if description := self.fields.get("description"):
            description.label = _("What it shows")
            description.help_text = _(
                "In a sentence, for those who cannot see it. Articles use it as the alternative text. "
                "Leave it empty only if the picture says nothing, and mark it as decorative where it is shown."
            )
